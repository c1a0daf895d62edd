// TypeScript as JavaScript: what is blanked and what is transformed, what a configuration changes, and where the texts come from.
// What Node prints for whole programs is in test/node/typescript.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsSyntaxError } from '../../ignition/index.ts';
import { magicComments, SourceMap } from '../../source-maps/index.ts';
import { TsConfigs } from '../resolution/tsconfig.ts';
import { inSource, TypeScriptSyntaxError, TypeScriptTexts } from './transform.ts';
import { statementsOf, withoutUnusedImports } from './type-imports.ts';

const texts = (compilerOptions?: object): TypeScriptTexts =>
  new TypeScriptTexts(
    new TsConfigs({
      kindOf: (path) => (compilerOptions !== undefined && path === '/tsconfig.json' ? 'file' : undefined),
      readFile: () => JSON.stringify({ compilerOptions }),
      realpath: (path) => path,
    }),
  );

/** Line and column (1-based) of the first `needle` in a text. */
const placeOf = (text: string, needle: string): { readonly line: number; readonly column: number } => {
  const before = text.slice(0, text.indexOf(needle)).split('\n');
  assert.ok(text.includes(needle), `${needle} in ${text}`);
  return { line: before.length, column: before.at(-1)!.length + 1 };
};

const mapOf = (text: string): SourceMap => {
  const url = magicComments(text).sourceMappingUrl!;
  return new SourceMap(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64').toString(), 'file:///a/');
};

test('types become spaces, and nothing else changes', () => {
  const source = 'const a: number = 1;\nfunction f<T>(this: void, x?: T): x is T { return x! as any; }\n';
  const { text, isTransformed } = texts().toJavaScript('/a.ts', source);
  assert.equal(isTransformed, false);
  const [body] = text.split('\n\n//# sourceURL=file:///a.ts');
  assert.equal(body!.length, source.length);
  assert.equal(body!.replace(/ /g, ''), source.replace(/: number|<T>|this: void,|\?: T|: x is T|!| as any| /g, ''));
});

test('a JavaScript file is left alone', () => {
  assert.deepEqual(texts().toJavaScript('/a.js', 'a: b'), { text: 'a: b', isTransformed: false });
});

for (const [what, file, source, needle, options] of [
  ['an enum', '/a.ts', 'enum E {\n  A,\n}\nconst x: E = found(E.A);\n', 'found(', undefined],
  [
    'a parameter property',
    '/a.ts',
    'class A {\n  constructor(private x: number) {}\n  m() { found(this.x); }\n}\n',
    'found(',
    undefined,
  ],
  ['a decorator', '/a.ts', '// a@b.c\n@dec\nclass A {\n  @dec m(): void { found(1); }\n}\n', 'found(', undefined],
  [
    'an old decorator',
    '/a.ts',
    '@dec class A {\n  @dec m(): void { found(1); }\n}\n',
    'found(',
    { experimentalDecorators: true },
  ],
  ['JSX', '/a.tsx', 'const a = <T,>(x: T) => <b>\n  {found(x as T)}\n</b>;\n', 'found(', undefined],
] as const)
  test(`${what} is transformed, with a map to the column`, () => {
    const { text, isTransformed } = texts(options).toJavaScript(file, source);
    assert.equal(isTransformed, true);
    assert.doesNotMatch(text, /^ *@|<b>|: T|private x|enum E/m);
    const { line, column } = placeOf(text, needle);
    const original = mapOf(text).original(line, column)!;
    assert.deepEqual({ line: original.line, column: original.column }, placeOf(source, needle));
  });

test('JSX calls what the configuration, or else the file, says', () => {
  const jsx = (source: string, options?: object): string => texts(options).toJavaScript('/a.jsx', source).text;
  assert.match(jsx('export const a = <b/>;'), /from "react\/jsx-runtime"/);
  assert.match(jsx('const React = x; const a = <b/>;'), /React\.createElement\("b"/);
  assert.match(jsx('/** @jsx h */ import { h } from "p"; export const a = <b/>;'), /\bh\("b"/);
  assert.match(jsx('exports.a = <b/>;'), /require\("react\/jsx-runtime"\)/);
  assert.match(jsx('const a = <b/>;', { jsx: 'react', jsxFactory: 'h' }), /\bh\("b"/);
  assert.match(jsx('export const a = <b/>;', { jsx: 'react-jsx', jsxImportSource: 'p' }), /from "p\/jsx-runtime"/);
});

test('imports that only types use are gone where a project does not say verbatimModuleSyntax', () => {
  const source = `import d, { T, used, type U } from './a.ts';\nimport { V } from './b.ts';\nimport './c.ts';\nlet x: T | V = used(d);\n`;
  const plain = (options?: object): string => texts(options).toJavaScript('/a.ts', source).text.replace(/ +/g, ' ');
  assert.match(plain({}), /^import d, \{ used, \} from '\.\/a\.ts';\n \nimport '\.\/c\.ts';\n/);
  assert.match(plain(), /import \{ V \} from/);
  assert.match(plain({ verbatimModuleSyntax: true }), /import \{ V \} from/);
});

test('what counts as a use of an import', () => {
  const uses = (rest: string): boolean => {
    const text = `import { a } from 'x';\n${rest}`;
    const statements = statementsOf(text);
    assert.ok(statements !== undefined && statements !== 'decorator', text);
    return withoutUnusedImports(text, statements).startsWith('import { a }');
  };
  for (const rest of [
    'a;',
    'f(a)',
    '({ a })',
    '({ [a]: 1 })',
    'o[a]',
    'export { a };',
    'class B extends a {}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a program's text
    '`${a}`',
    'a``',
  ])
    assert.equal(uses(rest), true, rest);
  for (const rest of ['o.a;', '({ a: 1 })', 'class B { a() {} }', '"a"', '// a', 'export { b as a }; let b;'])
    assert.equal(uses(rest), false, rest);
});

test('an error of the parser in a transformed text is at its place in the source', () => {
  const source = 'enum E {\n  A,\n}\nlet twice: E = E.A;\n\nlet again: E = E.A;\n';
  const made = texts().toJavaScript('/a.ts', source);
  const start = made.text.indexOf('again');
  const { start: at, end } = inSource(new JsSyntaxError('message', start, start + 5), made, source);
  assert.equal(source.slice(at, end), 'again');
});

test('a file that needs __dirname is CommonJS in a project that is compiled to it', () => {
  const source = `import * as fs from 'fs';\nimport d from './d';\nd(fs, __dirname);\n`;
  const { text, isTransformed } = texts({ module: 'CommonJS' }).toJavaScript('/a.ts', source);
  assert.match(text, /__importStar\(require\("fs"\)\)/);
  assert.equal(isTransformed, true);
  assert.equal(texts({ module: 'esnext' }).toJavaScript('/a.ts', source).isTransformed, false);
  assert.equal(
    texts({ module: 'commonjs' }).toJavaScript('/a.ts', source.replace('__dirname', '1')).isTransformed,
    false,
  );
});

test('a text that is no TypeScript says where', () => {
  for (const [file, source] of [
    ['/a.ts', 'let a: number = 1;\nlet b: = 2;\n'],
    ['/a.tsx', 'let a: number = 1;\nlet b: = 2;\n'],
    ['/a.ts', 'enum E {}\nlet b: = 2;\n'],
  ] as const)
    assert.throws(
      () => texts().toJavaScript(file, source),
      (error: unknown) => {
        assert.ok(error instanceof TypeScriptSyntaxError);
        assert.equal(error.code, 'ERR_INVALID_TYPESCRIPT_SYNTAX');
        assert.match(error.report, /^file:\/\/\/a\.tsx?:2\n(?:.*\n)?let b: = 2;\n {7}\^/);
        return true;
      },
    );
});
