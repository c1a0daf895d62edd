const _ = require('lodash'); const fp = require('lodash/fp');
console.log(_.chunk([1, 2, 3, 4, 5], 2), _.groupBy(['one', 'two', 'three'], 'length'), _.merge({ a: { b: 1 } }, { a: { c: [1] } }), _.camelCase('Foo Bar-baz'), _.template('<%= a %>-<% if (b) { %>B<% } %>')({ a: 1, b: true }));
console.log(fp.flow(fp.map((x) => x * 2), fp.filter((x) => x > 2), fp.sum)([1, 2, 3]), _.isEqual({ a: [1, new Set([1])] }, { a: [1, new Set([1])] }), _.get({ a: [{ b: 3 }] }, 'a[0].b'), _.debounce.length, _.orderBy([{ a: 2 }, { a: 1 }], 'a'), _(5).times((i) => i));
const d = _.debounce(() => console.log('debounced'), 5); d(); d();
