const _ = require('underscore'); console.log(_.chain([3, 1, 2]).sortBy().map((x) => x * 2).value(), _.template('a<%= b %>')({ b: 5 }), _.pluck([{ a: 1 }], 'a'));
