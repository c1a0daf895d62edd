// `npm run vscode`: a window with the extension and the examples, for a person. An installed VS Code is preferred; without one
// VS Code's server is started, and its address printed.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installServer, root, startServer } from './vscode-server.ts';

const windows = process.platform === 'win32';
const build = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], { cwd: root, stdio: 'inherit' });
if (build.status !== 0) process.exit(1);
const folder = path.resolve(
  process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? path.join(root, 'examples'),
);
const code = process.env.BAILOUT_VSCODE ?? 'code';
const found = spawnSync(code, ['--version'], { stdio: 'ignore', shell: windows });
if (found.status === 0 && !process.argv.includes('--server')) {
  console.log(`Opening ${folder} in VS Code with the extension. Open an example and press F5.`);
  spawnSync(code, ['--new-window', `--extensionDevelopmentPath=${root}`, folder], { stdio: 'inherit', shell: windows });
} else {
  installServer();
  const server = await startServer({ settings: { 'workbench.startupEditor': 'none' } });
  console.log(
    `VS Code with the extension is at\n\n  ${server.url(folder)}\n\nOpen an example there and press F5. Ctrl+C ends the server.`,
  );
  process.once('SIGINT', () => void server.stop().then(() => process.exit(0)));
}
