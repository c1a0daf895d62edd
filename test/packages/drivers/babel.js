const babel = require('@babel/core');
const out = babel.transformSync('const f = async (x) => x ?? 1; export class A { #p = 2; static s = 3 }', { configFile: false, babelrc: false, retainLines: false, plugins: [function ({ types: t }) { return { visitor: { Identifier(p) { if (p.node.name === 'x') p.node.name = 'renamed'; } } }; }] });
console.log(out.code); console.log(babel.parseSync('1+1', { configFile: false }).program.body[0].type, babel.types.isIdentifier(babel.types.identifier('q')));
try { babel.transformSync('let = 5 +', { configFile: false, babelrc: false }); } catch (e) { console.log(e.code, e.message.split('\n')[0]); }
