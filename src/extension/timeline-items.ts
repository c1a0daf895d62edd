// Lines of the Bailouts view: what a line says of an entry or a site, and what opens below it.

import path from 'node:path';
import * as vscode from 'vscode';
import type { TimelineEntry } from '../adapter/index.ts';
import { plainHover } from './plain-hover.ts';
import { type BailoutEntry, siteOf, type TierUpEntry, type TimelineItem } from './session-timeline.ts';

/** Bailouts that a site lists, newest first. */
const mostMembers = 200;

/** Lines of the view: with each refresh VS Code asks for all of them anew. */
const mostLines = 1000;

const basename = (name: string | undefined): string => (name === undefined ? '' : path.basename(name));

const icons = {
  now: new vscode.ThemeIcon(
    'debug-stackframe',
    new vscode.ThemeColor('debugIcon.breakpointCurrentStackframeForeground'),
  ),
  free: new vscode.ThemeIcon('check', new vscode.ThemeColor('bailout.invalidatedForeground')),
  eager: new vscode.ThemeIcon('zap', new vscode.ThemeColor('bailout.eagerForeground')),
  lazy: new vscode.ThemeIcon('watch', new vscode.ThemeColor('bailout.lazyForeground')),
  tierUp: new vscode.ThemeIcon('rocket', new vscode.ThemeColor('bailout.tierUpForeground')),
  invalidated: new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('bailout.invalidatedForeground')),
};

export function treeItemOf(item: TimelineItem): vscode.TreeItem {
  if (item.detail !== undefined) return detailItem(item.detail);
  return item.isMember === true ? memberItem(item) : entryItem(item);
}

/** What the view shows of `roots`; above it, how many came before. */
export function newestOf(roots: readonly TimelineItem[]): TimelineItem[] {
  const hidden = roots.length - mostLines;
  return hidden <= 0 ? [...roots] : [olderOnes(roots[0]!, hidden), ...roots.slice(hidden)];
}

const olderOnes = ({ entry, session }: TimelineItem, count: number): TimelineItem => ({
  entry,
  session,
  detail: { label: vscode.l10n.t('…'), text: vscode.l10n.t('{0} older ones', count) },
});

export function childrenOf(item: TimelineItem): TimelineItem[] {
  const { entry, session, detail, group, isMember } = item;
  if (detail !== undefined) return [];
  const facts = details(entry, group).map(
    ([label, text]): TimelineItem => ({ entry, session, detail: { label, text } }),
  );
  if (group === undefined || isMember === true) return facts;
  const members = group
    .slice(-mostMembers)
    .reverse()
    .map((member): TimelineItem => ({ ...member, isMember: true }));
  const hidden = group.length - members.length;
  return [...facts, ...members, ...(hidden === 0 ? [] : [olderOnes(item, hidden)])];
}

/** `#12`: one of a site's. */
function memberItem({ entry, session }: TimelineItem): vscode.TreeItem {
  if (entry.kind === 'tierUp') return tierUpMember(entry, session);
  const { bailout } = entry as BailoutEntry;
  const item = new vscode.TreeItem(`#${bailout.number}`, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${session.id}:bailout:${bailout.number}`;
  item.description = `${seconds(entry.at)} · ${vscode.l10n.t('optimized code #{0}', bailout.optimizationId)}`;
  item.tooltip = bailout.explanation;
  item.contextValue = contextOf(entry);
  return item;
}

function tierUpMember(entry: TierUpEntry, session: vscode.DebugSession): vscode.TreeItem {
  const { optimizationId, reason, repeats } = entry.tierUp;
  const item = new vscode.TreeItem(`#${optimizationId}`, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${session.id}:tier-up:${optimizationId}`;
  const since = repeats.since === undefined ? undefined : vscode.l10n.t('after {0}', repeats.since);
  item.description = [seconds(entry.at), reason, since].filter((part) => part !== undefined).join(' · ');
  item.contextValue = contextOf(entry);
  return item;
}

function tierUpItem({ entry, session, group }: TimelineItem, item: vscode.TreeItem): void {
  const { tierUp } = entry as TierUpEntry;
  const { function: name, osr, optimizationId, location } = tierUp;
  item.id = `${session.id}:${group === undefined ? `tier-up:${optimizationId}` : siteOf(entry)}`;
  item.label = osr ? vscode.l10n.t('{0} optimized in its loop', name) : vscode.l10n.t('{0} optimized', name);
  const parts = [
    group === undefined ? undefined : `${group.length}×`,
    osr ? 'OSR' : undefined,
    osr && location !== undefined ? `${basename(location.source.name)}:${location.line}` : undefined,
    `#${optimizationId}`,
    seconds(entry.at),
  ];
  item.description = parts.filter((part) => part !== undefined).join(' · ');
  item.iconPath = icons.tierUp;
  const times = group === undefined ? '' : vscode.l10n.t(', {0} times', group.length);
  item.accessibilityInformation = { label: `${item.label}${times}` };
}

const seconds = (at: number): string => vscode.l10n.t('{0} s', (at / 1000).toFixed(2));

/** What the menus ask for: `bailout source code`. */
function contextOf(entry: TimelineEntry): string {
  if (entry.kind === 'invalidated') return entry.kind;
  return [entry.kind, entry.source && 'source', entry.codeSource && 'code'].filter(Boolean).join(' ');
}

function bailoutItem({ entry, session, group }: TimelineItem, item: vscode.TreeItem): void {
  const { bailout, isNow } = entry as BailoutEntry;
  const { location, repeats, isFree, kind } = bailout;
  const place = location === undefined ? undefined : `${basename(location.source.name)}:${location.line}`;
  const name = bailout.inlined[0]?.function ?? bailout.function;
  item.id = group === undefined ? `${session.id}:bailout:${bailout.number}` : `${session.id}:site:${repeats?.site}`;
  item.label = `${name}: ${bailout.reason}`;
  const parts = [
    isNow ? vscode.l10n.t('stopped here') : undefined,
    group === undefined ? undefined : `${group.length}×`,
    isFree ? vscode.l10n.t('free: its loop is done') : kind,
    place,
    seconds(entry.at),
  ];
  item.description = parts.filter((part) => part !== undefined).join(' · ');
  item.iconPath = isNow ? icons.now : isFree ? icons.free : icons[kind];
  item.tooltip = plainHover(
    [`${bailout.reason} (${kind})`, bailout.explanation, repeats?.text].filter(Boolean).join('\n\n'),
  );
  const times = group === undefined ? '' : vscode.l10n.t(', {0} times', group.length);
  const free = isFree ? vscode.l10n.t(', free') : '';
  const stopped = isNow ? vscode.l10n.t(', stopped here') : '';
  item.accessibilityInformation = {
    label: vscode.l10n.t('Bailout of {0}, {1}, {2}', name, bailout.reason, kind) + times + free + stopped,
  };
}

function entryItem({ entry, session, group }: TimelineItem): vscode.TreeItem {
  const item = new vscode.TreeItem('', vscode.TreeItemCollapsibleState.Collapsed);
  switch (entry.kind) {
    case 'bailout':
      bailoutItem({ entry, session, group }, item);
      break;
    case 'tierUp':
      tierUpItem({ entry, session, group }, item);
      break;
    case 'invalidated':
      item.label = vscode.l10n.t('{0} invalidated', entry.invalidated.function);
      item.description = `${entry.invalidated.reason} · ${seconds(entry.at)}`;
      item.iconPath = icons.invalidated;
      break;
  }
  item.contextValue = contextOf(entry);
  if (/source/.test(item.contextValue)) {
    item.command = {
      command: 'bailout.goToSource',
      title: vscode.l10n.t('Go to Source'),
      arguments: [{ entry, session }],
    };
  }
  return item;
}

function details(entry: TimelineEntry, group?: readonly TimelineItem[]): [string, string][] {
  switch (entry.kind) {
    case 'bailout': {
      const { bailout: b } = entry;
      const rows: [string, string][] = [[vscode.l10n.t('Why'), b.explanation]];
      if (b.repeats !== undefined && b.repeats.text !== '') rows.push([vscode.l10n.t('Again'), b.repeats.text]);
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
      const took = (group ?? []).reduce(
        (sum, member) => sum + ((member.entry as BailoutEntry).bailout.microseconds ?? 0),
        0,
      );
      if (group !== undefined) rows.push([vscode.l10n.t('Took'), vscode.l10n.t('{0} µs in all', Math.round(took))]);
      else if (b.microseconds !== undefined) rows.push([vscode.l10n.t('Took'), `${Math.round(b.microseconds)} µs`]);
      return rows;
    }
    case 'tierUp': {
      const { tierUp: t } = entry;
      const rows: [string, string][] = [
        [vscode.l10n.t('Why'), t.reason],
        ...(t.repeats.since === undefined ? [] : [[vscode.l10n.t('Left since'), t.repeats.since] as [string, string]]),
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
