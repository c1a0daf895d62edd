// Every function that the reference compiled for the corpus: its bytes, read from the hex column, must print as the reference
// printed them, and break no rule of the validator.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  type BytecodeSource,
  CATCH_PREDICTIONS,
  decodeHandlerTable,
  encodeHandlerTable,
  encodeSourcePositions,
  type HandlerEntry,
  printBytecode,
  type SourcePosition,
  validateBytecode,
} from './index.ts';

const CORPUS = new URL('../../../test/corpus/bytecode/', import.meta.url);

function number(text: string, pattern: RegExp): number {
  return Number(pattern.exec(text)![1]);
}

/** A listing's source, read back from its text. */
function parse(text: string): BytecodeSource {
  const bytes: number[] = [];
  const positions: SourcePosition[] = [];
  for (const [, position, kind, offset, hex] of text.matchAll(
    /^(?: *(\d+) ([SE])>| {8}) 0x @ +(\d+) : ((?:[0-9a-f]{2} )+)/gm,
  )) {
    if (position !== undefined)
      positions.push({ offset: Number(offset), position: Number(position), isStatement: kind === 'S' });
    for (const byte of hex!.trim().split(' ')) bytes.push(Number.parseInt(byte, 16));
  }
  const constants: string[] = [];
  for (const [, from, to, constant] of text.matchAll(/^ {8,}(\d+)(?:-(\d+))?: (.*)$/gm)) {
    for (let i = Number(from); i <= Number(to ?? from); i++) constants.push(constant!);
  }
  const handlers: HandlerEntry[] = [];
  for (const [, start, end, handler, prediction, data] of text.matchAll(
    /^ {2}\( *(\d+), *(\d+)\) {2}-> +(\d+) \(prediction=(\d), data=(\d+)\)$/gm,
  )) {
    handlers.push({
      start: Number(start),
      end: Number(end),
      handler: Number(handler),
      prediction: CATCH_PREDICTIONS[Number(prediction)]!,
      data: Number(data),
    });
  }
  return {
    name: /function: (.*) \(0x/.exec(text)![1]!,
    sharedFunctionInfo: /\((0x .*)\)\]/.exec(text)![1]!,
    bytes: Uint8Array.from(bytes),
    registerCount: number(text, /^Register count (\d+)/m),
    parameterCount: number(text, /^Parameter count (\d+)/m),
    constants,
    handlerTable: handlers,
    sourcePositions: positions,
    sourcePositionTableSize: number(text, /^Source Position Table \(size = (\d+)\)/m),
    smiAt: (index) => (/^-?\d+$/.test(constants[index] ?? '') ? Number(constants[index]) : undefined),
  };
}

test('every listing of the corpus prints as the reference printed it, and is valid', () => {
  let functions = 0;
  for (const file of readdirSync(CORPUS).filter((name) => name.endsWith('.expected'))) {
    for (const text of readFileSync(new URL(file, CORPUS), 'utf8')
      .trim()
      .split(/\n\n(?=\[generated)/)) {
      const source = parse(text);
      const printed = printBytecode(source)
        .replace(/0x[0-9a-f]+/g, '0x')
        .replace(/[ \t]+$/gm, '')
        .trim();
      assert.equal(printed, text, `${file} ${source.name}`);
      assert.deepEqual(validateBytecode(source), [], `${file} ${source.name}`);
      assert.deepEqual(decodeHandlerTable(encodeHandlerTable(source.handlerTable)), source.handlerTable);
      // The table also holds the position of the function entry, which no listing shows: 2 to 4 bytes.
      const hidden = source.sourcePositionTableSize! - encodeSourcePositions(source.sourcePositions).length;
      assert.ok(hidden >= 0 && hidden <= 4, `${file} ${source.name}: ${hidden} bytes of hidden positions`);
      functions++;
    }
  }
  assert.ok(functions >= 300, String(functions));
});
