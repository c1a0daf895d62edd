// `npm test`: on a fresh clone installs and builds, then runs everything, streaming: unit tests beside the code, the oracle,
// example and adapter tests under test/, and the suite and the walk in a real VS Code. The last line counts all of it.
//
//   node scripts/test.mjs [--check] [--no-vscode] [path …]     paths choose test files or folders; --check: `npm run check`, as one more test

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { runChecks } from './check.mjs';
import { build, install, root } from './ready.mjs';

const args = process.argv.slice(2);
const chosen = args.filter((argument) => !argument.startsWith('--'));
const total = { passed: 0, failed: 0, skipped: 0 };

function testFiles(folder) {
  if (!existsSync(folder)) return [];
  if (statSync(folder).isFile()) return [folder];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return file === path.join(root, 'test/vscode') ? [] : testFiles(file);
    return entry.name.endsWith('.test.ts') ? [file] : [];
  });
}

/** Runs node with its output going straight on; `each` sees every chunk. */
function node(nodeArgs, each = () => {}) {
  return new Promise((resolve) => {
    const env = { ...process.env };
    delete env.NODE_OPTIONS;
    const child = spawn(process.execPath, nodeArgs, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.on('data', (data) => {
      process.stdout.write(data);
      each(data.toString());
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** As many files at once as there are processors: the runner's own choice is one less, which on two is half of the machine. */
const [major, minor] = process.versions.node.split('.').map(Number);
const concurrency = major > 20 || (major === 20 && minor >= 10) ? [`--test-concurrency=${availableParallelism()}`] : [];

async function nodeTests() {
  const folders =
    chosen.length > 0
      ? chosen.map((file) => path.resolve(file))
      : ['test', 'src', 'scripts', 'bench'].map((name) => path.join(root, name));
  const files = folders.flatMap(testFiles);
  if (files.length === 0) return;
  const tap = path.join(root, '.cache', `tests-${process.pid}.tap`);
  mkdirSync(path.dirname(tap), { recursive: true });
  const code = await node([
    ...['--import', 'tsx', '--test', '--test-timeout=1800000', ...concurrency],
    ...[
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${tap}`,
    ],
    ...files,
  ]);
  const text = existsSync(tap) ? readFileSync(tap, 'utf8') : '';
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  const failed = count('fail') + count('cancelled');
  total.passed += count('pass');
  total.failed += failed === 0 && code !== 0 ? 1 : failed;
  total.skipped += count('skipped') + count('todo');
  rmSync(tap, { force: true });
}

async function vscodeTests() {
  let text = '';
  const code = await node(['--import', 'tsx', 'scripts/vscode-tests.ts'], (chunk) => {
    text += chunk;
  });
  const found = /^# vscode: (\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(text);
  if (found === null) total.failed++;
  else {
    total.passed += Number(found[1]);
    total.failed += Number(found[2]) === 0 && code !== 0 ? 1 : Number(found[2]);
    total.skipped += Number(found[3]);
  }
}

/** Format, lint, types and our own rules. */
async function checks() {
  const passed = await runChecks();
  total[passed ? 'passed' : 'failed']++;
  if (!passed) console.log('✖ npm run check');
}

install();
build();
await nodeTests();
// A real VS Code waits more than it works: the checks have the processors meanwhile.
await Promise.all([
  args.includes('--check') && checks(),
  chosen.length === 0 && !args.includes('--no-vscode') && vscodeTests(),
]);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
