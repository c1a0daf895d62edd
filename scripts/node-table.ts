// npm run node-table: docs/node.md, the table of what Node's modules and globals have here. Both sides tell by reflection: the
// reference, and the built command line. Run by hand: it needs the reference.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment, referenceBinary } from './reference.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Prints { name: members } as JSON: exports of each module, and members of their classes' prototypes. */
const reflection = `
process.noDeprecation = true;
const members = {};
const own = (value) => Reflect.ownKeys(value).filter((k) => typeof k === 'string' && !/^(?:length|name|prototype|arguments|caller|constructor)$/.test(k) && !k.startsWith('_') && !/^node_modules|^\\d/.test(k));
const list = (name, value) => {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return;
  const found = new Set(own(value));
  for (const key of [...found]) {
    let d; try { d = Object.getOwnPropertyDescriptor(value, key); } catch { continue; }
    let item; try { item = 'value' in d ? d.value : value[key]; } catch { continue; }
    if (typeof item === 'function' && /^[A-Z]/.test(key) && item.prototype) { for (const m of own(item.prototype)) found.add(key + '.prototype.' + m); for (const m of own(item)) found.add(key + '.' + m); }
  }
  members[name] = [...found];
};
const names = NAMES;
for (const name of names) { let value; try { value = require(name); } catch { continue; } list(name, value); }
const globals = {}; for (const key of Object.getOwnPropertyNames(globalThis)) { let v; try { v = globalThis[key]; } catch { continue; } if ((typeof v === 'function' || (typeof v === 'object' && v !== null)) && key !== 'globalThis' && key !== 'global') globals[key] = v; }
list('globals', globals);
list('process (object)', process);
console.log(JSON.stringify(members));
`;

const moduleNames =
  `assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns
dns/promises domain events fs fs/promises http http2 https inspector module net os path perf_hooks process punycode querystring
readline readline/promises repl stream stream/consumers stream/promises stream/web string_decoder timers timers/promises tls
trace_events tty url util util/types v8 vm wasi worker_threads zlib`.split(/\s+/);

/** Why something is not there: the first pattern that matches "module member". */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/^globals WebAssembly/, 'WebAssembly is not there yet'],
  [
    /^(?:http2|inspector|repl|wasi|cluster|trace_events|dgram|tls|quic|sqlite) /,
    'loads with its main classes; its operations need permissions that no program gets',
  ],
  [
    /^crypto .*(?:Sign|Verify|ECDH|DiffieHellman|X509|Certificate|KeyObject|asymmetric)/,
    'asymmetric keys are not there',
  ],
  [
    /^(?:crypto|zlib|buffer|util|fs|http|process|v8|vm|net|dns|stream|events|worker_threads|process \(object\)|globals) /,
    'not yet',
  ],
];
const why = (module: string, member: string): string =>
  reasons.find(([pattern]) => pattern.test(`${module} ${member}`))?.[1] ?? 'not yet';

type Members = Readonly<Record<string, readonly string[]>>;

const scratch = mkdtempSync(path.join(tmpdir(), 'node-table-'));
const program = path.join(scratch, 'reflect.js');
writeFileSync(program, reflection.replace('NAMES', JSON.stringify(moduleNames)));
const ask = (command: string, args: readonly string[]): Members => {
  const { stdout, stderr } = spawnSync(command, [...args, program], {
    encoding: 'utf8',
    env: childEnvironment(),
    maxBuffer: 1 << 26,
  });
  try {
    return JSON.parse(stdout) as Members;
  } catch {
    throw new Error(`${command} printed no table: ${stderr.slice(0, 500)}`);
  }
};
const theirs = ask(referenceBinary(), []);
const ours = ask(process.execPath, [path.join(root, 'dist/cli.js'), 'run']);
rmSync(scratch, { recursive: true });

let total = 0;
let present = 0;
const lines: string[] = [];
for (const [module, members] of Object.entries(theirs)) {
  const here = new Set(ours[module] ?? []);
  const missing = members.filter((member) => !here.has(member));
  total += members.length;
  present += members.length - missing.length;
  lines.push(
    `| \`${module}\` | ${members.length - missing.length} of ${members.length} | ${missingText(module, missing)} |`,
  );
}

/** Missing members by reason. */
function missingText(module: string, missing: readonly string[]): string {
  const byReason = new Map<string, string[]>();
  for (const member of missing) {
    const reason = why(module, member);
    byReason.set(reason, [...(byReason.get(reason) ?? []), member]);
  }
  return [...byReason].map(([reason, list]) => `${list.map((m) => `\`${m}\``).join(' ')}: ${reason}`).join('; ');
}

writeFileSync(
  path.join(root, 'docs/node.md'),
  `# What of Node is there

Node's library runs inside the engine, as JavaScript (\`src/node-library\`), over bindings that take and give copies. So it can be
stepped around, collected and optimized, and a program never reaches an object of the host's.

- **Files** are read as the launch configuration allows (\`allowFileAccess\`), written only in folders that it names
  (\`allowFileWrite\`; \`bailout run --allow-fs-write=DIR\`). Paths are checked after their symbolic links; devices and pipes are
  not opened. What is not allowed fails with \`ERR_ACCESS_DENIED\`, as under Node's permission model.
- **Network, processes, threads**: the modules load with their classes and constants; listening, connecting, looking up names,
  spawning and starting workers fail with \`ERR_ACCESS_DENIED\` that names the permission. \`fetch\` answers \`data:\` URLs.
- **WebAssembly is not there yet**: \`typeof WebAssembly\` is \`'undefined'\`. Packages that compile some when they load fail for that
  reason: webpack's default hash (\`output.hashFunction: 'sha256'\` does without), HTTP parsers (undici 6, nock 14).
- \`vm\`: a context is a realm of its own, with the language's globals (no \`Intl\`) and those of its sandbox. A \`timeout\` is looked at
  where loops and calls check the stack. Compiled code is not cached, \`contextExtensions\` and modules are refused, and a getter of a sandbox
  that throws is heard (in Node the name counts as undefined). Streams of \`zlib\` compress at their end.
- \`Intl\` is the host's, asked with texts and answering with texts.

\`npm run node-table\` writes the rest of this file: for each module, how many of the members that the reference's own reflection
lists are here (exports, and members of their classes and prototypes; names that begin with _ left out), and which are not.

${present} of ${total} members (${((100 * present) / total).toFixed(1)} %).

| module | members here | not here |
|---|---|---|
${lines.join('\n')}
`,
);
console.log(`docs/node.md: ${present} of ${total} members`);
