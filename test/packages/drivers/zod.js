const { z } = require('zod');
const S = z.object({ name: z.string().min(2), age: z.number().int().positive().optional(), tags: z.array(z.enum(['a', 'b'])), nested: z.object({ d: z.coerce.number() }).partial() }).strict();
console.log(S.parse({ name: 'xy', tags: ['a'], nested: { d: '5' } }));
const r = S.safeParse({ name: 'x', age: -1.5, tags: ['c'], nested: {}, extra: 1 });
console.log(r.success, r.error.issues.map((i) => [i.code, i.path.join('.'), i.message]));
console.log(z.union([z.string(), z.number()]).transform((v) => `${v}!`).parse(3), z.record(z.string(), z.number()).parse({ a: 1 }), z.discriminatedUnion('t', [z.object({ t: z.literal(1) }), z.object({ t: z.literal(2), x: z.bigint() })]).parse({ t: 2, x: 3n }));
