// `bailout report`: runs a program without stops and prints every tier-up and bailout, explained: the guard in its code, the
// registers, the FrameState tree, and every slot of the interpreter frames that were built.

import path from 'node:path';
import type { FrameTranslation } from '../../picture/index.ts';
import type { ParsedFlags } from '../base/index.ts';
import type { Deoptimization } from '../deoptimizer/index.ts';
import type { Tagged } from '../heap/index.ts';
import { type Host, nodeHost, type TieringEvent } from '../isolate/index.ts';
import { NodeShell } from '../node/index.ts';
import { isolateFor, readOrReport } from '../shell/index.ts';
import { type BailoutListener, Bailouts, leftText } from './bailouts.ts';
import { invalidationText } from './explain.ts';
import type { BailoutReport, Location } from './protocol.ts';
import { Session } from './session.ts';

/** Bailouts with every detail; later ones take a line each. */
const longest = 12;
const width = 118;

/** A table whose columns are as wide as their widest cell. */
function columns(rows: readonly (readonly string[])[], indent: string): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, Math.min(cell.length, 60));
  }
  return rows.map((row) =>
    `${indent}${row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i]!))).join('  ')}`.trimEnd(),
  );
}

function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + word.length + 1 > width) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  lines.push(line);
  return lines.join(`\n${indent}`);
}

const ordinal = (n: number): string => {
  const suffix = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${suffix}`;
};

const place = (location: Location | undefined): string =>
  location === undefined
    ? ''
    : `${path.basename(location.source.path ?? location.source.name)}:${location.line}:${location.column}`;

class Reporter {
  private readonly session: Session;
  private readonly write: (text: string) => void;
  bailouts = 0;
  tierUps = 0;
  private readonly sites = new Map<string, { readonly what: string; readonly times: number; readonly ids: number[] }>();

  constructor(session: Session, write: (text: string) => void) {
    this.session = session;
    this.write = write;
    const { target, functions, sources, codes, listings, names, translations, madeTexts, materialized, isolate } =
      session;
    const listener: BailoutListener = {
      event: () => {},
      ended: (report, deoptimization, picture) => this.bailout(report, deoptimization, picture),
    };
    const bailouts = new Bailouts(
      target,
      functions,
      sources,
      codes,
      listings,
      names,
      translations,
      madeTexts,
      materialized,
      listener,
    );
    target.deoptimizer.observe(bailouts);
    const reasons = new Map<number, string>();
    isolate.scripts.observe({ compiled: (sfi) => void functions.known.add(sfi) });
    const happened = (event: TieringEvent): void => {
      if (event.kind === 'marked') reasons.set(functions.sfiOf(event.fn), event.reason);
      if (event.kind === 'aborted' && !functions.isNative(functions.sfiOf(event.fn)))
        this.write(`▲ ${functions.nameOf(functions.sfiOf(event.fn))} stays in the interpreter: ${event.reason}\n`);
      if (event.kind !== 'compiled') return;
      const view = codes.of(event.code);
      if (functions.isNative(view.sfi)) return;
      this.tierUps++;
      const why =
        event.osrOffset >= 0
          ? 'a hot loop, replaced on the stack'
          : reasons.get(view.sfi) === 'manual'
            ? 'asked for by %OptimizeFunctionOnNextCall'
            : (reasons.get(view.sfi) ?? 'hot and stable');
      const inlined = [...new Set(view.inlinedFunctions.map((sfi) => functions.nameOf(sfi)))];
      const repeats = session.tierUps.made(view);
      const name = functions.nameOf(view.sfi);
      this.sites.set(repeats.site, {
        what: event.osrOffset >= 0 ? `${name}, a loop (OSR)` : name,
        times: repeats.times,
        ids: [...(this.sites.get(repeats.site)?.ids ?? []), view.optimizationId],
      });
      const again = repeats.times === 1 ? '' : `, the ${ordinal(repeats.times)} time`;
      const since = repeats.since === undefined ? '' : `; left since: ${repeats.since}`;
      this.write(
        `▲ tier-up ${this.tierUps}: ${name} (optimized #${view.optimizationId}${again})  ${place(sources.declarationOf(view.sfi))}\n` +
          `  ${why}${since}; ${view.size} bytes of x64, ${view.exitCount} deopt exit${view.exitCount === 1 ? '' : 's'}, ${event.milliseconds.toFixed(1)} ms${inlined.length > 0 ? `; inlined: ${inlined.join(', ')}` : ''}\n`,
      );
    };
    isolate.tiering.observe({ happened });
    const invalidated = (code: Tagged, reason: string): void => {
      bailouts.invalidations.set(code, reason);
      const view = codes.of(code);
      if (functions.isNative(view.sfi)) return;
      session.tierUps.wasLeft(view, `invalidated, ${reason}`);
      this.write(
        `✕ invalidated: ${functions.nameOf(view.sfi)} (optimized #${view.optimizationId})  ${reason}: ${invalidationText(reason)}\n`,
      );
    };
    isolate.machine!.deoptimization.observe({ invalidated });
  }

  private bailout(
    report: BailoutReport,
    deoptimization: Deoptimization,
    picture: () => FrameTranslation | undefined,
  ): void {
    this.bailouts++;
    this.session.tierUps.wasLeft(this.session.codes.of(deoptimization.code), leftText(report));
    const inlined =
      report.inlined.length > 1
        ? `, inlined into ${report.inlined
            .slice(1)
            .map((level) => level.function)
            .join(', into ')}`
        : '';
    const head = `▼ bailout ${report.number}: ${report.inlined[0]?.function ?? report.function}${inlined} (optimized #${report.optimizationId})  ${place(report.location)}`;
    this.write(
      `${head}\n  ${report.kind}, ${report.reason}, bytecode offset ${report.bytecodeOffset}, ${Math.round(report.microseconds ?? 0)} µs\n`,
    );
    if (report.repeats !== undefined && report.repeats.text !== '')
      this.write(`  ${wrap(report.repeats.text, '  ')}\n`);
    const shown = report.number > longest ? undefined : picture();
    if (shown === undefined) return;
    const text = [
      `\n  Why         ${wrap(report.explanation, '              ')}\n`,
      ...this.guard(deoptimization),
      ...this.registers(shown),
      ...this.frameState(shown),
      ...this.frames(shown),
    ];
    this.write(`${text.join('\n')}\n`);
  }

  private guard(deoptimization: Deoptimization): string[] {
    const view = this.session.codes.of(deoptimization.code);
    const exit = deoptimization.exitIndex;
    const isLazy = view.isLazyExit(exit);
    const jump = view.guards.get(exit)?.at(-1) ?? view.exitOffset(exit);
    // A lazy bailout happens at the call that was in progress: its return was redirected.
    const index = isLazy ? Math.max(0, view.indexAt(view.returnPcOf(exit)) - 1) : view.indexAt(jump);
    const first = Math.max(0, index - 4);
    const rows = view.instructions
      .slice(first, index + 2)
      .map((line, i) => [
        first + i === index ? '▶' : ' ',
        line.offset.toString(16).padStart(4),
        line.bytes,
        line.text,
        first + i === index
          ? isLazy
            ? `;; returned to deopt exit ${exit} instead`
            : `;; to deopt exit ${exit}: ${view.reasonOf(exit)}`
          : line.comment === undefined
            ? ''
            : `;; ${line.comment.replace(/0x[0-9a-f]+ /g, '')}`,
      ]);
    const what = isLazy ? 'Call' : 'Guard';
    return [
      `  ${what.padEnd(11)} exit ${exit} of ${view.exitCount} in the code of ${this.session.functions.nameOf(view.sfi)}`,
      ...columns(rows, '    '),
      '',
    ];
  }

  /** What was optimized more than once, each function and loop on a line. */
  repeated(): string {
    const rows = [...this.sites.values()]
      .filter(({ times }) => times > 1)
      .map(({ what, times, ids }) => [what, `${times} times`, ids.map((id) => `#${id}`).join(' ')]);
    return rows.length === 0 ? '' : ['Optimized more than once', ...columns(rows, '  '), ''].join('\n');
  }

  /** The registers that the translation reads, or the guard compared. */
  private registers({ input, frames }: FrameTranslation): string[] {
    const readers = new Map(
      frames.flatMap((frame) =>
        frame.chips.map((chip): [string, string] => [chip.id, `${chip.name} of ${frame.function}`]),
      ),
    );
    const rows = input.registers
      .filter(({ kind }) => kind === 'register')
      .map((place) => ({ place, what: readers.get(place.readBy.findLast((id) => readers.has(id)) ?? '') }))
      .filter(({ place, what }) => what !== undefined || place.isCompared)
      .map(({ place, what }) => [place.name, place.bits, place.meaning, `(${what ?? 'compared by the guard'})`]);
    return rows.length === 0 ? [] : ['  Registers', ...columns(rows, '    '), ''];
  }

  private frameState({ frames }: FrameTranslation): string[] {
    const lines = ['  FrameState'];
    frames.forEach(({ title, chips }, depth) => {
      const indent = `    ${'   '.repeat(depth)}`;
      lines.push(`${indent}${depth > 0 ? '└─ ' : ''}${title}`);
      const live = chips.filter(({ kind }) => kind !== 'optimizedOut');
      const rows = live.map(({ name, where, representation, rebuilt }) => [
        name,
        where,
        representation,
        `→ ${rebuilt}`,
      ]);
      lines.push(...columns(rows, `${indent}${depth > 0 ? '   ' : ''}│  `));
      const out = chips.length - live.length;
      if (out > 0) lines.push(`${indent}${depth > 0 ? '   ' : ''}│  ${out} optimized out: nothing reads them any more`);
    });
    return [...lines, ''];
  }

  private frames({ outputs }: FrameTranslation): string[] {
    const lines: string[] = [];
    outputs.forEach(({ title, size, slots }, index) => {
      if (slots.length === 0) return;
      lines.push(`  Frame ${index + 1} of ${outputs.length}   ${title}, ${size} bytes`);
      const rows = slots.map(({ offset, name, value = '', source }) => [
        `[top + ${String(offset).padStart(3)}]`,
        name,
        value,
        source === undefined ? '' : `← ${source}`,
      ]);
      lines.push(...columns(rows, '    '), '');
    });
    return lines;
  }
}

/** Runs the program; its exit status. Reports go to stdout, between the program's own lines. */
export function report(parsed: ParsedFlags, outer: Host = nodeHost()): number {
  const [file, ...rest] = parsed.rest;
  if (file === undefined) {
    outer.write('stderr', 'bailout report: expected a JavaScript file\n');
    return 2;
  }
  const program = path.resolve(file);
  const source = readOrReport(outer, 'report', file);
  if (source === undefined) return 1;
  let atLineStart = true;
  const host: Host = {
    ...outer,
    write(stream, text) {
      if (stream === 'stderr') return outer.write(stream, text);
      const marked = text.replace(/\n(?=[\s\S])/g, '\n│ ');
      outer.write(stream, atLineStart ? `│ ${marked}` : marked);
      atLineStart = text.endsWith('\n');
    },
  };
  const write = (text: string): void => {
    outer.write('stdout', atLineStart ? text : `\n${text}`);
    atLineStart = true;
  };
  const argv = ['/usr/local/bin/node', program, ...rest, ...parsed.afterDashes];
  const shell = new NodeShell((embedder) => isolateFor(parsed.flags, host, embedder), argv);
  const reporter = new Reporter(new Session(shell.isolate, shell), write);
  write(
    `${path.basename(program)}: what was optimized, and what was left again\n` +
      '▲ compiled by TurboFan   ▼ bailed out to the interpreter   ✕ invalidated   │ the program’s own output\n' +
      '→ what the interpreter gets   ← where a slot’s value came from   [fp ± n] a stack slot of the optimized frame\n\n',
  );
  const status = shell.run(program, source);
  const repeated = reporter.repeated();
  write(repeated === '' ? '' : `\n${repeated}`);
  write(
    `\n${reporter.tierUps} tier-up${reporter.tierUps === 1 ? '' : 's'}, ${reporter.bailouts} bailout${reporter.bailouts === 1 ? '' : 's'}\n`,
  );
  return status;
}
