abstract class Sequence<T> implements Iterable<T> {
  protected abstract at(index: number): T | undefined;

  *[Symbol.iterator](): Generator<T, void, unknown> {
    for (let i = 0; ; i++) {
      const value = this.at(i);
      if (value === undefined) return;
      yield value!;
    }
  }
}

export class Squares extends Sequence<number> {
  constructor(private readonly end: number) {
    super();
  }

  protected override at(index: number): number | undefined {
    return index < this.end ? index * index : undefined;
  }
}
