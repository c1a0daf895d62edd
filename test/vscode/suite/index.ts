// The entry point that VS Code's extension host calls, in every way of running it: the same Mocha suite, results as one JSON
// line per test appended to the file named by BAILOUT_TEST_RESULTS.

import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** One line of the results file. */
export type Result =
  | {
      readonly kind: 'pass' | 'fail' | 'skip';
      readonly title: string;
      readonly milliseconds: number;
      readonly error?: string;
    }
  | { readonly kind: 'end'; readonly failures: number };

function post(result: Result): void {
  const file = process.env.BAILOUT_TEST_RESULTS;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(result)}\n`);
}

export async function run(): Promise<void> {
  // Not bundled: from the repository's node_modules, two folders up from dist/test/vscode.
  const mochaEntry = path.resolve(__dirname, '../../../node_modules/mocha/lib/mocha.cjs');
  let failures = 0;
  try {
    const Mocha = createRequire(__filename)(mochaEntry) as typeof import('mocha');
    const mocha = new Mocha({ ui: 'tdd', timeout: 60_000 });
    mocha.suite.emit('pre-require', globalThis as never, '', mocha);
    await import('./extension.test.ts');
    await import('./debugging.test.ts');
    await import('./listings.test.ts');
    await import('./frame-translation.test.ts');
    await import('./machine-view.test.ts');
    failures = await new Promise<number>((resolve) => {
      const runner = mocha.run(resolve);
      const milliseconds = (test: Mocha.Test) => test.duration ?? 0;
      runner.on('pass', (test) => post({ kind: 'pass', title: test.fullTitle(), milliseconds: milliseconds(test) }));
      runner.on('pending', (test) => post({ kind: 'skip', title: test.fullTitle(), milliseconds: 0 }));
      runner.on('fail', (test, error) =>
        post({
          kind: 'fail',
          title: test.fullTitle(),
          milliseconds: milliseconds(test as Mocha.Test),
          error: error?.stack ?? String(error),
        }),
      );
    });
  } catch (error) {
    failures++;
    post({
      kind: 'fail',
      title: 'the suite could not be loaded',
      milliseconds: 0,
      error: (error as Error).stack ?? String(error),
    });
  }
  post({ kind: 'end', failures });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
