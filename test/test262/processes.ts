// Processes that run tests one after another. One that does not answer in time, or dies, is replaced: the test that it was
// running is the one to blame, since it runs one at a time. So an endless loop is one failure, and so is a crash.

import type { ChildProcess } from 'node:child_process';
import type { Job } from './tests.ts';

/** What a process answers: why the test failed, if it did. */
export interface Answer {
  readonly why?: string;
}

export class TestProcess {
  private child: ChildProcess | undefined;
  private served = 0;
  private readonly start: () => ChildProcess;
  private readonly life: number;
  private readonly timeLimit: number;

  /**
   * @param life tests that one process serves
   * @param timeLimit for one test, in milliseconds
   */
  constructor(start: () => ChildProcess, life: number, timeLimit: number) {
    this.start = start;
    this.life = life;
    this.timeLimit = timeLimit;
  }

  /** Why the test failed, or undefined. */
  run(job: Job): Promise<string | undefined> {
    if (this.served >= this.life) this.stop();
    this.served++;
    this.child ??= this.start();
    const { child } = this;
    return new Promise((resolve) => {
      let said = '';
      const done = (why: string | undefined): void => {
        clearTimeout(timer);
        child.off('message', onMessage);
        child.off('exit', onExit);
        child.stderr?.off('data', onWords);
        resolve(why);
      };
      const onMessage = (answer: Answer): void => done(answer.why);
      const onExit = (code: number | null, signal: string | null): void => {
        this.child = undefined;
        this.served = 0;
        done(`process ended: ${signal ?? code} ${said.replace(/\s+/g, ' ').slice(0, 200)}`);
      };
      const onWords = (text: Buffer): void => {
        said += text.toString();
      };
      const timer = setTimeout(() => {
        this.stop();
        done(`timeout: ${this.timeLimit / 1000} s`);
      }, this.timeLimit);
      child.stderr?.on('data', onWords);
      child.once('message', onMessage);
      child.once('exit', onExit);
      child.send(job);
    });
  }

  stop(): void {
    this.child?.removeAllListeners();
    this.child?.kill('SIGKILL');
    this.child = undefined;
    this.served = 0;
  }
}
