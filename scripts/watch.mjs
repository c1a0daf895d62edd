// `npm run watch`: builds, and builds again when a source changes, until it is stopped. Each is a whole build in a process of its own:
// the snapshot, the code caches and what the build reads of the sources (layouts, Node's library) are always of what is on the disk.
//
//   [watch] build started … [watch] build finished     what the task of .vscode/tasks.json waits for

import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import path from 'node:path';
import { root } from './ready.mjs';

const watched = ['src', 'scripts'];
const isSource = /\.(?:tsx?|m?js|css|json)$/;
/** An editor writes several files at once. */
const quiet = 100;

let running = false;
let isStale = false;
let timer;

function build() {
  if (running) {
    isStale = true;
    return;
  }
  running = true;
  console.log('[watch] build started');
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], { cwd: root, stdio: 'inherit' });
  child.once('close', (code) => {
    running = false;
    console.log(code === 0 ? '[watch] build finished' : '[watch] build finished: failed, see above');
    if (!isStale) return;
    isStale = false;
    build();
  });
}

for (const folder of watched)
  watch(path.join(root, folder), { recursive: true }, (_event, file) => {
    if (file === null || !isSource.test(file) || /\.test\.ts$/.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(build, quiet);
  });
build();
