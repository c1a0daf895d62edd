import { largest } from './limits.mjs';

export enum Size {
  Small = 1,
  Medium,
  Large = largest,
}
export namespace Size {
  export const names: Record<number, string> = { 1: 'small', 2: 'medium' };
  export function nameOf(size: Size): string {
    const name = names[size];
    return name ?? `size ${size}`;
  }
}
