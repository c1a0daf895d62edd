import { Shape } from './shape';

export { type Shape } from './shape';

export class Square implements Shape {
  declare readonly tag: 'square';
  readonly name: string = 'square';
  private side: number;

  constructor(side: number) {
    this.side = side;
  }

  area(): number {
    return this.side * this.side;
  }
}
