// The generated loop against the handlers: while the interpreter steps, every bytecode runs by its handler; otherwise by its
// fast path where there is one. Both must print the same, count the same bytecodes and learn the same feedback, and leave
// heaps that the verifier accepts. (Seen to fail: smiResult in fast-paths/arithmetic.ts with Number feedback: 78 of 91.)

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { parseFlags } from '../base/index.ts';
import { IsolateData, objectSize, type Tagged } from '../heap/index.ts';
import { NodeShell } from '../node/node-shell.ts';
import {
  FeedbackVector,
  functionName,
  HeapObject,
  instanceTypeName,
  liveRanges,
  MapObject,
  StaticRoot,
  verifyHeap,
} from '../objects/index.ts';
import { isolateFor } from '../shell/commands.ts';
import type { Isolate } from './isolate.ts';
import { RecordingHost } from './recording-host.ts';

const corpus = new URL('../../../test/corpus/bailout/', import.meta.url);
const testdata = new URL('./testdata/', import.meta.url);

/** A feedback word, without the address that it holds. */
const wordText = (isolate: Isolate, word: Tagged): string => {
  const { heap } = isolate;
  if ((word & 1) === 0) return String(word >> 1);
  if (word === 3) return 'cleared';
  const object = word & ~2;
  const type = heap.getU16(heap.get(object, HeapObject.Map), MapObject.InstanceType);
  return (word & 2) === 0 ? instanceTypeName(type) : `weak ${instanceTypeName(type)}`;
};

/** Every feedback vector of the heap, as text. */
const feedback = (isolate: Isolate): string[] => {
  const { heap } = isolate;
  const texts: string[] = [];
  for (const [start, end] of liveRanges(heap)) {
    for (let at = start; at < end; at += objectSize(heap, at)) {
      if (heap.i32[at >> 2] !== StaticRoot.FeedbackVectorMap) continue;
      const vector = at + 1;
      const words = Array.from({ length: heap.getI32(vector, FeedbackVector.Length) }, (_, slot) =>
        wordText(isolate, heap.getElement(vector, FeedbackVector.Slots, slot)),
      );
      const name = functionName(heap, heap.get(vector, FeedbackVector.SharedFunctionInfo));
      texts.push(`${name} × ${heap.getI32(vector, FeedbackVector.InvocationCount)}: ${words.join(' ')}`);
    }
  }
  return texts.sort();
};

const run = (source: string, byHandlers: boolean) => {
  const host = new RecordingHost(new Map([['/t.js', source]]));
  const { flags } = parseFlags(['--allow-natives-syntax', '--no-turbofan']);
  const shell = new NodeShell((embedder) => isolateFor(flags, host, embedder), ['node', '/t.js']);
  const { isolate } = shell;
  isolate.interpreter.stepping = byHandlers;
  const status = shell.run('/t.js', source);
  verifyHeap(isolate.heap);
  return {
    status,
    stdout: host.stdout,
    stderr: host.stderr,
    bytecodes: isolate.heap.readIsolateWord(IsolateData.BytecodeCountLo),
    feedback: feedback(isolate),
  };
};

const compare = (name: string, source: string): void => {
  test(`the loop does what the handlers do: ${name}`, () => {
    const loop = run(source, false);
    const handlers = run(source, true);
    assert.ok(loop.bytecodes > 0);
    assert.deepEqual(loop, handlers);
  });
};

for (const name of ['control', 'library', 'allocation'])
  compare(name, readFileSync(new URL(`${name}.js`, testdata), 'utf8'));
for (const file of readdirSync(corpus).filter((f) => f.endsWith('.js')))
  compare(file, readFileSync(new URL(file, corpus), 'utf8'));
