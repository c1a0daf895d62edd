// What requests mean in TypeScript files, on files that are a table: aliases of tsconfig.json, names without extensions, and that
// JavaScript files get nothing of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModuleResolver } from './esm-resolver.ts';
import type { FileQuestions } from './file-questions.ts';
import { ModuleError } from './module-error.ts';
import { TsConfigs } from './tsconfig.ts';

const filesOf = (texts: Readonly<Record<string, string>>): FileQuestions => ({
  kindOf: (path) =>
    Object.hasOwn(texts, path)
      ? 'file'
      : Object.keys(texts).some((name) => name.startsWith(`${path}/`))
        ? 'directory'
        : undefined,
  readFile: (path) => texts[path]!,
  realpath: (path) => path,
});

/** What a request means to import and to require() in a file. */
const meanings = (texts: Readonly<Record<string, string>>) => {
  const resolver = new ModuleResolver({
    files: filesOf(texts),
    warn: () => {},
    isBuiltin: (name) => name === 'fs',
    currentDirectory: () => '/app',
  });
  const attempt = (body: () => string | undefined): string | undefined => {
    try {
      return body()?.replace(/^file:\/\//, '');
    } catch (error) {
      assert.ok(error instanceof ModuleError, String(error));
      return error.code;
    }
  };
  return (request: string, parent = '/app/src/main.ts') => ({
    import: attempt(() => resolver.resolve(request, `file://${parent}`)),
    require: attempt(() => resolver.require(request, parent)),
  });
};
const both = (path: string) => ({ import: path, require: path });

test('names without extensions, of folders, and of what a file will be compiled to', () => {
  const of = meanings({
    '/app/src/a.ts': '',
    '/app/src/b.tsx': '',
    '/app/src/c.mts': '',
    '/app/src/d.cts': '',
    '/app/src/e/index.ts': '',
    '/app/src/f.js': '',
    '/app/src/f.ts': '',
    '/app/src/g/package.json': '{ "main": "lib/main" }',
    '/app/src/g/lib/main.ts': '',
    '/app/src/h.test.ts': '',
    '/app/src/i.json': '',
    '/app/src/j/k.ts': '',
    '/app/src/j.ts': '',
  });
  assert.deepEqual(of('./a'), both('/app/src/a.ts'));
  assert.deepEqual(of('./a.js'), both('/app/src/a.ts'));
  assert.deepEqual(of('./a.ts'), both('/app/src/a.ts'));
  assert.deepEqual(of('../src/b'), both('/app/src/b.tsx'));
  assert.deepEqual(of('./b.js'), both('/app/src/b.tsx'));
  assert.deepEqual(of('./b.jsx'), both('/app/src/b.tsx'));
  assert.deepEqual(of('./c.mjs'), both('/app/src/c.mts'));
  assert.deepEqual(of('./d.cjs'), both('/app/src/d.cts'));
  assert.deepEqual(of('./e'), both('/app/src/e/index.ts'));
  assert.deepEqual(of('./e/'), both('/app/src/e/index.ts'));
  assert.deepEqual(of('.', '/app/src/e/x.ts'), both('/app/src/e/index.ts'));
  assert.equal(of('./g').import, '/app/src/g/lib/main.ts');
  assert.deepEqual(of('./h.test'), both('/app/src/h.test.ts'));
  assert.deepEqual(of('./j'), both('/app/src/j.ts'));
  // what Node finds, it finds
  assert.deepEqual(of('./f.js'), both('/app/src/f.js'));
  assert.deepEqual(of('./i.json'), both('/app/src/i.json'));
  assert.equal(of('./f').require, '/app/src/f.js');
  assert.deepEqual(of('./missing'), { import: 'ERR_MODULE_NOT_FOUND', require: undefined });
  // and JavaScript is resolved as Node does it
  assert.deepEqual(of('./a', '/app/src/main.mjs'), { import: 'ERR_MODULE_NOT_FOUND', require: undefined });
  assert.equal(of('./a', '/app/src/x.jsx').import, '/app/src/a.ts');
});

test('a file of a package without its extension, as it is once the file is compiled', () => {
  const of = meanings({ '/app/node_modules/p/fp.js': '', '/app/node_modules/p/package.json': '{}' });
  assert.deepEqual(of('p/fp'), both('/app/node_modules/p/fp.js'));
  assert.equal(of('p/fp', '/app/src/x.mjs').import, 'ERR_MODULE_NOT_FOUND');
});

test('paths and baseUrl: exact names, the longest prefix, the first target that is there', () => {
  const of = meanings({
    '/app/tsconfig.json': `{
      // a comment
      "compilerOptions": {
        "baseUrl": "./src", /* another */
        "paths": {
          "@/*": ["*"],
          "@lib/*": ["../missing/*", "../lib/*"],
          "@lib/deep/*.x": ["../lib/deep/*"],
          "exact": ["one"],
          "fs": ["one"],
        },
      },
    }`,
    '/app/src/one.ts': '',
    '/app/lib/two.ts': '',
    '/app/lib/deep/three.ts': '',
    '/app/node_modules/dep/index.js': '',
    '/app/node_modules/one/index.js': '',
  });
  assert.deepEqual(of('@/one'), both('/app/src/one.ts'));
  assert.deepEqual(of('@/one.js'), both('/app/src/one.ts'));
  assert.deepEqual(of('@lib/two'), both('/app/lib/two.ts'));
  assert.deepEqual(of('@lib/deep/three.x'), both('/app/lib/deep/three.ts'));
  assert.deepEqual(of('exact'), both('/app/src/one.ts'));
  assert.deepEqual(of('one'), both('/app/src/one.ts'));
  assert.deepEqual(of('dep'), both('/app/node_modules/dep/index.js'));
  assert.equal(of('node:fs').import, 'node:fs');
  assert.deepEqual(of('@/one', '/app/src/x.js'), { import: 'ERR_MODULE_NOT_FOUND', require: undefined });
  // a package's files are no part of the project
  assert.equal(of('exact', '/app/node_modules/dep/x.ts').require, undefined);
});

test('extends: files, lists and packages; what is nearer wins, and paths keep their folder', () => {
  const configs = new TsConfigs(
    filesOf({
      '/app/tsconfig.json': '{ "extends": ["./config/base", "@scope/strict"], "compilerOptions": { "jsx": "react" } }',
      '/app/config/base.json':
        '{ "extends": "../tsconfig.json", "compilerOptions": { "paths": { "x": ["./x"] }, "target": "es5", "jsx": "preserve" } }',
      '/app/node_modules/@scope/strict/tsconfig.json':
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the compiler's variable
        '{ "compilerOptions": { "target": "es2022", "baseUrl": "${configDir}/src" } }',
      '/app/src/deep/tsconfig.json': 'no JSON at all',
    }),
  );
  const config = configs.of('/app/src/main.ts')!;
  assert.equal(config.path, '/app/tsconfig.json');
  assert.deepEqual([config.options.target, config.options.jsx], ['es2022', 'react']);
  assert.deepEqual(config.paths, [['x', ['/app/config/x']]]);
  assert.equal(config.baseUrl, '/app/src');
  assert.deepEqual(configs.of('/app/src/deep/x.ts'), { path: '/app/src/deep/tsconfig.json', options: {}, paths: [] });
  assert.equal(configs.of('/other/x.ts'), undefined);
});
