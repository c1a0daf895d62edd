// Debug sessions as tests see them: start one, wait for its messages, ask it things.

import path from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';

export const extensionId = 'bailout.bailout';
export const repository = path.resolve(__dirname, '../../..');
export const example = (name: string): string => path.join(repository, 'examples', name);

export async function waitFor<T>(
  what: string,
  probe: () => T | undefined | Promise<T | undefined>,
  limit = 20_000,
): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`waited ${limit} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Everything the adapters of this window sent, by session. */
export class Recorder implements vscode.Disposable {
  readonly messages: { readonly session: vscode.DebugSession; readonly message: DebugProtocol.ProtocolMessage }[] = [];
  readonly #registration: vscode.Disposable;
  #taken = 0;

  constructor() {
    this.#registration = vscode.debug.registerDebugAdapterTrackerFactory('bailout', {
      createDebugAdapterTracker: (session) => ({
        onDidSendMessage: (message) => {
          this.messages.push({ session, message });
        },
      }),
    });
  }

  dispose(): void {
    this.#registration.dispose();
  }

  /** Forgets what came before. */
  clear(): void {
    this.#taken = this.messages.length;
  }

  /** The next event of a kind; earlier ones are skipped. */
  // biome-ignore lint/suspicious/noExplicitAny: bodies are checked by the tests
  async event(name: string, limit?: number): Promise<any> {
    const index = await waitFor(
      `the event '${name}'`,
      () => {
        const found = this.messages.findIndex(
          ({ message }, i) =>
            i >= this.#taken && message.type === 'event' && (message as DebugProtocol.Event).event === name,
        );
        return found < 0 ? undefined : found;
      },
      limit,
    );
    this.#taken = index + 1;
    return (this.messages[index]!.message as DebugProtocol.Event).body;
  }

  output(): string {
    return this.messages
      .filter(({ message }) => message.type === 'event' && (message as DebugProtocol.Event).event === 'output')
      .map(({ message }) => (message as DebugProtocol.OutputEvent).body.output)
      .join('');
  }
}

export async function stopAll(): Promise<void> {
  // A session that ends by itself meanwhile cancels the request to stop it.
  if (vscode.debug.activeDebugSession !== undefined) await vscode.debug.stopDebugging().then(undefined, () => {});
  await waitFor('the session to end', () => vscode.debug.activeDebugSession === undefined || undefined).catch(() => {});
  vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
}
