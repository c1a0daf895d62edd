export const largest: number = 10;
