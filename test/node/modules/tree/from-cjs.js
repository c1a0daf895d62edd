const path = './meta-other.mjs';
const order = [];
console.log(require(path).meta, typeof require('esmonly').default, require('esmonly').__esModule);
import(path).then((m) => { order.push('import'); console.log(m.meta, order, m === require(path)); });
Promise.resolve().then(() => order.push('microtask'));
eval("import('esmonly')").then((m) => console.log(Object.keys(m)))
  .then(() => new Function("return import('./data.json', { with: { type: 'json' } })")()).then((m) => console.log(m.default), (error) => console.log(error.code))
  .then(() => import('nope')).catch((error) => console.log(error.code, error.message));
