enum Plain { A, B = 5, C }
enum Text { Yes = 'YES', No = `${'N'}O` }
const enum Inlined { One = 1 << 3, Two = One | 1 }
namespace Outer {
  export const a: number = 1;
  export namespace Inner {
    export const b = a + 1;
    export class Thing {
      constructor(public readonly x: number, private y = x * 2) {}
      sum(): number {
        return this.x + this.y;
      }
    }
  }
}
namespace Other {
  export const c = Outer.Inner.b + Outer.a;
}
class Point {
  constructor(
    public x: number,
    protected readonly y: number = 2,
  ) {
    if (x < 0) {
      throw new RangeError('negative ' + x);
    }
  }
}
console.log(Plain, Plain.C, Plain[5], Text.No, Inlined.Two);
console.log(Other.c, new Outer.Inner.Thing(4).sum(), Outer.Inner.b, new Point(1));
try {
  new Point(-1);
} catch (error) {
  console.log((error as Error).stack!.split('\n').slice(0, 3).join('\n'));
}
const make = (x: number): Point => new Point(x);
make(Plain.A - 1);
