// The Frame Translation: a webview beside the editor that draws the bailout the program is stopped in, and any finished one. It knows
// nothing of the engine: it asks the adapter at each stop, and keeps what a session sends before it ends.

import * as vscode from 'vscode';
import type { FromPanel, ToPanel } from '../panel/index.ts';
import type { FrameTranslation } from '../picture/index.ts';
import { toggleNamedBreakpoint } from './named-breakpoints.ts';
import { isMachineViewShown, pictureViewType, revealPlace } from './reveal.ts';
import type { Timeline, TimelineItem } from './timeline.ts';
import { LitLines, openWebview } from './webview.ts';

/** What the panel shows. */
interface Shown {
  readonly session: vscode.DebugSession;
  readonly translation: FrameTranslation;
  readonly isLive: boolean;
}

export class FrameTranslationPanel implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #timeline: Timeline;
  readonly #disposables: vscode.Disposable[];
  readonly #lit = new LitLines();
  #panel: vscode.WebviewPanel | undefined;
  #shown: Shown | undefined;
  /** What ended sessions sent, by session and number. */
  readonly #kept = new Map<string, Map<number, FrameTranslation>>();
  readonly #ended = new Set<string>();
  /** Sessions in which it has opened by itself. */
  readonly #opened = new Set<string>();
  /** Only the newest question counts. */
  #asked = 0;

  constructor(extension: vscode.Uri, timeline: Timeline) {
    this.#extension = extension;
    this.#timeline = timeline;
    this.#disposables = [
      this.#lit,
      vscode.debug.registerDebugAdapterTrackerFactory('bailout', {
        createDebugAdapterTracker: (session) => ({
          onDidSendMessage: (message) => {
            if (message.type !== 'event') return;
            if (message.event === 'stopped') void this.#stopped(session);
            else if (message.event === 'continued') this.#running(session);
          },
          onWillReceiveMessage: (message) => {
            if (/^(continue|next|stepIn|stepOut)$/.test(message.command)) this.#asked++;
          },
        }),
      }),
      vscode.debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }) => {
        if (session.type !== 'bailout') return;
        if (event === 'bailout/frameTranslations') this.#keep(session, body.translations as FrameTranslation[]);
        if (event === 'bailout/timeline' && body.kind === 'bailout') void this.#hasEnded(session, body.bailout.number);
      }),
      vscode.debug.onDidStartDebugSession((session) => {
        if (session.type === 'bailout') this.#forget();
      }),
      vscode.debug.onDidTerminateDebugSession((session) => {
        if (session.type !== 'bailout') return;
        this.#ended.add(session.id);
        this.#running(session);
      }),
      vscode.debug.onDidChangeBreakpoints(() => this.#post({ type: 'breakpoints', names: breakpointNames() })),
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

  // --- what to show ---------------------------------------------------------------------------------------------------------

  /** Sessions end; their pictures stay until the next one starts. */
  #forget(): void {
    for (const id of this.#ended) {
      this.#kept.delete(id);
      this.#opened.delete(id);
    }
    this.#ended.clear();
  }

  #keep(session: vscode.DebugSession, translations: readonly FrameTranslation[]): void {
    let kept = this.#kept.get(session.id);
    if (kept === undefined) {
      kept = new Map();
      this.#kept.set(session.id, kept);
    }
    for (const translation of translations) kept.set(translation.number, translation);
    const shown = this.#shown;
    if (this.#panel === undefined || shown?.session !== session || isWhole(shown.translation)) return;
    const whole = kept.get(shown.translation.number);
    if (whole !== undefined) this.#show({ session, translation: whole, isLive: false });
  }

  async #stopped(session: vscode.DebugSession): Promise<void> {
    const settings = vscode.workspace.getConfiguration('bailout');
    const opens =
      settings.get('frameTranslation.openOnStop', true) && !this.#opened.has(session.id) && !isMachineViewShown();
    if (this.#panel === undefined && !opens) return;
    const asked = ++this.#asked;
    const translation = await ask(session).catch(() => undefined);
    if (asked !== this.#asked) return;
    if (translation === undefined) {
      this.#running(session);
      return;
    }
    this.#opened.add(session.id);
    this.#show({ session, translation, isLive: true }, opens);
  }

  #running(session: vscode.DebugSession): void {
    if (this.#shown?.session !== session || !this.#shown.isLive) return;
    this.#shown = { ...this.#shown, isLive: false };
    this.#post({ type: 'running' });
  }

  /** The bailout that is drawn has run to its end meanwhile: the rest of it can be played. */
  async #hasEnded(session: vscode.DebugSession, number: number): Promise<void> {
    if (this.#panel === undefined || this.#shown?.session.id !== session.id) return;
    if (this.#shown.translation.number !== number) return;
    const asked = this.#asked;
    const translation = await ask(session, number).catch(() => undefined);
    if (translation !== undefined && asked === this.#asked && this.#shown?.isLive !== true)
      this.#show({ session, translation, isLive: false });
  }

  /** The command: the bailout that the program is stopped in, else one of those that have ended. */
  async open(): Promise<void> {
    const session = vscode.debug.activeDebugSession;
    if (session?.type === 'bailout') {
      const translation = await ask(session).catch(() => undefined);
      if (translation !== undefined) {
        this.#show({ session, translation, isLive: true }, true);
        return;
      }
    }
    await this.choose();
  }

  /** Asks for a finished bailout. */
  async choose(): Promise<void> {
    const items = this.#timeline.shown.filter(({ entry }) => entry.kind === 'bailout').reverse();
    if (items.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('There was no bailout yet. Start a program in Bailout: this shows each of its bailouts.'),
      );
      return;
    }
    if (items.length === 1) {
      await this.openItem(items[0]!);
      return;
    }
    const picked = await vscode.window.showQuickPick(
      items.map((item) => {
        const { bailout } = item.entry as Extract<TimelineItem['entry'], { kind: 'bailout' }>;
        const { location } = bailout;
        return {
          label: `#${bailout.number} ${bailout.inlined[0]?.function ?? bailout.function}: ${bailout.reason}`,
          description: `${bailout.kind}${location === undefined ? '' : ` · ${location.source.name}:${location.line}`}`,
          item,
        };
      }),
      { title: vscode.l10n.t('Frame Translation'), placeHolder: vscode.l10n.t('A bailout, newest first') },
    );
    if (picked !== undefined) await this.openItem(picked.item);
  }

  /** The picture of a bailout of a session, by its number. */
  async openNumber(session: vscode.DebugSession, number: number): Promise<void> {
    const item = this.#timeline.bailout(session, number);
    if (item === undefined)
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Bailout {0} is not in the Bailouts view any more.', number),
      );
    else await this.openItem(item);
  }

  /** A line of the Bailouts view. */
  async openItem({ entry, session }: TimelineItem): Promise<void> {
    if (entry.kind !== 'bailout') return;
    const { number } = entry.bailout;
    const kept = this.#kept.get(session.id)?.get(number);
    try {
      const translation = kept ?? (this.#ended.has(session.id) ? undefined : await ask(session, number));
      if (translation === undefined)
        throw new Error(
          vscode.l10n.t('The picture of this bailout went with its session: only the newest ones are kept.'),
        );
      this.#asked++;
      this.#show({ session, translation, isLive: false }, true);
    } catch (error) {
      void vscode.window.showErrorMessage((error as Error).message);
    }
  }

  // --- the webview ------------------------------------------------------------------------------------------------------------

  #show(shown: Shown, reveal = false): void {
    this.#shown = shown;
    if (this.#panel === undefined) this.#create();
    else if (reveal) this.#panel.reveal(undefined, true);
    this.#panel!.title = vscode.l10n.t('Bailout {0}', shown.translation.number);
    this.#postShown();
  }

  #create(): void {
    this.#panel = openWebview<FromPanel>(
      this.#extension,
      {
        viewType: pictureViewType,
        title: vscode.l10n.t('Frame Translation'),
        pageTitle: 'Frame Translation',
        bundle: 'panel',
        canFind: false,
      },
      (message) => this.#received(message),
      () => {
        this.#panel = undefined;
        this.#lit.show([]);
      },
    );
  }

  #postShown(): void {
    if (this.#shown === undefined) {
      this.#post({ type: 'empty', text: vscode.l10n.t('There was no bailout yet.') });
      return;
    }
    const { translation, isLive } = this.#shown;
    this.#post({ type: 'show', translation, isLive, breakpoints: breakpointNames() });
  }

  #post(message: ToPanel): void {
    void this.#panel?.webview.postMessage(message);
  }

  #received(message: FromPanel): void {
    switch (message.type) {
      case 'ready':
        this.#postShown();
        break;
      case 'toggleBreakpoint':
        toggleNamedBreakpoint(message.name);
        break;
      case 'reveal':
        if (this.#shown !== undefined) void revealPlace(this.#shown.session, message.place);
        break;
      case 'point':
        this.#lit.show(message.places);
        break;
      case 'step':
        void vscode.commands.executeCommand(
          message.kind === 'in' ? 'workbench.action.debug.stepInto' : 'workbench.action.debug.stepOver',
        );
        break;
      case 'choose':
        void this.choose();
        break;
    }
  }
}

const isWhole = ({ now, steps }: FrameTranslation): boolean => now === steps.length - 1;

async function ask(session: vscode.DebugSession, bailout?: number): Promise<FrameTranslation | undefined> {
  const { translation } = await session.customRequest('bailout/frameTranslation', { bailout });
  return translation as FrameTranslation | undefined;
}

const breakpointNames = (): string[] =>
  vscode.debug.breakpoints.flatMap((breakpoint) =>
    breakpoint instanceof vscode.FunctionBreakpoint && breakpoint.enabled ? [breakpoint.functionName] : [],
  );
