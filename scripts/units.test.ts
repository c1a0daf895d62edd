// A small program with lines that must be found (`// units`) and others that must not. A line marked so that is not found fails, and so
// does one that is found and not marked: each rule of units.ts was seen to fail that way. What tsc itself refuses is marked `// tsc`.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import ts from 'classic-typescript';
import { unitsIn } from './units.ts';

const prelude = `
type Tagged = number & { readonly flavor?: 'tagged' };
type Address = number & { readonly flavor?: 'address' };
type WordIndex = number & { readonly flavor?: 'word index' };
type Handle = number & { readonly flavor?: 'handle' };
type RegisterIndex = number & { readonly flavor?: 'register index' };
type SlotIndex = number & { readonly flavor?: 'slot index' };
type Field = number & { readonly field: true };
enum FrameOffset { ReturnPc = 8 }
enum FrameWord { ReturnPc = 2 }
interface Memory { readonly i32: Int32Array; readonly u8: Uint8Array }
declare const load: (object: Tagged, field: Field) => Tagged;
declare const handle: (word: Tagged) => Handle;
declare const push: (at: WordIndex, address: Address) => WordIndex;
declare const use: (...values: readonly unknown[]) => void;
declare const registerOffset: (register: RegisterIndex) => number;
declare const slotOffset: (slot: SlotIndex) => number;
`;

const cases: Readonly<Record<string, string>> = {
  'what is declared is the compiler’s': `
function f(a: Address, w: WordIndex, r: RegisterIndex, s: SlotIndex, o: Tagged, field: Field): void {
  push(a, a); // tsc
  push(w, w); // tsc
  push(w, a);
  slotOffset(r); // tsc
  registerOffset(s); // tsc
  const h = handle(o);
  load(h, field); // tsc
  const at: Address = w; // tsc
  use(at, 5 satisfies Address);
}`,
  'sums, differences and comparisons are of one unit': `
function f(a: Address, w: WordIndex, r: RegisterIndex, s: SlotIndex, o: Tagged): boolean {
  use(a + w); // units
  use(a - w, a - a, w - w); // units
  use(r + s); // units
  use(a + 8, w + 2, a + FrameOffset.ReturnPc, w + FrameWord.ReturnPc);
  use(a + FrameWord.ReturnPc); // units
  use(w + FrameOffset.ReturnPc); // units
  use(o + a); // units
  use(a < w); // units
  use(a === a + 4, w >= w - 1, o >= a);
  return (a >> 2) + 1 === a + 1; // units
}`,
  'memory is read by word index': `
function f({ i32, u8 }: Memory, a: Address, w: WordIndex, o: Tagged, field: Field, h: Handle): void {
  use(i32[a]); // units
  use(i32[w], i32[a >> 2], i32[w + FrameWord.ReturnPc], u8[a], u8[w << 2], u8[4 * 7]);
  use(i32[w >> 2], i32[(o + field - 1) >> 2], u8[o + field - 1]);
  use(i32[o + field - 1]); // units
  use(i32[a + 8]); // units
  use(u8[w + 1]); // units
  use(i32[o]); // units
  use(i32[h]); // units
  const slot = o + field - 1;
  use(i32[slot]); // units
  use(i32[slot >> 2]);
}`,
  'what is inferred goes where it is declared': `
function f(a: Address, w: WordIndex, c: boolean): WordIndex {
  const up = a + 8;
  const word = up >> 2;
  push(word, up);
  push(up, up); // units
  push(word, word << 2);
  push(word, word + 1); // units
  push(a / 4, w * 4);
  push(c ? w + 1 : word, c ? up : a + 4);
  push(c ? up : a + 4, up); // units
  let later = w + 1;
  later = a; 
  push(later, a);
  const made: { at: WordIndex } = { at: a + 1 }; // units
  use(made, w - 2);
  const g = (): Address => w + 4; // units
  use(g);
  return a + 4; // units
}`,
};

for (const [name, body] of Object.entries(cases))
  test(name, () => {
    const text = prelude + body;
    const options: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, types: [], strict: true, noEmit: true };
    const host = ts.createCompilerHost(options);
    const { getSourceFile } = host;
    host.getSourceFile = (file, ...rest) =>
      file === '/a.ts' ? ts.createSourceFile(file, text, rest[0], true) : getSourceFile(file, ...rest);
    const program = ts.createProgram(['/a.ts'], options, host);
    const file = program.getSourceFile('/a.ts')!;
    const lineAt = (position: number): number => file.getLineAndCharacterOfPosition(position).line + 1;
    const marked = (mark: string): number[] =>
      text.split('\n').flatMap((line, i) => (line.endsWith(`// ${mark}`) ? [i + 1] : []));
    const lines = (list: readonly number[]): number[] => [...new Set(list)].sort((a, b) => a - b);
    const errors = program.getSemanticDiagnostics(file).map(({ start }) => lineAt(start!));
    assert.deepEqual(lines(errors), marked('tsc'));
    const found = unitsIn(program, (fileName) => fileName === '/a.ts').map((problem) =>
      Number(/:(\d+):/.exec(problem)![1]),
    );
    assert.deepEqual(lines(found), marked('units'));
  });
