const a = require('./links/link.js'), b = require('./links/dir/real'), c = require('linked');
console.log(a === b, b === c, a);
import('./links/link.js').then((m) => console.log(m.default === a));
