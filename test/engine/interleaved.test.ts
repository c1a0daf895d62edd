// A hundred programs, cut at their statements, in two isolates of two realms each: one statement of each in turn prints what the
// program prints alone. What one lane leaves at module level of the engine, in roots or in caches, another one would show.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'acorn';
import { parseFlags } from '../../src/engine/base/index.ts';
import { newRealm } from '../../src/engine/builtins/index.ts';
import type { Immovable } from '../../src/engine/heap/index.ts';
import { createStartupSnapshot, Isolate, RecordingHost, readStartupSnapshot } from '../../src/engine/isolate/index.ts';
import { reportUncaught, settleUncaught } from '../../src/engine/shell/index.ts';

const root = path.resolve(import.meta.dirname, '../..');
const snapshot = readStartupSnapshot(createStartupSnapshot('interleaved-snap'), 'interleaved-snap')!;

interface Program {
  readonly name: string;
  readonly pieces: readonly string[];
}

/** Statements of a plain script that needs no module; functions first, as they are hoisted. */
function cut(file: string): Program | undefined {
  const source = readFileSync(path.join(root, file), 'utf8');
  if (/\brequire\(|\bimport\b|\bprocess\.|\bsetTimeout|\bsetImmediate|\bstructuredClone|\bqueueMicrotask/.test(source))
    return undefined;
  // natives stand where a name may
  const { body } = parse(source.replace(/%(?=[A-Z]\w+\()/g, ' '), {
    ecmaVersion: 'latest',
    sourceType: 'script',
    allowHashBang: true,
  });
  const text = ({ start, end }: { start: number; end: number }): string => source.slice(start, end);
  const strict = body[0]?.type === 'ExpressionStatement' && body[0].directive === 'use strict' ? "'use strict';\n" : '';
  const functions = body.filter(({ type }) => type === 'FunctionDeclaration').map(text);
  const others = body.filter(({ type }) => type !== 'FunctionDeclaration').map(text);
  return { name: file, pieces: [functions.join('\n'), ...others].map((piece) => strict + piece) };
}

const programs = (folder: string): Program[] =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.js'))
    .flatMap((name) => {
      try {
        return cut(`${folder}/${name}`) ?? [];
      } catch (error) {
        if (error instanceof SyntaxError) return []; // CommonJS only
        throw error;
      }
    });

/** An isolate that prints into whatever lane runs. */
class Engine {
  readonly isolate: Isolate;
  output: string[] = [];
  private readonly host = new RecordingHost();
  constructor() {
    this.host.write = (_stream, text) => void this.output.push(text);
    const flags = parseFlags(['--invocation-count-for-turbofan=40', '--invocation-count-for-osr=20'], {}).flags;
    this.isolate = new Isolate({
      host: this.host,
      flags,
      snapshot,
      memoryMiB: 96,
      allowNatives: true,
      machine: { deopt: false, verbose: false, write: () => undefined },
    });
  }
}

/** A program that runs in one realm, a piece at a time. */
class Lane {
  readonly program: Program;
  readonly output: string[] = [];
  private readonly engine: Engine;
  private readonly context: Immovable;
  private next = 0;
  constructor(program: Program, engine: Engine, context: Immovable) {
    this.program = program;
    this.engine = engine;
    this.context = context;
  }

  /** Runs the next piece and the jobs that it leaves; whether there is another. */
  step(): boolean {
    const { isolate } = this.engine;
    this.engine.output = this.output;
    const piece = this.program.pieces[this.next++];
    if (piece === undefined) return false;
    try {
      isolate.rt.realms.within(this.context, () => isolate.runScript(piece, this.program.name));
      isolate.runMicrotasks();
    } catch (error) {
      settleUncaught(isolate, error);
      reportUncaught(isolate, 'd8', error);
    }
    return this.next < this.program.pieces.length;
  }
}

const run = (lanes: readonly Lane[]): string[] => {
  let running = [...lanes];
  while (running.length > 0) running = running.filter((lane) => lane.step());
  return lanes.map(({ output }) => output.join(''));
};

const alone = (program: Program): string => {
  const engine = new Engine();
  return run([new Lane(program, engine, engine.isolate.rt.nativeContext)])[0]!;
};

const chosen = [
  ...programs('test/builtins'),
  ...programs('examples'),
  ...programs('test/corpus/bailout'),
  ...programs('test/corpus/examples'),
  ...programs('test/corpus/fuzz'),
].slice(0, 100);

test('programs that take turns in two isolates and two realms each print what they print alone', () => {
  assert.equal(chosen.length, 100);
  let texts = 0;
  for (let at = 0; at < chosen.length; at += 4) {
    const group = chosen.slice(at, at + 4);
    const engines = [new Engine(), new Engine()];
    const lanes = group.map((program, i) => {
      const engine = engines[i & 1]!;
      const { rt } = engine.isolate;
      return new Lane(program, engine, i < 2 ? rt.realms.all[0]! : newRealm(rt));
    });
    const together = run(lanes);
    group.forEach((program, i) => {
      const wanted = alone(program);
      texts += wanted === '' ? 0 : 1;
      assert.equal(together[i], wanted, program.name);
    });
  }
  assert.ok(texts >= 95, `${texts} programs print something`);
});
