import def, { x, inc, K as KK, ns as reexp } from './b.mjs';
import * as b from './b.mjs';
import { cyc, getLate } from './c.mjs';
import json from './d.json' with { type: 'json' };
import assert, { strictEqual } from 'node:assert';
export let late = 'late-a';
export function hoisted() { return 'hoisted-a'; }
export default class {}
console.log(def, x, KK.name, typeof reexp, Object.keys(reexp));
inc(); console.log(x, b.x, b.default === def, Object.keys(b), b[Symbol.toStringTag], Object.isFrozen(b), Object.isSealed(b));
try { x = 5 } catch (e) { console.log(e.name, e.message) }
try { b.x = 5 } catch (e) { console.log(e.name, e.message) }
try { delete b.x } catch (e) { console.log(e.name, e.message) }
try { b.foo = 5 } catch (e) { console.log(e.name, e.message) }
console.log(JSON.stringify(Object.getOwnPropertyDescriptor(b, 'x')), 'x' in b, 'zz' in b, Reflect.ownKeys(b).length);
console.log(cyc(), getLate(), json.k, typeof this, typeof import.meta.url, import.meta.filename.slice(-5));
strictEqual(1, 1);
const m = await import('./e.mjs'); console.log(m.e1, typeof m.default);
try { await import('./nope.mjs') } catch (e) { console.log(e.code) }
try { await import('./bad.mjs') } catch (e) { console.log(e.name, e.message) }
try { await import('./noexport.mjs') } catch (e) { console.log(e.name, e.message) }
try { await import('./throws.mjs') } catch (e) { console.log(e) }
try { await import('./throws.mjs') } catch (e) { console.log(e) }
const [p, q] = await Promise.all([import('./tla1.mjs'), import('./tla2.mjs')]); console.log(p.v, q.v);
console.log(b, m);
console.log(eval('x + late.length'));
for (let i = 0; i < 3; i++) inc(); console.log(x);
var hot = 0; function f() { inc(); return x } for (let i = 0; i < 2000; i++) hot += f(); console.log(hot);
