console.log(require('./cycles/a'));
require('./cycles/c.cjs');
import('./cycles/m.mjs').then(() => import('./cycles/e.mjs')).then(console.log);
