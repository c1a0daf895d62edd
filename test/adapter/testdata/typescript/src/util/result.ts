export type Result<T> = { ok: true; value: T } | { ok: false; why: string };

export function assertOk<T>(result: Result<T>): asserts result is { ok: true; value: T } {
  if (!result.ok) throw new Error((result as { why: string }).why);
}

export const half = (count: number): Result<number> =>
  count % 2 === 0 ? { ok: true, value: count / 2 } : ({ ok: false, why: `${count} is odd` } as const);
