// Processes that run tests one after another. One that does not answer in time, or dies, is replaced: the test that it was
// running is the one to blame, since it runs one at a time. So an endless loop is one failure, and so is a crash. Time is the
// process's own where the system tells (Linux): a busy machine makes no test fail.

import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Job } from './tests.ts';

/** What a process answers: why the test failed, if it did. */
export interface Answer {
  readonly why?: string;
}

/** Seconds of processor time that a process has used; undefined where the system does not tell. */
function cpuSeconds(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}

/** How much longer than its processor time a test may take: it shares the machine, or sleeps. */
const patience = 12;

export class TestProcess {
  private child: ChildProcess | undefined;
  private served = 0;
  private readonly start: () => ChildProcess;
  private readonly life: number;
  private readonly timeLimit: number;

  /**
   * @param life tests that one process serves
   * @param timeLimit for one test, in seconds
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
        clearInterval(timer);
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
      const began = Date.now();
      const cpuBefore = cpuSeconds(child.pid!);
      const timer = setInterval(() => {
        const wall = (Date.now() - began) / 1000;
        const cpu = cpuBefore === undefined ? wall : (cpuSeconds(child.pid!) ?? wall) - cpuBefore;
        if (cpu < this.timeLimit && wall < this.timeLimit * patience) return;
        this.stop();
        done(`timeout: ${this.timeLimit} s`);
      }, 1000);
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
