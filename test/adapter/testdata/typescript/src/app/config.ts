export type Settings = { count: number; rounds: number };

export const settings = { count: 4, rounds: 3000 } satisfies Settings;
