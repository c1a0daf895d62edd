// Processes that run programs for the fuzzer: the reference V8 and this engine. One that does not answer in time, or dies, is
// replaced; the program that it was running is the one to blame, since it runs one at a time.

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childEnvironment, REFERENCE_FLAGS, referenceBinary } from '../reference.ts';

export interface Outcome {
  readonly stdout: string;
  /** Empty, or why there is no orderly end: an error that was not caught, `timeout`, `signal …`, an exception of the host. */
  readonly failed: string;
  readonly stderr?: string;
}

/** Programs that one process serves before a fresh one takes over. */
const life = 200;

export class Worker {
  private child: ChildProcess | undefined;
  private served = 0;
  private next = 0;
  private readonly start: () => ChildProcess;
  private readonly timeLimit: number;

  constructor(start: () => ChildProcess, timeLimit: number) {
    this.start = start;
    this.timeLimit = timeLimit;
  }

  run(source: string, flags: readonly string[] = []): Promise<Outcome> {
    if (this.served++ >= life) this.stop();
    this.child ??= this.start();
    const { child } = this;
    const id = this.next++;
    return new Promise((resolve) => {
      let said = '';
      const done = (outcome: Outcome): void => {
        clearTimeout(timer);
        child.off('message', onMessage);
        child.off('exit', onExit);
        child.stderr?.off('data', onWords);
        resolve(outcome);
      };
      const onMessage = (answer: Outcome & { id: number }): void => {
        if (answer.id === id) done(answer);
      };
      const onExit = (code: number | null, signal: string | null): void => {
        this.forget();
        const line = said.split('\n').find((text) => /error|fatal/i.test(text)) ?? '';
        done({ stdout: '', failed: `process ended: ${signal ?? code} ${line.slice(0, 200)}` });
      };
      const onWords = (text: Buffer): void => {
        said += text.toString();
      };
      const timer = setTimeout(() => {
        this.stop();
        done({ stdout: '', failed: 'timeout' });
      }, this.timeLimit);
      child.stderr?.on('data', onWords);
      child.on('message', onMessage);
      child.once('exit', onExit);
      child.send({ id, source, flags });
    });
  }

  private forget(): void {
    this.child = undefined;
    this.served = 0;
  }

  stop(): void {
    this.child?.removeAllListeners();
    this.child?.kill('SIGKILL');
    this.forget();
  }
}

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export const referenceWorker = (): Worker => {
  const execPath = referenceBinary();
  return new Worker(
    () =>
      fork(file('reference-worker.mjs'), {
        execPath,
        execArgv: [...REFERENCE_FLAGS],
        env: childEnvironment(),
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      }),
    20_000,
  );
};

/** @param dist the folder of the built engine, when it is not this tree's */
export const engineWorker = (dist?: string): Worker =>
  new Worker(
    () =>
      fork(file('engine-worker.ts'), dist === undefined ? [] : [dist], {
        execArgv: ['--import', 'tsx'],
        env: childEnvironment(),
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      }),
    60_000,
  );
