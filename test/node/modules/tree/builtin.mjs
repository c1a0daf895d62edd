import assert, { strictEqual, ok } from 'node:assert';
import * as ns from 'assert';
import Module, { createRequire, builtinModules, syncBuiltinESMExports } from 'module';
const require = createRequire(import.meta.url);
console.log(assert === require('assert'), strictEqual === assert.strictEqual, ns.default === assert, ns.ok === ok, Module === require('node:module'));
assert.ok = 'patched';
console.log(typeof ok, ns.ok === ok);
syncBuiltinESMExports();
console.log(ok, ns.ok, builtinModules === Module.builtinModules);
