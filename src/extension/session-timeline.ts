// What happened in one session, and how the Bailouts view groups it: bailouts of one site are one line, and so are optimizations of one
// function or one loop, each at the place of the first.

import type * as vscode from 'vscode';
import type { TimelineEntry } from '../adapter/index.ts';

export type BailoutEntry = Extract<TimelineEntry, { readonly kind: 'bailout' }>;

/** A line or a line's details. */
export interface TimelineItem {
  readonly entry: TimelineEntry;
  readonly session: vscode.DebugSession;
  /** Set on children: one fact about the entry. */
  readonly detail?: { readonly label: string; readonly text: string };
  /** Of a line for a whole site: its bailouts, oldest first. */
  readonly group?: readonly TimelineItem[];
  /** One of a group's. */
  readonly isMember?: true;
}

const longest = 10_000;

export type TierUpEntry = Extract<TimelineEntry, { readonly kind: 'tierUp' }>;

/** What an entry is one of; undefined for what stands alone. */
export function siteOf(entry: TimelineEntry): string | undefined {
  if (entry.kind === 'bailout') return entry.bailout.repeats?.site;
  return entry.kind === 'tierUp' ? `tier-up ${entry.tierUp.repeats.site}` : undefined;
}

interface Root {
  /** Newest last. */
  readonly items: TimelineItem[];
}

export class SessionTimeline {
  readonly session: vscode.DebugSession;
  /** In the order of time; a bailout stands where it ended. */
  readonly items: TimelineItem[] = [];
  readonly #bySite = new Map<string, Root>();
  readonly #byNumber = new Map<number, TimelineItem>();
  #roots: Root[] = [];

  constructor(session: vscode.DebugSession) {
    this.session = session;
  }

  add(entry: TimelineEntry): void {
    const item: TimelineItem = { entry, session: this.session };
    if (entry.kind === 'bailout') this.#forgetUnfinished(entry.bailout.number);
    this.items.push(item);
    const site = siteOf(entry);
    const known = site === undefined ? undefined : this.#bySite.get(site);
    if (entry.kind === 'bailout') this.#byNumber.set(entry.bailout.number, item);
    if (known !== undefined) known.items.push(item);
    else {
      const root = { items: [item] };
      this.#roots.push(root);
      if (site !== undefined) this.#bySite.set(site, root);
    }
    if (this.items.length > longest) this.#forgetOldest();
  }

  /** The bailout that the program was stopped in has ended, or has gone a step further. */
  #forgetUnfinished(number: number): void {
    const before = this.#byNumber.get(number);
    if (before === undefined) return;
    this.items.splice(this.items.lastIndexOf(before), 1);
    this.#roots = this.#roots.filter(({ items }) => items[0] !== before);
  }

  #forgetOldest(): void {
    const oldest = this.items.shift()!;
    if (oldest.entry.kind === 'bailout') this.#byNumber.delete(oldest.entry.bailout.number);
    const root = this.#roots.find(({ items }) => items[0] === oldest);
    root?.items.shift();
    if (root?.items.length === 0) this.clearRoot(root);
  }

  private clearRoot(root: Root): void {
    this.#roots.splice(this.#roots.indexOf(root), 1);
    for (const [site, known] of this.#bySite) if (known === root) this.#bySite.delete(site);
  }

  clear(): void {
    this.items.length = 0;
    this.#roots = [];
    this.#bySite.clear();
    this.#byNumber.clear();
  }

  bailout(number: number): TimelineItem | undefined {
    return this.#byNumber.get(number);
  }

  /** A line each: what is alone as it is, sites with their bailouts. */
  roots(showTierUps: boolean): TimelineItem[] {
    return this.#roots
      .filter(({ items }) => showTierUps || items[0]!.entry.kind !== 'tierUp')
      .map(({ items }) => (items.length === 1 ? items[0]! : { ...items.at(-1)!, group: items }));
  }
}
