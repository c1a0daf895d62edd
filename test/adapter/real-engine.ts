// The adapter over the real engine, for tests: programs in a folder of their own, and what a client asks again and again.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client } from './client.ts';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const cli = path.join(root, 'dist/cli.js');
const skip = existsSync(path.join(root, 'dist/engine-worker.js')) ? false : 'the engine worker is not built';
export const options = { skip, timeout: 60_000 };
export const folder = mkdtempSync(path.join(tmpdir(), 'bailout-engine-'));
export const example = (name: string): string => path.join(root, 'examples', name);
export function program(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

const clients: Client[] = [];
export const open = (): Client => {
  const client = Client.spawn(cli, 'dap');
  clients.push(client);
  return client;
};
after(() => {
  for (const client of clients) client.dispose();
});

export const output = (client: Client, category = 'stdout'): string =>
  client.events
    .filter((event) => event.event === 'output' && event.body.category === category)
    .map((event) => event.body.output)
    .join('');

export type Frame = {
  id: number;
  name: string;
  line: number;
  column: number;
  source?: { path?: string; sourceReference?: number };
  instructionPointerReference?: string;
  presentationHint?: string;
};
export type Scope = { name: string; variablesReference: number; presentationHint?: string };
export type Variable = { name: string; value: string; variablesReference: number; memoryReference?: string };

export const frames = async (client: Client): Promise<Frame[]> =>
  (await client.request('stackTrace', { threadId: 1 })).stackFrames;
export const scopes = async (client: Client, frame: Frame): Promise<Scope[]> =>
  (await client.request('scopes', { frameId: frame.id })).scopes;
export const variables = async (client: Client, ref: number): Promise<Variable[]> =>
  (await client.request('variables', { variablesReference: ref })).variables;
export async function scope(client: Client, frame: Frame, name: string): Promise<Variable[]> {
  const all = await scopes(client, frame);
  const found = all.find((s) => s.name === name);
  assert.ok(found, `no scope '${name}' among ${all.map((s) => s.name).join(', ')}`);
  return variables(client, found.variablesReference);
}
export const value = (list: readonly Variable[], name: string): string | undefined =>
  list.find((v) => v.name === name)?.value;
export const breakAt =
  (file: string, ...lines: number[]) =>
  (client: Client) =>
    client.request('setBreakpoints', { source: { path: file }, breakpoints: lines.map((line) => ({ line })) });
export const resume = (client: Client) => client.request('continue', { threadId: 1 });
