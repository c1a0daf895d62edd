// Source maps: positions both ways, sections, contents, prefixes; what is missing or broken; the comments that name them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { magicComments, SourceMap, SourceMaps } from './index.ts';

// a.js: line 1 ← one.ts:2:3 at column 1, two.ts:1:3 at column 11, nothing from column 21; line 3 ← one.ts:2:5 and one.ts:4:1
const map = {
  version: 3,
  sources: ['../src/one.ts', 'webpack://app/two.ts'],
  sourcesContent: [null, 'two'],
  names: [],
  mappings: 'AACE,UCDA,U;;ADCE,UAEJ',
};
const text = JSON.stringify(map);
const base = 'file:///app/out/a.js.map';

test('from generated to original: the segment before, on the same line', () => {
  const read = new SourceMap(text, base);
  assert.deepEqual(read.sources, ['/app/src/one.ts', 'webpack://app/two.ts']);
  assert.deepEqual(read.original(1, 5), { source: '/app/src/one.ts', line: 2, column: 3 });
  assert.deepEqual(read.original(1, 10), read.original(1, 5));
  assert.deepEqual(read.original(1, 11), { source: 'webpack://app/two.ts', line: 1, column: 3 });
  assert.equal(read.original(1, 25), undefined);
  assert.equal(read.original(2, 1), undefined);
  assert.equal(read.contentOf('webpack://app/two.ts'), 'two');
  assert.equal(read.contentOf('/app/src/one.ts'), undefined);
});

test('from an original line to where its code is, or that of the next one', () => {
  const read = new SourceMap(text, base);
  const line2 = { line: 2, first: { line: 1, column: 1 }, last: { line: 3, column: 11 } };
  assert.deepEqual(read.generated('/app/src/one.ts', 1), line2);
  assert.deepEqual(read.generated('/app/src/one.ts', 2), line2);
  assert.deepEqual(read.generated('/app/src/one.ts', 3), {
    line: 4,
    first: { line: 3, column: 11 },
    last: { line: 4, column: 1 },
  });
  assert.equal(read.generated('/app/src/one.ts', 5), undefined);
  assert.equal(read.generated('/nowhere', 1), undefined);
});

test('sections, and a line in front of the map', () => {
  const sections = [{ offset: { line: 2, column: 4 }, map }];
  const read = new SourceMap(`)]}'\n${JSON.stringify({ version: 3, sections })}`, base);
  assert.deepEqual(read.original(3, 5), { source: '/app/src/one.ts', line: 2, column: 3 });
  assert.equal(read.original(1, 1), undefined);
});

test('what is missing or broken is said once, and is no map', () => {
  const read: string[] = [];
  const problems: string[] = [];
  const maps = new SourceMaps((path) => {
    read.push(path);
    if (path === '/app/ok.map') return text;
    throw new Error('there is no such file');
  });
  maps.observe({ problem: (problem) => void problems.push(problem) });
  const of = (id: number, sourceMappingUrl: string | undefined, name = '/app/a.js') =>
    maps.of({ id, name, sourceMappingUrl });
  assert.equal(of(0, undefined), undefined);
  assert.ok(of(1, 'ok.map'));
  assert.ok(of(1, 'ok.map'));
  assert.deepEqual(read, ['/app/ok.map']);
  for (const [i, url] of [
    'gone.map',
    'https://host/a.map',
    'file://host/a.map',
    'data:,{',
    'data:application/json;base64,W10=',
    '%',
    'data:x',
  ].entries()) {
    assert.equal(of(2 + i, url), undefined);
    assert.equal(of(2 + i, url), undefined);
  }
  assert.equal(problems.length, 7);
  assert.match(problems[0]!, /^\/app\/a\.js: its source map 'gone\.map' is not used: there is no such file$/);
  of(20, 'gone.map', '/app/node_modules/p/a.js');
  assert.equal(problems.length, 7);
  assert.deepEqual(
    read.filter((path) => path.includes('host')),
    [],
  );
});

// Seen to fail: a pattern without its end of line.
test('magic comments, as V8 reads them', () => {
  const url = (source: string): string | undefined => magicComments(source).sourceUrl;
  assert.equal(url('x\n//# sourceURL=a.js'), 'a.js');
  assert.equal(url('x //@ sourceURL=a.js \r\ny'), 'a.js');
  assert.equal(url('//# sourceURL=a.js\n//# sourceURL=b.js\n'), 'b.js');
  assert.equal(url('//# sourceURL=a b'), undefined);
  assert.equal(url('//#sourceURL=a'), undefined);
  assert.equal(url('/*# sourceURL=a */'), undefined);
  assert.equal(url('//# sourceURL="a"'), undefined);
  assert.equal(url("eval('x//# sourceURL=a')"), undefined);
  assert.deepEqual(magicComments('//# sourceMappingURL=a.map'), { sourceMappingUrl: 'a.map' });
  assert.deepEqual(magicComments('sourceURL='), {});
});
