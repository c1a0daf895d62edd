console.log(require('@scope/pkg'), require('@scope/pkg/features/a'), require('@scope/pkg/features/deep/b'));
console.log(require('@scope/pkg/features/data.json'), require('@scope/pkg/self'), require('@scope/pkg/node'));
for (const bad of ['@scope/pkg/features/private/c', '@scope/pkg/f/a.js', '@scope/pkg/features/zzz'])
  try { require(bad); } catch (error) { console.log(error.code, error.message); }
for (const name of ['mainless', 'maindir', 'mainnoext', 'mainfallback', 'nested', 'one', 'one.js', 'nested/n', 'nested/n.js', 'mainless/'])
  console.log(name, require(name));
console.log(require('esmonly'), require('esmfacade'), require('transpiled'));
console.log(require('esmonly') === require('esmonly'), require('transpiled').fromDep);
