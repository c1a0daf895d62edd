import read from './settings.json';

export type Settings = { count: number; rounds: number };

export const settings = { ...read, rounds: 3000 } satisfies Settings;
