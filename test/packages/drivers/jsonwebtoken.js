const jwt = require('jsonwebtoken');
const t = jwt.sign({ a: 1, iat: 1500000000 }, 'secret', { algorithm: 'HS256', subject: 'me' });
console.log(t, jwt.verify(t, 'secret'), jwt.decode(t, { complete: true }));
console.log(jwt.sign({ iat: 1 }, 'k', { algorithm: 'HS512' }));
for (const f of [() => jwt.verify(t + 'x', 'secret'), () => jwt.verify('a.b', 'x'), () => jwt.verify(jwt.sign({ exp: 1000, iat: 1 }, 'k'), 'k')]) try { console.log(f()); } catch (e) { console.log(e.name, e.message); }
