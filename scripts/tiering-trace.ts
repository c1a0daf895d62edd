// `--trace-opt --trace-deopt` output as the loop check compares it: how often each function bailed out where, and which
// functions have optimized code at the end. Functions go by name: closures of one function, and functions of one name, count as
// one.

export interface TieringSummary {
  /** Bailouts by `function @ bytecode offset`. */
  readonly bailouts: ReadonlyMap<string, number>;
  /** Functions with optimized code, entered at the start, at the end. */
  readonly optimized: ReadonlySet<string>;
  /** Compilations by function, OSR included. */
  readonly compilations: ReadonlyMap<string, number>;
  /** Functions that could not be compiled, and why. */
  readonly aborted: ReadonlyMap<string, string>;
}

/** Something the engine does that the reference does not. */
export interface TieringComplaint {
  readonly text: string;
  /** Where the compiler gave the function up: its reason. */
  readonly aborted: string | undefined;
}

const COMPILING = /\[compiling method 0x[0-9a-f]+ <JSFunction ?(.*?) ?\(sfi = [^)]*\)> \(target TURBOFAN_JS\)( OSR)?/;
const COMPLETED = /\[completed compiling 0x[0-9a-f]+ <JSFunction ?(.*?) ?\(sfi = [^)]*\)> \(target TURBOFAN_JS\)/;
const BAILOUT =
  /\[bailout \(kind: [\w-]+, reason: .*?\): begin\. deoptimizing 0x[0-9a-f]+ <JSFunction ?(.*?) ?\(sfi = [^)]*\)>.*?opt id (\d+), bytecode offset (-?\d+)/;
/** The reference prints the line's end elsewhere: the number is not always there. */
const MARKING =
  /\[marking dependent code (0x[0-9a-f]+) <Code TURBOFAN_JS> \(0x[0-9a-f]+ <SharedFunctionInfo ?(.*?)>(?:\) \(opt id (\d+)\))?/g;

const ABORTED = /\[aborted optimizing 0x[0-9a-f]+ <JSFunction ?(.*?) ?\(sfi = [^)]*\)> because: (.*)\]/;

export function summariseTiering(trace: string): TieringSummary {
  const bailouts = new Map<string, number>();
  const compilations = new Map<string, number>();
  const aborted = new Map<string, string>();
  const started: { name: string; osr: boolean; live: boolean }[] = [];
  for (const line of trace.split('\n')) {
    const compiling = COMPILING.exec(line);
    if (compiling) started.push({ name: compiling[1]!, osr: compiling[2] !== undefined, live: false });
    const gaveUp = ABORTED.exec(line);
    if (gaveUp) aborted.set(gaveUp[1]!, gaveUp[2]!);
    const completed = COMPLETED.exec(line);
    if (completed) {
      const last = started.at(-1);
      if (last !== undefined) last.live = true;
      compilations.set(completed[1]!, (compilations.get(completed[1]!) ?? 0) + 1);
    }
    for (const [, , name, id] of line.matchAll(MARKING)) {
      if (id !== undefined) kill(started[Number(id)]);
      else for (const code of started) if (code.name === name && code.live) code.live = false;
    }
    const bailout = BAILOUT.exec(line);
    if (bailout) {
      const key = `${bailout[1]} @ ${bailout[3]}`;
      bailouts.set(key, (bailouts.get(key) ?? 0) + 1);
      if (!/kind: deopt-lazy/.test(line)) kill(started[Number(bailout[2])]);
    }
  }
  const optimized = new Set(started.filter(({ live, osr }) => live && !osr).map(({ name }) => name));
  return { bailouts, optimized, compilations, aborted };
}

function kill(code: { live: boolean } | undefined): void {
  if (code !== undefined) code.live = false;
}

/** What the engine does in a loop that the reference does not, one line each. */
export function compareTiering(reference: TieringSummary, engine: TieringSummary): TieringComplaint[] {
  const complaints: TieringComplaint[] = [];
  for (const [where, count] of engine.bailouts) {
    const allowed = (reference.bailouts.get(where) ?? 0) + 1;
    if (count > allowed)
      complaints.push({ text: `${where}: ${count} bailouts, the reference has ${allowed - 1}`, aborted: undefined });
  }
  for (const name of reference.optimized)
    if (!engine.optimized.has(name)) {
      const aborted = engine.aborted.get(name);
      const why = aborted === undefined ? '' : `: ${aborted}`;
      complaints.push({ text: `${name || '(anonymous)'}: not optimized at the end${why}`, aborted });
    }
  return complaints;
}
