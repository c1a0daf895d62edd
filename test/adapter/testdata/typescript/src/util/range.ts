export const range = (count: number): number[] => {
  const numbers = new Array<number>();
  for (let i = 0; i < count; i++) numbers.push(i);
  return numbers;
};

export type Bound = number;
