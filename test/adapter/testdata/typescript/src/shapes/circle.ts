import type { Shape } from './shape.ts';

export class Circle implements Shape {
  readonly name = 'circle' as const;
  readonly radius!: number;

  constructor(radius: number) {
    this.radius = radius;
  }

  area(): number {
    return Math.PI * this.radius ** 2;
  }
}
