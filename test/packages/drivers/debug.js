const debug = require('debug'); debug.log = (...a) => console.log(a.length, a[0].replace(/\+\d+ms/, '').replace(/^.*?Z /, ''));
debug.enable('app:*,-app:no'); const a = debug('app:x'), b = debug('app:no'); console.log(a.enabled, b.enabled); a('hello %s %d %j', 'w', 5, { a: 1 }); b('never'); console.log(debug.coerce(new Error('e')).startsWith('Error: e'), a.extend('sub').namespace);
