// The Bailouts view: every tier-up, bailout and invalidation of the session in focus, newest last. The view exists only
// while a session of this type runs and, because most programs end sooner than one can look, afterwards until its
// entries are cleared or a debugger of another type starts (context key `bailout.timelineShown`).

import path from 'node:path';
import * as vscode from 'vscode';
import type { TimelineEntry } from '../adapter/index.ts';

/** A line or a line's details. */
export interface TimelineItem {
  readonly entry: TimelineEntry;
  readonly session: vscode.DebugSession;
  /** Set on children: one fact about the entry. */
  readonly detail?: { readonly label: string; readonly text: string };
}

const longest = 10_000;

export class Timeline implements vscode.TreeDataProvider<TimelineItem>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<TimelineItem | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #items = new Map<string, TimelineItem[]>();
  readonly #sessions = new Map<string, vscode.DebugSession>();
  readonly #disposables: vscode.Disposable[];
  readonly #view: vscode.TreeView<TimelineItem>;
  #refresh: NodeJS.Timeout | undefined;
  #followed: TimelineItem | undefined;

  constructor() {
    this.#view = vscode.window.createTreeView('bailout.timeline', { treeDataProvider: this, showCollapseAll: true });
    this.#disposables = [
      this.#view,
      vscode.debug.onDidStartDebugSession((session) => this.#start(session)),
      vscode.debug.onDidTerminateDebugSession((session) => this.#end(session)),
      vscode.debug.onDidChangeActiveDebugSession(() => this.#schedule()),
      vscode.debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }) => {
        if (session.type === 'bailout' && event === 'bailout/timeline') this.#add(session, body as TimelineEntry);
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('bailout.timeline')) this.#settingsChanged();
      }),
    ];
    this.#settingsChanged();
  }

  dispose(): void {
    clearTimeout(this.#refresh);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** The items of the session in focus that the settings show; also what the tests look at. */
  get shown(): readonly TimelineItem[] {
    const active = vscode.debug.activeDebugSession;
    const id = active?.type === 'bailout' ? active.id : [...this.#items.keys()].at(-1);
    const items = (id !== undefined && this.#items.get(id)) || [];
    return this.#showTierUps ? items : items.filter(({ entry }) => entry.kind !== 'tierUp');
  }

  /** The line of a bailout, by its number. */
  bailout(session: vscode.DebugSession, number: number): TimelineItem | undefined {
    return this.#items
      .get(session.id)
      ?.find(({ entry }) => entry.kind === 'bailout' && entry.bailout.number === number);
  }

  clear(): void {
    for (const items of this.#items.values()) items.length = 0;
    this.#schedule();
  }

  getTreeItem(item: TimelineItem): vscode.TreeItem {
    return item.detail === undefined ? entryItem(item) : detailItem(item.detail);
  }

  getChildren(item?: TimelineItem): TimelineItem[] {
    if (item === undefined) return [...this.shown];
    if (item.detail !== undefined) return [];
    return details(item.entry).map(([label, text]) => ({ ...item, detail: { label, text } }));
  }

  getParent(item: TimelineItem): TimelineItem | undefined {
    return item.detail === undefined ? undefined : this.shown.find(({ entry }) => entry === item.entry);
  }

  get #showTierUps(): boolean {
    return vscode.workspace.getConfiguration('bailout').get('timeline.showTierUps', true);
  }

  #settingsChanged(): void {
    void vscode.commands.executeCommand('setContext', 'bailout.tierUpsShown', this.#showTierUps);
    this.#schedule();
  }

  #start(session: vscode.DebugSession): void {
    if (this.#sessions.size === 0) this.#items.clear(); // what an ended session left
    if (session.type === 'bailout') {
      this.#sessions.set(session.id, session);
      if (!this.#items.has(session.id)) this.#items.set(session.id, []);
    }
    this.#schedule();
  }

  #end(session: vscode.DebugSession): void {
    if (!this.#sessions.delete(session.id)) return;
    if (this.#sessions.size > 0) this.#items.delete(session.id);
    this.#schedule();
  }

  #add(session: vscode.DebugSession, entry: TimelineEntry): void {
    let items = this.#items.get(session.id);
    if (items === undefined) this.#items.set(session.id, (items = []));
    const last = items.at(-1);
    // A bailout is reported when it stops and again when it has ended: one line.
    if (entry.kind === 'bailout') {
      const index = items.findIndex(
        (item) => item.entry.kind === 'bailout' && item.entry.bailout.number === entry.bailout.number,
      );
      if (index >= 0) items.splice(index, 1);
    }
    if (items.length >= longest) items.shift();
    items.push({ entry, session });
    if (last !== items.at(-1)) this.#schedule();
  }

  /** Many events come at once; the tree is refreshed a few times a second. */
  #schedule(): void {
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined;
      const shown = this.#sessions.size > 0 || this.shown.length > 0;
      void vscode.commands.executeCommand('setContext', 'bailout.sessionRunning', this.#sessions.size > 0);
      void vscode.commands.executeCommand('setContext', 'bailout.timelineShown', shown);
      this.#changed.fire(undefined);
      const bailouts = this.shown.filter(({ entry }) => entry.kind === 'bailout').length;
      this.#view.badge =
        bailouts === 0 ? undefined : { value: bailouts, tooltip: vscode.l10n.t('{0} bailouts', bailouts) };
      const newest = this.shown.at(-1);
      if (this.#view.visible && newest !== undefined && newest !== this.#followed) {
        this.#followed = newest;
        void this.#view.reveal(newest, { select: false, focus: false }).then(undefined, () => {});
      }
    }, 100);
  }
}

const basename = (name: string | undefined): string => (name === undefined ? '' : path.basename(name));

const icons = {
  eager: new vscode.ThemeIcon('zap', new vscode.ThemeColor('bailout.eagerForeground')),
  lazy: new vscode.ThemeIcon('watch', new vscode.ThemeColor('bailout.lazyForeground')),
  tierUp: new vscode.ThemeIcon('rocket', new vscode.ThemeColor('bailout.tierUpForeground')),
  invalidated: new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('bailout.invalidatedForeground')),
};

function entryItem({ entry, session }: TimelineItem): vscode.TreeItem {
  const item = new vscode.TreeItem('', vscode.TreeItemCollapsibleState.Collapsed);
  const seconds = vscode.l10n.t('{0} s', (entry.at / 1000).toFixed(2));
  let context = entry.kind as string;
  switch (entry.kind) {
    case 'bailout': {
      const { bailout } = entry;
      const place = bailout.location ? ` · ${basename(bailout.location.source.name)}:${bailout.location.line}` : '';
      item.id = `${session.id}:bailout:${bailout.number}`;
      item.label = `${bailout.inlined[0]?.function ?? bailout.function}: ${bailout.reason}`;
      item.description = `${bailout.kind}${place} · ${seconds}`;
      item.iconPath = icons[bailout.kind];
      item.tooltip = new vscode.MarkdownString(`**${bailout.reason}** (${bailout.kind})\n\n`).appendText(
        bailout.explanation,
      );
      item.accessibilityInformation = {
        label: vscode.l10n.t('Bailout of {0}, {1}, {2}', bailout.function, bailout.reason, bailout.kind),
      };
      if (entry.source) context += ' source';
      if (entry.codeSource) context += ' code';
      break;
    }
    case 'tierUp': {
      const { tierUp } = entry;
      item.label = vscode.l10n.t('{0} optimized', tierUp.function);
      item.description = `${tierUp.osr ? 'OSR · ' : ''}#${tierUp.optimizationId} · ${seconds}`;
      item.iconPath = icons.tierUp;
      if (entry.source) context += ' source';
      if (entry.codeSource) context += ' code';
      break;
    }
    case 'invalidated':
      item.label = vscode.l10n.t('{0} invalidated', entry.invalidated.function);
      item.description = `${entry.invalidated.reason} · ${seconds}`;
      item.iconPath = icons.invalidated;
      break;
  }
  item.contextValue = context;
  if (/source/.test(context)) {
    item.command = {
      command: 'bailout.goToSource',
      title: vscode.l10n.t('Go to Source'),
      arguments: [{ entry, session }],
    };
  }
  return item;
}

function details(entry: TimelineEntry): [string, string][] {
  switch (entry.kind) {
    case 'bailout': {
      const { bailout: b } = entry;
      const rows: [string, string][] = [[vscode.l10n.t('Why'), b.explanation]];
      for (const [i, level] of b.inlined.entries()) {
        rows.push([i === 0 ? vscode.l10n.t('In') : vscode.l10n.t('Inlined into'), level.function]);
      }
      rows.push([
        vscode.l10n.t('Optimized code'),
        `#${b.optimizationId}, ${vscode.l10n.t('exit {0}, pc {1}', b.exitIndex, b.pc)}`,
      ]);
      rows.push([vscode.l10n.t('Resumes at'), vscode.l10n.t('bytecode offset {0}', b.bytecodeOffset)]);
      for (const f of b.frames)
        rows.push([
          vscode.l10n.t('Frame'),
          `${f.function} @ ${f.bytecodeOffset}, ${vscode.l10n.t('{0} slots', f.slots)}`,
        ]);
      if (b.microseconds !== undefined) rows.push([vscode.l10n.t('Took'), `${Math.round(b.microseconds)} µs`]);
      return rows;
    }
    case 'tierUp': {
      const { tierUp: t } = entry;
      const rows: [string, string][] = [
        [vscode.l10n.t('Why'), t.reason],
        [vscode.l10n.t('Size'), vscode.l10n.t('{0} bytes', t.codeSize)],
        [vscode.l10n.t('Took'), `${Math.round(t.microseconds)} µs`],
      ];
      if (t.inlined.length > 0) rows.push([vscode.l10n.t('Inlined'), t.inlined.join(', ')]);
      return rows;
    }
    case 'invalidated':
      return [
        [vscode.l10n.t('Why'), entry.invalidated.reason],
        [vscode.l10n.t('Optimized code'), `#${entry.invalidated.optimizationId}`],
      ];
  }
}

function detailItem({ label, text }: { label: string; text: string }): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.description = text;
  item.tooltip = text;
  return item;
}
