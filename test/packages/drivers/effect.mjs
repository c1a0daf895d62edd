import { Effect, Option, Stream, Schedule, Layer, Context, Schema, Chunk, Duration, Ref } from 'effect'; import * as E from 'effect'; console.log(Object.keys(E).length > 50);
const prog = Effect.gen(function* () { const a = yield* Effect.succeed(1); const b = yield* Effect.promise(async () => 2); const r = yield* Ref.make(0); yield* Effect.all(Array.from({ length: 5 }, (_, i) => Ref.update(r, (x) => x + i)), { concurrency: 'unbounded' }); return [a + b, yield* Ref.get(r)]; });
console.log(await Effect.runPromise(prog)); console.log(String(Effect.runSyncExit(Effect.fail('x'))));
console.log(Option.some(1).pipe(Option.map((x) => x + 1)), await Effect.runPromise(Effect.retry(Effect.sync(() => 1), Schedule.recurs(2))));
try { await Effect.runPromise(Effect.die(new Error('boom'))); } catch (e) { console.log(e.name, e.message); }
