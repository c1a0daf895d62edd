// What tests came to, kept from run to run: an interrupted run goes on where it was, and samples add up.
//
//   .cache/test262/KEY.tsv     name TAB why, a line a test; an empty `why` passed. The last line about a test counts.
//
// The key says what the results are of: the tests' commit, and the hash of what ran them.

import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Why a test failed; empty when it passed. */
export type Outcome = string;

export class Results {
  readonly byName = new Map<string, Outcome>();
  private readonly file: string;

  constructor(folder: string, key: string, fresh = false) {
    mkdirSync(folder, { recursive: true });
    this.file = path.join(folder, `${key}.tsv`);
    if (fresh) rmSync(this.file, { force: true });
    let text = '';
    try {
      text = readFileSync(this.file, 'utf8');
    } catch {
      // the first run
    }
    for (const line of text.split('\n')) {
      const tab = line.indexOf('\t');
      // a line that was cut off by a crash is none
      if (tab > 0) this.byName.set(line.slice(0, tab), line.slice(tab + 1));
    }
  }

  add(name: string, why: string | undefined): void {
    const outcome = (why ?? '').replace(/\s+/g, ' ').trim().slice(0, 300);
    this.byName.set(name, outcome);
    appendFileSync(this.file, `${name}\t${outcome}\n`);
  }
}
