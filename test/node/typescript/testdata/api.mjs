process.emitWarning = () => {};
import m from 'node:module';
console.log(m.stripTypeScriptTypes('const a: number = 1;'));
console.log(m.stripTypeScriptTypes('enum A {B}', {mode:'transform'}));
console.log(m.stripTypeScriptTypes('enum A {B}', {mode:'transform', sourceMap: true, sourceUrl: 'x.ts'}));
console.log(m.stripTypeScriptTypes('let a: number', {sourceUrl: 'x.ts'}));
for (const args of [[1], ['enum A {B}'], ['let a: ='], ['', {mode:'q'}], ['', {sourceMap: true}], ['', {sourceUrl: 1}], ['', 3]])
try { console.log(m.stripTypeScriptTypes(...args)) } catch (e) { console.log(e.name, e.code, e.message) }
console.log(process.sourceMapsEnabled, m.findSourceMap('/x'), m.getSourceMapsSupport());
process.setSourceMapsEnabled(true); console.log(process.sourceMapsEnabled, m.getSourceMapsSupport());
m.setSourceMapsSupport(false); console.log(process.sourceMapsEnabled);
const sm = new m.SourceMap({version:3, file:'o', sources:['a.ts'], sourcesContent:['x'], names:['n'], mappings:'AACE,UACAA'}, {lineLengths:[3]});
console.log(sm, sm.findEntry(0, 5), sm.findEntry(0, 12), sm.findEntry(9,9), sm.findOrigin(1, 3), sm.findOrigin(1,12), sm.lineLengths);
