// What a small program prints here and on the host: the same, in both executions of machine code, with verified graphs.

import assert from 'node:assert/strict';
import { Program } from './program.ts';

const executions = ['interpret', 'translate'] as const;

/** Prints what `f` says of every pair, made hot by `warm` before each; errors by their names. */
export const everyPair = (f: string, warm: string, left: readonly string[], right: readonly string[]): string => `
  ${f}
  const say = (x, y) => { try { const r = f(x, y); return Object.is(r, -0) ? '-0' : String(r); } catch (e) { return e.name; } };
  const said = [];
  for (const x of [${left}]) for (const y of [${right}]) {
    natives();
    said.push(say(x, y));
  }
  function natives() { ${warm} }
  console.log(said.join('\\n'));`;

/** The program for the host: without natives. */
const plain = (source: string): string => source.replaceAll(/%\w+\(\w*\);/g, '');

function onHost(source: string): string {
  let out = '';
  new Function('console', plain(source))({ log: (text: string) => (out += `${text}\n`) });
  return out;
}

export const heat = (calls: string): string =>
  `%PrepareFunctionForOptimization(f); ${calls} %OptimizeFunctionOnNextCall(f); ${calls}`;

export function agrees(source: string): readonly Program[] {
  const expected = onHost(source);
  return executions.map((execution) => {
    const program = new Program(source, ['--turbo-verify', `--emulator=${execution}`]);
    assert.equal(program.run(), expected, execution);
    return program;
  });
}
