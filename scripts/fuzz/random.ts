// The fuzzer's only source of chance: the same seed makes the same program on every machine.

export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = (seed ^ 0x9e3779b9) | 0;
    for (let i = 0; i < 4; i++) this.word();
  }

  /** mulberry32. */
  private word(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** 0 … n − 1. */
  int(n: number): number {
    return Math.floor((this.word() / 2 ** 32) * n);
  }

  /** low … high, both included. */
  between(low: number, high: number): number {
    return low + this.int(high - low + 1);
  }

  chance(probability: number): boolean {
    return this.word() < probability * 2 ** 32;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(list.length)]!;
  }

  /** Calls one of the rows, as often as its weight says. */
  weighted<T>(rows: readonly (readonly [weight: number, make: () => T])[]): T {
    let at = this.int(rows.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, make] of rows) {
      at -= weight;
      if (at < 0) return make();
    }
    throw new Error('weights are empty');
  }
}
