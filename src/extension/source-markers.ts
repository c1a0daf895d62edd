// Marks on the source: what was optimized, where optimized code was left and why. While a program runs they stand in the gutter; after
// it the reasons stand behind the lines, too. The expression at which the program is stopped, or was, is underlined.

import * as vscode from 'vscode';
import { plainHover } from './plain-hover.ts';
import type { Timeline, TimelineItem } from './timeline.ts';

type Kind = 'eager' | 'lazy' | 'free' | 'tier-up';
const kinds: readonly Kind[] = ['tier-up', 'free', 'lazy', 'eager'];

/** What a line says. */
interface Marker {
  readonly kind: Kind;
  readonly line: number;
  readonly text: string;
  /** While the program is stopped here: what the guard met. */
  readonly now: string;
  readonly hover: string;
  readonly expression?: vscode.Range;
  readonly isNow: boolean;
}

export class SourceMarkers implements vscode.Disposable {
  readonly #timeline: Timeline;
  readonly #gutter: ReadonlyMap<Kind, vscode.TextEditorDecorationType>;
  readonly #expression = vscode.window.createTextEditorDecorationType({
    textDecoration: 'underline dotted',
    light: { color: new vscode.ThemeColor('bailout.eagerForeground') },
    dark: { color: new vscode.ThemeColor('bailout.eagerForeground') },
  });
  readonly #now = vscode.window.createTextEditorDecorationType({
    border: '1px solid',
    borderColor: new vscode.ThemeColor('bailout.eagerForeground'),
    borderRadius: '2px',
  });
  readonly #disposables: readonly vscode.Disposable[];
  /** For tests: what is marked, by file. */
  shown: ReadonlyMap<string, readonly Marker[]> = new Map();

  constructor(extension: vscode.Uri, timeline: Timeline) {
    this.#timeline = timeline;
    this.#gutter = new Map(
      kinds.map((kind) => {
        const icon = (theme: string) => vscode.Uri.joinPath(extension, 'media', 'markers', `${kind}-${theme}.svg`);
        return [
          kind,
          vscode.window.createTextEditorDecorationType({
            rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
            light: { gutterIconPath: icon('light') },
            dark: { gutterIconPath: icon('dark') },
            gutterIconSize: '80%',
            overviewRulerColor: new vscode.ThemeColor(colorOf(kind)),
            overviewRulerLane: vscode.OverviewRulerLane.Right,
          }),
        ];
      }),
    );
    this.#disposables = [
      ...this.#gutter.values(),
      this.#expression,
      this.#now,
      timeline.onDidChange(() => this.#update()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#draw()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('bailout.sourceMarkers')) this.#update();
      }),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #update(): void {
    const isOn = vscode.workspace.getConfiguration('bailout').get('sourceMarkers', true);
    const byFile = new Map<string, Marker[]>();
    for (const item of isOn ? this.#timeline.roots() : []) {
      const marker = markerOf(item);
      if (marker === undefined) continue;
      const markers = byFile.get(marker.file);
      if (markers === undefined) byFile.set(marker.file, [marker]);
      else markers.push(marker);
    }
    this.shown = byFile;
    this.#draw();
  }

  #draw(): void {
    const withTexts = !this.#timeline.hasRunningSession;
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.uri.scheme !== 'file') continue;
      const markers = this.shown.get(editor.document.uri.fsPath) ?? [];
      const lines = byLine(markers.filter(({ line }) => line < editor.document.lineCount));
      for (const kind of kinds)
        editor.setDecorations(
          this.#gutter.get(kind)!,
          lines
            .filter((line) => line.kind === kind)
            .map(({ line, text, now, hover }) => lineDecoration(editor.document, line, withTexts ? text : now, hover)),
        );
      const expressions = markers.flatMap(({ expression, isNow }) => (expression ? [{ expression, isNow }] : []));
      const ranges = (now: boolean) =>
        expressions.filter(({ isNow }) => isNow === now).map(({ expression }) => expression);
      editor.setDecorations(this.#expression, ranges(false));
      editor.setDecorations(this.#now, ranges(true));
    }
  }
}

const colorOf = (kind: Kind): string =>
  ({
    eager: 'bailout.eagerForeground',
    lazy: 'bailout.lazyForeground',
    free: 'bailout.invalidatedForeground',
    'tier-up': 'bailout.tierUpForeground',
  })[kind];

const longestText = 100;
const cut = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text);

/** One decoration a line: the most serious kind, every text. */
function byLine(markers: readonly Marker[]): Omit<Marker, 'expression' | 'isNow'>[] {
  const lines = new Map<number, Omit<Marker, 'expression' | 'isNow'>>();
  for (const { kind, line, text, now, hover } of markers) {
    const before = lines.get(line);
    if (before === undefined) lines.set(line, { kind, line, text, now, hover });
    else
      lines.set(line, {
        kind: kinds.indexOf(kind) > kinds.indexOf(before.kind) ? kind : before.kind,
        line,
        text: before.text.includes(text) ? before.text : `${before.text}, ${text}`,
        now: now === '' ? before.now : now,
        hover: before.hover.includes(hover) ? before.hover : `${before.hover}\n\n${hover}`,
      });
  }
  return [...lines.values()];
}

function lineDecoration(
  document: vscode.TextDocument,
  line: number,
  text: string,
  hover: string,
): vscode.DecorationOptions {
  const { range, firstNonWhitespaceCharacterIndex } = document.lineAt(line);
  return {
    range: range.with(range.start.with({ character: firstNonWhitespaceCharacterIndex })),
    hoverMessage: plainHover(hover),
    renderOptions:
      text === ''
        ? undefined
        : {
            after: {
              contentText: `  ${text}`,
              color: new vscode.ThemeColor('descriptionForeground'),
              fontStyle: 'italic',
            },
          },
  };
}

function markerOf({ entry, group }: TimelineItem): (Marker & { readonly file: string }) | undefined {
  if (entry.kind === 'invalidated') return undefined;
  const file = entry.source?.path;
  const location = entry.kind === 'bailout' ? entry.bailout.location : entry.tierUp.location;
  if (file === undefined || location === undefined || entry.source?.sourceReference) return undefined;
  const line = location.line - 1;
  if (entry.kind === 'tierUp') {
    const { function: name, osr, optimizationId, reason } = entry.tierUp;
    const again = group === undefined ? '' : ` ×${group.length}`;
    const text = (osr ? vscode.l10n.t('▲ optimized in its loop') : vscode.l10n.t('▲ optimized')) + again;
    const hover = vscode.l10n.t('{0} was optimized (#{1}): {2}.', name, optimizationId, reason);
    return { file, kind: 'tier-up', line, text, now: '', hover, isNow: false };
  }
  const { bailout, isNow = false } = entry;
  const { reason, explanation, repeats, isFree, kind, expressionRange: range } = bailout;
  const times = group === undefined ? '' : ` ×${group.length}`;
  const text = isFree ? vscode.l10n.t('✓ free exit: the loop is done') : `⚡ ${reason}${times}`;
  return {
    file,
    kind: isFree ? 'free' : kind,
    line,
    text,
    now: isNow ? cut(`⚡ ${reason}${bailout.finding === undefined ? '' : `: ${bailout.finding}`}`) : '',
    hover: [explanation, repeats?.text].filter(Boolean).join('\n\n'),
    expression:
      isFree || range?.endLine === undefined
        ? undefined
        : new vscode.Range(range.line - 1, range.column - 1, range.endLine - 1, range.endColumn! - 1),
    isNow,
  };
}
