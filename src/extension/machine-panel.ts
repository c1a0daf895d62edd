// The Machine View: a webview beside the editor with the source, bytecode and x64 code of the stack frame in focus. It knows nothing of
// the engine: it asks the adapter at each stop, and when another frame comes into focus.

import * as vscode from 'vscode';
import type { FromMachine, LineOfBreakpoint, ToMachine } from '../panel/index.ts';
import { documentKey, type MachineView, type Place, type PlaceSource } from '../picture/index.ts';
import type { FrameTranslationPanel } from './frame-translation-panel.ts';
import { machineViewType, revealPlace, uriOf } from './reveal.ts';
import { LitLines, openWebview } from './webview.ts';

interface Shown {
  readonly session: vscode.DebugSession;
  readonly view: MachineView;
  readonly isLive: boolean;
}

export class MachinePanel implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #pictures: FrameTranslationPanel;
  readonly #lit = new LitLines();
  readonly #disposables: vscode.Disposable[];
  #panel: vscode.WebviewPanel | undefined;
  #shown: Shown | undefined;
  /** Only the newest question counts. */
  #asked = 0;

  constructor(extension: vscode.Uri, pictures: FrameTranslationPanel) {
    this.#extension = extension;
    this.#pictures = pictures;
    this.#disposables = [
      this.#lit,
      vscode.debug.registerDebugAdapterTrackerFactory('bailout', {
        createDebugAdapterTracker: (session) => ({
          onDidSendMessage: (message) => {
            if (message.type !== 'event') return;
            if (message.event === 'stopped') void this.#refresh(session, undefined);
            else if (message.event === 'continued' || message.event === 'terminated') this.#running(session);
          },
          onWillReceiveMessage: (message) => {
            if (/^(continue|next|stepIn|stepOut)$/.test(message.command)) this.#running(session);
          },
        }),
      }),
      vscode.debug.onDidChangeActiveStackItem((item) => {
        if (item instanceof vscode.DebugStackFrame && item.session.type === 'bailout')
          void this.#refresh(item.session, item.frameId);
      }),
      vscode.debug.onDidChangeBreakpoints(() => this.#post({ type: 'breakpoints', lines: this.#breakpoints() })),
    ];
  }

  dispose(): void {
    this.#panel?.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** For tests: what is drawn. */
  get shown(): Shown | undefined {
    return this.#panel === undefined ? undefined : this.#shown;
  }

  /** The command: the frame in focus. */
  async open(): Promise<void> {
    if (this.#panel === undefined) this.#create();
    else this.#panel.reveal(undefined, true);
    const item = vscode.debug.activeStackItem;
    if (item instanceof vscode.DebugStackFrame && item.session.type === 'bailout')
      await this.#refresh(item.session, item.frameId);
  }

  async #refresh(session: vscode.DebugSession, frameId: number | undefined): Promise<void> {
    if (this.#panel === undefined) return;
    const asked = ++this.#asked;
    const answer = await session.customRequest('bailout/machineView', { frameId }).then(
      (body) => body as { view?: MachineView },
      () => undefined, // it runs again
    );
    if (asked !== this.#asked || answer?.view === undefined) return;
    this.#shown = { session, view: answer.view, isLive: true };
    this.#postShown();
  }

  #running(session: vscode.DebugSession): void {
    this.#asked++;
    if (this.#shown?.session !== session || !this.#shown.isLive) return;
    this.#shown = { ...this.#shown, isLive: false };
    this.#post({ type: 'running' });
  }

  #create(): void {
    this.#panel = openWebview<FromMachine>(
      this.#extension,
      {
        viewType: machineViewType,
        title: vscode.l10n.t('Machine View'),
        pageTitle: 'Machine View',
        bundle: 'machine',
        canFind: true,
        sourceShare: 0.3,
      },
      (message) => this.#received(message),
      () => {
        this.#panel = undefined;
        this.#shown = undefined;
        this.#lit.show([]);
      },
    );
  }

  #postShown(): void {
    if (this.#shown === undefined) {
      const text = vscode.l10n.t(
        'Nothing is stopped in Bailout. Start a program and stop in it: at a breakpoint, or at a bailout.',
      );
      this.#post({ type: 'empty', text });
      return;
    }
    const { view, isLive } = this.#shown;
    this.#post({ type: 'show', view, isLive, breakpoints: this.#breakpoints() });
  }

  #post(message: ToMachine): void {
    void this.#panel?.webview.postMessage(message);
  }

  #received(message: FromMachine): void {
    const { session } = this.#shown ?? {};
    switch (message.type) {
      case 'ready':
        this.#postShown();
        break;
      case 'toggleBreakpoint':
        if (session !== undefined) toggle(session, message.place);
        break;
      case 'reveal':
        if (session !== undefined) void revealPlace(session, message.place);
        break;
      case 'point':
        this.#lit.show(message.places);
        break;
      case 'openBailout':
        if (message.number === undefined) void this.#pictures.open();
        else if (session !== undefined) void this.#pictures.openNumber(session, message.number);
        break;
    }
  }

  /** The breakpoints on lines of what is shown. */
  #breakpoints(): LineOfBreakpoint[] {
    if (this.#shown === undefined) return [];
    const { session, view } = this.#shown;
    const documents = new Map<string, string>();
    for (const { sections } of view.columns)
      for (const { document } of sections) documents.set(uriOf(session, document).toString(), documentKey(document));
    return vscode.debug.breakpoints.flatMap((breakpoint) => {
      if (!(breakpoint instanceof vscode.SourceBreakpoint)) return [];
      const document = documents.get(breakpoint.location.uri.toString());
      const line = breakpoint.location.range.start.line + 1;
      return document === undefined ? [] : [{ document, line, isEnabled: breakpoint.enabled }];
    });
  }
}

/** On or off: a line breakpoint of VS Code's, in the file or in the listing. */
function toggle(session: vscode.DebugSession, { source, line }: Place): void {
  const uri = uriOf(session, source as PlaceSource);
  const found = vscode.debug.breakpoints.filter(
    (breakpoint) =>
      breakpoint instanceof vscode.SourceBreakpoint &&
      breakpoint.location.uri.toString() === uri.toString() &&
      breakpoint.location.range.start.line === line - 1,
  );
  if (found.length > 0) vscode.debug.removeBreakpoints(found);
  else {
    const location = new vscode.Location(uri, new vscode.Position(line - 1, 0));
    vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location)]);
  }
}
