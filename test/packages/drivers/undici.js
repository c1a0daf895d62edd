const { MockAgent, setGlobalDispatcher, request, fetch, Headers, FormData, Response, Request } = require('undici');
const agent = new MockAgent(); agent.disableNetConnect(); setGlobalDispatcher(agent);
const pool = agent.get('http://localhost:3000');
pool.intercept({ path: '/foo' }).reply(200, { a: 1 }, { headers: { 'content-type': 'application/json' } });
pool.intercept({ path: '/bar', method: 'POST' }).reply(404, 'nope');
(async () => {
  const r = await request('http://localhost:3000/foo'); console.log(r.statusCode, r.headers, await r.body.json());
  const r2 = await request('http://localhost:3000/bar', { method: 'POST', body: 'x' }); console.log(r2.statusCode, await r2.body.text());
  pool.intercept({ path: '/f' }).reply(200, 'text');
  const r3 = await fetch('http://localhost:3000/f'); console.log(r3.status, await r3.text());
  const h = new Headers({ a: '1' }); h.append('A', '2'); console.log([...h]);
  console.log(await new Response('abc', { status: 201 }).text(), new Request('http://a/b', { method: 'post' }).method);
})().catch((e) => console.log('ERR', e));
