import type { Shape } from './shape';

function areaOf(shape: Shape): number {
  return shape.area();
}

export function total(shapes: readonly Shape[], rounds: number): number {
  let sum = 0;
  for (let round: number = 0; round < rounds; round++) {
    for (const shape of shapes) {
      sum += areaOf(shape as Shape);
    }
  }
  return sum;
}
