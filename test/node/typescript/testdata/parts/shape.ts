export interface Shape {
  side: number;
}
export const area = (shape: Shape): number => shape.side ** 2;
