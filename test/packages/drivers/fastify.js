const fastify = require('fastify')({ logger: false });
fastify.register(async (app) => {
  app.decorate('util2', (x) => x * 2);
  app.get('/n/:id', { schema: { params: { type: 'object', properties: { id: { type: 'integer' } } }, response: { 200: { type: 'object', properties: { id: { type: 'integer' }, twice: { type: 'number' } } } } } }, async (req) => ({ id: req.params.id, twice: app.util2(req.params.id), hidden: 1 }));
  app.post('/echo', { schema: { body: { type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 2 } } } } }, (req, reply) => { reply.code(201).header('x-a', 'b').send({ got: req.body }); });
  app.get('/boom', async () => { throw new Error('kaboom'); });
});
fastify.addHook('onRequest', (req, reply, done) => { reply.header('x-hook', req.method); done(); });
(async () => {
  for (const o of [{ url: '/n/21' }, { url: '/n/x' }, { method: 'POST', url: '/echo', payload: { name: 'ab' } }, { method: 'POST', url: '/echo', payload: { name: 'a' } }, { url: '/boom' }, { url: '/none' }]) {
    const r = await fastify.inject(o);
    const h = { ...r.headers }; delete h.date;
    console.log(r.statusCode, h, r.payload);
  }
  console.log(fastify.printRoutes());
  await fastify.close();
  console.log('closed');
})();
