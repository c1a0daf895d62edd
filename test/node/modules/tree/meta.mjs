const { dirname, filename, url, main, resolve } = import.meta;
console.log(Object.keys(import.meta), Object.getPrototypeOf(import.meta), main, url === `file://${filename}`, filename === `${dirname}/meta.mjs`);
console.log(resolve('./child.js').slice(-9), resolve('./nope.js').slice(-8), resolve('node:fs'), resolve('assert'), resolve('http://x/y'));
try { resolve('nowhere'); } catch (error) { console.log(error.code, error.message); }
const other = await import('./meta-other.mjs?x=1#y');
console.log(other.meta, (await import('./meta-other.mjs')).meta, other === await import('./meta-other.mjs?x=1#y'), other === await import('./meta-other.mjs'));
console.log(typeof require, typeof module, typeof exports, typeof __filename, this);
