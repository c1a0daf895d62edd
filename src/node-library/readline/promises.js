const { AbortError } = require('internal/errors');
const readline = require('readline');

class Interface extends readline.Interface {
  question(query, options = {}) {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      if (signal?.aborted) {
        reject(new AbortError(undefined, { cause: signal.reason }));
        return;
      }
      signal?.addEventListener('abort', () => reject(new AbortError(undefined, { cause: signal.reason })), {
        once: true,
      });
      super.question(query, options, resolve);
    });
  }
}
class Readline {
  #stream;
  #todo = [];
  #autoCommit;
  constructor(stream, options = undefined) {
    this.#stream = stream;
    this.#autoCommit = options?.autoCommit ?? false;
  }
  #do(action) {
    if (this.#autoCommit) action();
    else this.#todo.push(action);
    return this;
  }
  cursorTo(x, y) {
    return this.#do(() => readline.cursorTo(this.#stream, x, y));
  }
  moveCursor(dx, dy) {
    return this.#do(() => readline.moveCursor(this.#stream, dx, dy));
  }
  clearLine(direction) {
    return this.#do(() => readline.clearLine(this.#stream, direction));
  }
  clearScreenDown() {
    return this.#do(() => readline.clearScreenDown(this.#stream));
  }
  async commit() {
    for (const action of this.#todo.splice(0)) action();
  }
  rollback() {
    this.#todo = [];
    return this;
  }
}

module.exports = { Interface, Readline, createInterface: (...args) => new Interface(...args) };
