// `--trace-deopt-verbose` output as parity compares it: parsed into bailouts, with addresses, Smi words, times, registers and
// stack distances gone. What stays is what the reference and this engine must agree on.

/** One `[bailout … ]` block. */
export interface Bailout {
  readonly functionName: string;
  /** `deopt-eager` or `deopt-lazy`. */
  readonly kind: string;
  readonly reason: string;
  readonly bytecodeOffset: number;
  /** `file:line:column`, innermost first, then the inlining stack; empty for lazy bailouts. */
  readonly positions: readonly string[];
  /** `name @ bytecode offset` of each frame that was read, outermost first. */
  readonly inputs: readonly string[];
  /** Normalised `translating …` blocks, outermost first. */
  readonly frames: readonly string[];
}

/** Addresses, Smi words and times out; `file` paths to their last part. */
export function normaliseTraceLine(line: string): string {
  return line
    .replace(/took [0-9.]+ ms/g, 'took … ms')
    .replace(/<Smi (-?\d+)>/g, 'Smi:$1')
    .replace(/0x[0-9a-f…]+ Smi:(-?\d+)/g, '<Smi $1>')
    .replace(/Smi:(-?\d+)/g, '<Smi $1>')
    .replace(/0x0*([0-9a-f]{1,4})(?= ; {2}actual argument count)/g, '#$1')
    .replace(/0x[0-9a-f…]+/g, '0x…')
    .replace(/opt id \d+/g, 'opt id …')
    .replace(/deopt exit \d+/g, 'deopt exit …')
    .replace(/FP to SP delta \d+/g, 'FP to SP delta …')
    .replace(/<([^<>]*[/\\])([^/\\<>]+:\d+:\d+)>/g, '<$2>');
}

/** One line of a `translating …` block. */
function normaliseFrameLine(line: string): string {
  return normaliseTraceLine(line)
    .replace(/^(\s*)0x…: (\[top)/, '$1$2')
    .replace(/<- 0x… </, '<- <')
    .replace(/<- 0x… ;/, '<- … ;')
    .replace(/<Map\[\d+\]/, '<Map') // a size in words of 8 bytes there, of 4 here
    .replace(/\s+$/, '');
}

/** Where a bailout begins; group 1 kind, 2 reason, 3 function, 4 bytecode offset. */
const BEGIN =
  /\[bailout \(kind: ([\w-]+), reason: (.*?)\): begin\. deoptimizing 0x[0-9a-f…]+ <JSFunction ?(.*?)(?: ?\(sfi = 0x[0-9a-f…]+\))?>, .*?bytecode offset (-?\d+)/;

const MARKING = /\[marking dependent code 0x[0-9a-f…]+ <Code TURBOFAN_JS> \(0x[0-9a-f…]+ <SharedFunctionInfo ?(.*?)>/;
const MARKING_REASON = /\) \(opt id \d+\) for deoptimization, reason: (.*?)\]/;

/**
 * `[marking dependent code …]` lines, in order: how many bailouts came before, whose code, and why. The reference writes a
 * line's beginning to its trace and the end, with the reason, to its output.
 */
export function parseInvalidations(trace: string, ends: string = trace): string[] {
  const reasons = [...ends.matchAll(new RegExp(MARKING_REASON, 'g'))].map(([, reason]) => reason!);
  const begins = [...trace.matchAll(new RegExp(`${MARKING.source}|${BEGIN.source}`, 'g'))];
  let bailouts = 0;
  const lines: string[] = [];
  for (const [text, name] of begins) {
    if (text.startsWith('[bailout')) bailouts++;
    else lines.push(`${bailouts} | ${name} | ${reasons[lines.length] ?? '?'}`);
  }
  return lines;
}

export function parseBailouts(output: string): Bailout[] {
  const bailouts: Bailout[] = [];
  let current: { positions: string[]; inputs: string[]; frames: string[][]; begin: RegExpExecArray } | undefined;
  let frame: string[] | undefined;
  const flush = () => {
    if (current === undefined) return;
    const [, kind, reason, functionName, offset] = current.begin;
    bailouts.push({
      functionName: functionName!,
      kind: kind!,
      reason: reason!,
      bytecodeOffset: Number(offset),
      positions: current.positions,
      inputs: current.inputs,
      frames: current.frames.map((lines) => lines.join('\n')),
    });
    current = frame = undefined;
  };
  for (const raw of output.split('\n')) {
    const begin = BEGIN.exec(raw);
    if (begin) {
      flush();
      current = { positions: [], inputs: [], frames: [], begin };
      continue;
    }
    if (current === undefined) continue;
    if (/^\[bailout end/.test(raw)) {
      flush();
      continue;
    }
    const position = /^\s*;;; deoptimize at (.*)$/.exec(raw);
    if (position) {
      current.positions.push(
        ...[...normaliseTraceLine(position[1]!).matchAll(/<([^<>]*)>/g)].map((match) => match[1]!),
      );
      continue;
    }
    const input = /^ {2}reading (.+? frame(?: .*?)?)(?:, inputs| =>)(?: bytecode_offset=(-?\d+))?/.exec(raw);
    if (input) {
      current.inputs.push(`${input[1]!.replace(/^input frame /, '')} @ ${input[2] ?? '-'}`);
      frame = undefined;
      continue;
    }
    if (/^ {2}translating /.test(raw)) {
      frame = [normaliseFrameLine(raw)];
      current.frames.push(frame);
      continue;
    }
    // The reference forgets the line feed after the feedback vector.
    if (frame !== undefined)
      frame.push(
        ...raw
          .replace(/( {4}-{5,})$/, '\n$1')
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map(normaliseFrameLine),
      );
  }
  flush();
  return bailouts;
}

/** What bailout parity compares of a bailout. */
export function bailoutKey(bailout: Bailout): string {
  const where = bailout.positions.length > 0 ? bailout.positions.join(' < ') : '-';
  return `${bailout.functionName} | ${bailout.kind} | ${bailout.reason} | ${bailout.bytecodeOffset} | ${where} | ${bailout.inputs.join(' > ')}`;
}

/** A trace as it is recorded: one block per bailout, normalised, without what register allocation decides. */
export function formatBailouts(bailouts: readonly Bailout[]): string {
  return bailouts
    .map((bailout) => `${bailoutKey(bailout)}\n${bailout.frames.map((text) => `${text}\n`).join('')}`)
    .join('\n');
}

/** Reads `formatBailouts`' output back. */
export function parseRecordedBailouts(text: string): { readonly key: string; readonly frames: readonly string[] }[] {
  return text
    .split(/\n\n/)
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const [key, ...lines] = block.replace(/\n$/, '').split('\n');
      const frames: string[] = [];
      for (const line of lines) {
        if (/^ {2}translating /.test(line)) frames.push(line);
        else frames[frames.length - 1] += `\n${line}`;
      }
      return { key: key!, frames };
    });
}
