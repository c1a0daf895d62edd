// The pictures of the bailouts that have ended in a session, as JSON until somebody looks. The oldest go when all of them take more
// than a budget.

import type { FrameTranslation } from '../engine/debug/index.ts';

/** Characters of JSON that are kept, that are sent at the end of a session, and that go into one message. */
const mostKept = 64 * 1024 * 1024;
const mostSent = 8 * 1024 * 1024;
const mostInMessage = 512 * 1024;

export class FrameTranslationStore {
  readonly #byNumber = new Map<number, string>();
  #size = 0;

  add(number: number, json: string): void {
    this.#byNumber.set(number, json);
    this.#size += json.length;
    for (const [oldest, text] of this.#byNumber) {
      if (this.#size <= mostKept || oldest === number) break;
      this.#byNumber.delete(oldest);
      this.#size -= text.length;
    }
  }

  /** Throws when there is none of that number. */
  get(number: number): FrameTranslation {
    const json = this.#byNumber.get(number);
    if (json !== undefined) return JSON.parse(json) as FrameTranslation;
    const numbers = [...this.#byNumber.keys()];
    throw new Error(
      numbers.length === 0
        ? `There is no bailout ${number}: none has ended in this session.`
        : `There is no picture of bailout ${number}: expected a number from ${numbers[0]} to ${numbers.at(-1)}.`,
    );
  }

  /** The newest ones, oldest first, in messages of a size that a client bears. */
  inMessages(): FrameTranslation[][] {
    const messages: FrameTranslation[][] = [];
    let total = 0;
    let size = mostInMessage;
    for (const json of [...this.#byNumber.values()].reverse()) {
      total += json.length;
      if (total > mostSent) break;
      size += json.length;
      if (size > mostInMessage) {
        messages.unshift([]);
        size = json.length;
      }
      messages[0]!.unshift(JSON.parse(json) as FrameTranslation);
    }
    return messages;
  }
}
