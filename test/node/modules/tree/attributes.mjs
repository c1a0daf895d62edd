import data from './data.json' with { type: 'json' };
import * as all from './data.json' with { type: 'json' };
console.log(data, all, (await import('./data.json', { with: { type: 'json' } })).default === data);
const { createRequire } = await import('module');
console.log(createRequire(import.meta.url)('./data.json') === data);
const tries = [
  ['./data.json'], ['./data.json', { with: { type: 'css' } }], ['./child.js', { with: { type: 'json' } }], ['./child.js', { with: { type: 'css' } }],
  ['./bad.json', { with: { type: 'json' } }], ['data:application/json,{"a":1}'], ['data:application/json,{"a":1}', { with: { type: 'json' } }],
  ['data:text/plain,x'], ['data:text/javascript,export default 7; export let url = import.meta.url.length'], ['data:text/javascript;base64,ZXhwb3J0IGRlZmF1bHQgNQ=='],
  ['data:text/javascript,import "./x.js"'], ['data:text/javascript,import "bare"'], ['data:text/javascript,import a from "node:assert"; export default typeof a'],
  ['./unknown.ext'], ['./noext'], ['./text.upper'], ['http://localhost/x.js'], ['what:ever'], ['node:nothing'], [''], ['./links'], ['./broken.mjs'], ['./broken.cjs'],
  ['./noname.mjs'], ['./nocjsname.mjs'], ['./throwing.mjs'], ['./throwing.mjs'],
];
for (const [specifier, options] of tries)
  try {
    console.log(specifier, await import(specifier, options));
  } catch (error) {
    console.log(specifier, String(error), error.code);
  }
