// The Bailouts view: every tier-up, bailout and invalidation of the session in focus, newest last. The view exists only
// while a session of this type runs and, because most programs end sooner than one can look, afterwards until its
// entries are cleared or a debugger of another type starts (context key `bailout.timelineShown`).

import * as vscode from 'vscode';
import type { TimelineEntry } from '../adapter/index.ts';
import { SessionTimeline, type TimelineItem } from './session-timeline.ts';
import { childrenOf, newestOf, treeItemOf } from './timeline-items.ts';

export type { TimelineItem } from './session-timeline.ts';

export class Timeline implements vscode.TreeDataProvider<TimelineItem>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<TimelineItem | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #timelines = new Map<string, SessionTimeline>();
  readonly #added = new vscode.EventEmitter<void>();
  /** A few times a second at most. */
  readonly onDidChange = this.#added.event;
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

  get #timeline(): SessionTimeline | undefined {
    const active = vscode.debug.activeDebugSession;
    const id = active?.type === 'bailout' ? active.id : [...this.#timelines.keys()].at(-1);
    return id === undefined ? undefined : this.#timelines.get(id);
  }

  /** The items of the session in focus that the settings show; also what the tests look at. */
  get shown(): readonly TimelineItem[] {
    const items = this.#timeline?.items ?? [];
    return this.#showTierUps ? items : items.filter(({ entry }) => entry.kind !== 'tierUp');
  }

  get hasRunningSession(): boolean {
    return this.#sessions.size > 0;
  }

  /** The line of a bailout, by its number. */
  bailout(session: vscode.DebugSession, number: number): TimelineItem | undefined {
    return this.#timelines.get(session.id)?.bailout(number);
  }

  clear(): void {
    for (const timeline of this.#timelines.values()) timeline.clear();
    this.#schedule();
  }

  getTreeItem(item: TimelineItem): vscode.TreeItem {
    return treeItemOf(item);
  }

  getChildren(item?: TimelineItem): TimelineItem[] {
    return item === undefined ? newestOf(this.roots()) : childrenOf(item);
  }

  /** All lines, also those that are too old for the view. */
  roots(): TimelineItem[] {
    return this.#timeline?.roots(this.#showTierUps) ?? [];
  }

  getParent(item: TimelineItem): TimelineItem | undefined {
    return item.detail === undefined && item.isMember === undefined ? undefined : this.#rootOf(item.entry);
  }

  #rootOf(entry: TimelineEntry): TimelineItem | undefined {
    return this.getChildren().find(
      (root) => root.entry === entry || root.group?.some((member) => member.entry === entry) === true,
    );
  }

  get #showTierUps(): boolean {
    return vscode.workspace.getConfiguration('bailout').get('timeline.showTierUps', true);
  }

  #settingsChanged(): void {
    void vscode.commands.executeCommand('setContext', 'bailout.tierUpsShown', this.#showTierUps);
    this.#schedule();
  }

  #start(session: vscode.DebugSession): void {
    if (this.#sessions.size === 0) this.#timelines.clear(); // what an ended session left
    if (session.type === 'bailout') {
      this.#sessions.set(session.id, session);
      this.#of(session);
    }
    this.#schedule();
  }

  #of(session: vscode.DebugSession): SessionTimeline {
    const known = this.#timelines.get(session.id);
    if (known !== undefined) return known;
    const timeline = new SessionTimeline(session);
    this.#timelines.set(session.id, timeline);
    return timeline;
  }

  #end(session: vscode.DebugSession): void {
    if (!this.#sessions.delete(session.id)) return;
    if (this.#sessions.size > 0) this.#timelines.delete(session.id);
    this.#schedule();
  }

  #add(session: vscode.DebugSession, entry: TimelineEntry): void {
    this.#of(session).add(entry);
    this.#schedule();
  }

  /** Many events come at once; the tree is refreshed a few times a second. */
  #schedule(): void {
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined;
      const shown = this.#sessions.size > 0 || this.shown.length > 0;
      void vscode.commands.executeCommand('setContext', 'bailout.sessionRunning', this.#sessions.size > 0);
      void vscode.commands.executeCommand('setContext', 'bailout.timelineShown', shown);
      this.#changed.fire(undefined);
      this.#added.fire();
      const bailouts = this.shown.filter(({ entry }) => entry.kind === 'bailout').length;
      this.#view.badge =
        bailouts === 0 ? undefined : { value: bailouts, tooltip: vscode.l10n.t('{0} bailouts', bailouts) };
      const newest = this.shown.at(-1);
      if (this.#view.visible && newest !== undefined && newest !== this.#followed) {
        this.#followed = newest;
        const root = this.#rootOf(newest.entry);
        if (root !== undefined) void this.#view.reveal(root, { select: false, focus: false }).then(undefined, () => {});
      }
    }, 100);
  }
}
