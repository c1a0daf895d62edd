// npm run bench-views: how long a person waits for what is drawn and listed. Needs `npm run build`, and the browser that the tests use.
//
//   scopes       the request at stops: at guards, in each phase of the Deoptimizer, in the interpreter
//   step         F11 in the Deoptimizer: request → stop → the picture's data → drawn by the panel's script
//   picture      5 frames of 40 values, drawn from nothing
//   view         10,000 bailouts: grouping and lines of the Bailouts view for one refresh, at one site and at 10,000
//
// Milliseconds; they depend on the machine and on what else runs on it.

import path from 'node:path';
import type { Page } from 'playwright-core';
import type { DebugSession } from 'vscode';
import { launchBrowser, root } from '../scripts/vscode-server.ts';
import type { TimelineEntry } from '../src/adapter/index.ts';
import { SessionTimeline } from '../src/extension/session-timeline.ts';
import { synthetic } from '../src/picture/synthetic.ts';
import { Client } from '../test/adapter/client.ts';

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const row = (name: string, values: readonly number[], limit: number): void => {
  const all = sorted(values);
  const [median, worst] = [all[all.length >> 1]!, all.at(-1)!];
  console.log(
    `${name.padEnd(44)} median ${median.toFixed(1).padStart(7)}  worst ${worst.toFixed(1).padStart(7)}  of ${all.length}, at most ${limit}`,
  );
};

async function timed<T>(into: number[], what: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  const result = await what();
  into.push(performance.now() - begin);
  return result;
}

/** The panel's script in a page of its own, with the little that a webview gives it. */
async function openPanel(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.evaluate('globalThis.acquireVsCodeApi = () => ({ postMessage() {} })');
  await page.addStyleTag({ path: path.join(root, 'dist/panel.css') });
  await page.addScriptTag({ path: path.join(root, 'dist/panel.js') });
}

/** Milliseconds until what the message brought is on the screen. */
const show = (page: Page, translation: unknown): Promise<number> =>
  page.evaluate(async (shown) => {
    const begin = performance.now();
    window.postMessage({ type: 'show', translation: shown, isLive: true, breakpoints: [] }, '*');
    await new Promise((resolve) => window.addEventListener('message', resolve, { once: true }));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now() - begin;
  }, translation);

async function measureSession(page: Page): Promise<void> {
  const [scopes, steps, data]: [number[], number[], number[]] = [[], [], []];
  const client = Client.spawn(path.join(root, 'dist/cli.js'), 'dap');
  await client.start({ program: path.join(root, 'examples/inlined-vector.js'), stopOnBailout: true });
  await client.event('stopped');
  for (let i = 0; i < 60; i++) {
    const { stackFrames } = await client.request('stackTrace', { threadId: 1 });
    for (const { id } of stackFrames.slice(0, 3)) await timed(scopes, () => client.request('scopes', { frameId: id }));
    const isInside = /Deoptimizer/.test(stackFrames[0].name);
    const begin = performance.now();
    await client.request('stepIn', { threadId: 1 });
    await client.event('stopped');
    const { translation } = await client.request('bailout/frameTranslation', {});
    data.push(performance.now() - begin);
    if (translation === undefined) break;
    const drawn = await show(page, translation);
    if (isInside) steps.push(data.at(-1)! + drawn);
  }
  client.dispose();
  row('scopes', scopes, 50);
  row('step in the Deoptimizer to the drawn curve', steps, 100);
}

async function measurePicture(page: Page): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < 10; i++) {
    await openPanel(page);
    times.push(await show(page, synthetic(5, 40)));
  }
  row('picture of 5 frames and 200 values', times, 300);
}

/** What one refresh costs the extension, without VS Code's own tree. */
function measureView(sites: number): void {
  const times: number[] = [];
  const timeline = new SessionTimeline({ id: 'bench' } as DebugSession);
  for (let number = 1; number <= 10_000; number++) timeline.add(bailout(number, `site ${number % sites}`));
  for (let i = 0; i < 20; i++) {
    const begin = performance.now();
    timeline.add(bailout(10_001 + i, `site ${i % sites}`));
    timeline.roots(true);
    times.push(performance.now() - begin);
  }
  row(`10,000 bailouts of ${sites} sites, one refresh`, times, 16);
}

const bailout = (number: number, site: string): TimelineEntry => ({
  kind: 'bailout',
  at: number,
  bailout: {
    number,
    kind: 'eager',
    reason: 'wrong map',
    explanation: '',
    function: 'f',
    optimizationId: 0,
    inlined: [],
    bytecodeOffset: 0,
    exitIndex: 0,
    pc: '0x0',
    frames: [],
    repeats: { site, times: 1, text: '' },
  },
});

for (const sites of [1, 40, 10_000]) measureView(sites);
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
try {
  await measurePicture(page);
  await openPanel(page);
  await measureSession(page);
} finally {
  await browser.close();
}
