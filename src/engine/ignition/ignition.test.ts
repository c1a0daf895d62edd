import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  type Constant,
  compiledFunctionSource,
  type FunctionRef,
  listBytecodes,
  validateBytecode,
} from '../bytecode/index.ts';
import { commonJsWrapper, compileEval, compileScript } from './index.ts';

function inner(ref: FunctionRef): FunctionRef[] {
  const result: FunctionRef[] = [];
  const walk = (constant: Constant): void => {
    if (constant.kind === 'function') result.push(constant.value);
    else if (constant.kind === 'fixedArray') constant.elements.forEach(walk);
    else if (constant.kind === 'globalDeclarations') {
      for (const declaration of constant.declarations)
        if (declaration.kind === 'function') result.push(declaration.value);
    }
  };
  ref.compile().constants.forEach(walk);
  return result;
}

/** Mnemonics and operands of the first function in a source. */
function code(source: string): string[] {
  const compiled = inner(compileScript(source, { allowNatives: true }))[0]!.compile();
  return listBytecodes(compiledFunctionSource(compiled)).map((line) => line.replace(/^.*: (?:[0-9a-f]{2} )+\s*/, ''));
}

test('ignition: registers, Smi operands, feedback slots', () => {
  assert.deepEqual(code('function f(a, b) { let c = a + 1; return c * b; }'), [
    'Ldar a0',
    'AddSmi [1], [0]',
    'Star0',
    'Ldar a1',
    'Mul r0, [1]',
    'Return',
  ]);
});

test('ignition: a finally block dispatches what passes through it', () => {
  assert.deepEqual(code('function f(g) { try { return g(); } finally { g(); } }'), [
    'LdaTheHole',
    'Star2',
    'Mov <context>, r3',
    'CallUndefinedReceiver0 a0, [0]',
    'Star1',
    'LdaSmi [1]',
    'Star0',
    'Jump [8] (0x000000000014 @ 20)',
    'Star1',
    'LdaZero',
    'Star0',
    'LdaTheHole',
    'SetPendingMessage',
    'Star2',
    'CallUndefinedReceiver0 a0, [2]',
    'LdaZero',
    'TestReferenceEqual r0',
    'JumpIfFalse [8] (0x000000000022 @ 34)',
    'Ldar r2',
    'SetPendingMessage',
    'Ldar r1',
    'ReThrow',
    'Ldar r1',
    'Return',
  ]);
});

test('ignition: natives become runtime calls and intrinsics', () => {
  assert.deepEqual(code('function f(a) { %DebugPrint(a); return %_GeneratorGetResumeMode(a); }').slice(0, 2), [
    'CallRuntime [DebugPrint], a0-a0',
    'InvokeIntrinsic [_GeneratorGetResumeMode], a0-a0',
  ]);
});

test('ignition: an eval finds the variables of the scopes around it', () => {
  const outer = inner(compileScript("function f(x) { let y = 1; eval('y'); }"))[0]!.compile();
  const compiled = compileEval('x + y', outer.scopeInfo).compile();
  const text = listBytecodes(compiledFunctionSource(compiled)).join('\n');
  assert.match(text, /LdaCurrentContextSlot \[4\]/);
  assert.doesNotMatch(text, /LdaGlobal/);
});

test('ignition: modules number their cells by local name', () => {
  const compiled = compileScript("import b, { a } from 'm'; export let z = a; export { z as y }; export default b;", {
    isModule: true,
  }).compile();
  assert.deepEqual(
    compiled.module!.imports.map(({ localName, cellIndex }) => [localName, cellIndex]),
    [
      ['a', -1],
      ['b', -2],
    ],
  );
  assert.deepEqual(
    compiled.module!.exports.map(({ exportName, cellIndex }) => [exportName, cellIndex]),
    [
      ['z', 2],
      ['y', 2],
      ['default', 1],
    ],
  );
});

test('ignition: every function of the corpus compiles to valid bytecode', () => {
  const folder = new URL('../../../test/corpus/bytecode/', import.meta.url);
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.js')) continue;
    const source = readFileSync(new URL(name, folder), 'utf8');
    const wrapper = source.startsWith('// corpus: wrapper') ? commonJsWrapper : undefined;
    const pending = [compileScript(source, { wrapper, allowNatives: true })];
    for (let ref = pending.pop(); ref !== undefined; ref = pending.pop()) {
      assert.deepEqual(validateBytecode(compiledFunctionSource(ref.compile())), [], `${name}: ${ref.name}`);
      pending.push(...inner(ref));
    }
  }
});
