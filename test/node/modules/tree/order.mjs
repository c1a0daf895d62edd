console.log('main');
import './order/a.mjs';
const first = import('./order/late.mjs'), second = import('./order/late.mjs');
console.log((await first) === (await second), (await first).value);
await Promise.allSettled([import('./order/fails.mjs'), import('./order/fails.mjs')]).then((all) => console.log(all.map((r) => r.reason.message), all[0].reason === all[1].reason));
import('./order/d.mjs').then(({ b }) => console.log('then', b));
process.on('exit', () => console.log('exit'));
