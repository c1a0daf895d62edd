import got, { HTTPError } from 'got';
console.log(typeof got.get, got.defaults.options.retry.limit);
try { await got('http://127.0.0.1:9/x', { retry: { limit: 0 } }); } catch (e) { console.log(e.name); }
console.log(HTTPError.name);
