import * as prettier from 'prettier';
console.log(await prettier.format('const a = {b:1,c:[1,2,3],d(){return a?.b??2}};class X extends Y{static #p=1}', { parser: 'babel', semi: false }));
console.log(await prettier.format('a{color:red;b{c:d}}', { parser: 'scss' }), await prettier.format('# x\n* a\n* b', { parser: 'markdown' }), await prettier.format('type A = {x:number}|string', { parser: 'typescript' }));
