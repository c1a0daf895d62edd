// every kind of syntax that is only a type
import { type Shape, area as areaOf } from './parts/shape.ts';
import type { Other } from './parts/nowhere.ts';
type Pair<A, B = A> = readonly [A, B];
interface Named {
  name?: string;
  [key: string]: unknown;
}
declare const ambient: number;
declare function gone(a: number): void;
declare module 'nothing' {
  const x: number;
}
abstract class Base<T extends object> implements Named {
  declare ghost: string;
  private readonly hidden: T;
  protected static count?: number = 0;
  name!: string;
  constructor(hidden: T) {
    this.hidden = hidden;
  }
  abstract size(): number;
  public get value(): T {
    return this.hidden;
  }
  [key: string]: unknown;
}
class Derived extends Base<{ a: number }> {
  override size(this: Derived): number {
    return this.value.a;
  }
}
function overload(a: string): string;
function overload(a: number): number;
function overload(a: any): any {
  return a;
}
const generic = async <T,>(x: T, ...rest: T[]): Promise<T> => x ?? rest[0]!;
const pair: Pair<number> = [1, 2] as Pair<number>;
const asserted = (pair as unknown as number[])[1]! satisfies number;
let maybe: { a?: { b: () => number } } | undefined = { a: { b: (): number => 7 } };
function isShape(x: unknown): x is Shape {
  return x !== null;
}
function assertShape(x: unknown): asserts x is Shape {}
assertShape({});
const fn = function <const T extends readonly unknown[]>(this: void, list: T): T[number] {
  return list[0];
};
label: for (const key in { a: 1 } as Record<string, number>) {
  console.log(key);
  break label;
}
console.log(new Derived({ a: 3 }).size(), overload('x'), pair, asserted, maybe!.a?.b(), isShape(1), fn(['q'] as const));
console.log(Object.keys(new Derived({ a: 1 })), areaOf({ side: 2 }));
console.log(function typed<T>(a: T, b?: number): T { return a; }.toString());
generic<number>(5).then((v: number): void => {
  console.log(v);
  const failing = (x: Named): never => { throw new TypeError(`no ${x.name as string}`); };
  failing({ name: 'name' });
});
