// The Machine View in a real window, as a person uses it: three columns that follow the steps, light what belongs together, set
// breakpoints.

import type { Frame } from 'playwright-core';
import type { Step } from './vscode-steps.ts';
import { stopAtBailouts, type Walk } from './vscode-walks.ts';
import { equal, ok, VSCodeWindow } from './vscode-window.ts';

/** What is drawn only in this view. */
const view = '.column.code .row';
const example = 'inlined-vector.js';

/** Names and strings of a program that would like to be markup. */
const hostile = `const key = '<img src=x onerror="document.title=1">';
const shapes = { '<svg onload=alert(1)>'(o) { const s = '<script>alert(0)</script>'; return o[key] + o.v + s; } };
const f = shapes['<svg onload=alert(1)>'];
for (let i = 0; i < 20000; i++) f({ v: 1, [key]: '<script>alert(1)</script>' });
f({ [key]: '</title><script>alert(2)</script>', v: 2 });
`;

class MachineWalk extends VSCodeWindow {
  view(): Promise<Frame> {
    return this.frameWith(view);
  }

  /** The label of the row where the program is, in a column. */
  async now(column: string): Promise<string | null> {
    return (await this.view()).locator(`.column.${column} .row.now .label`).first().textContent();
  }

  /** Presses a key that steps; waits until the program is somewhere else. */
  async step(key: string): Promise<void> {
    const frame = await this.view();
    const where = (): Promise<string> =>
      frame.evaluate(
        () =>
          [...document.querySelectorAll<HTMLElement>('.row:is(.now, .left, .resumes)')]
            .map((row) => row.dataset.id)
            .join() + document.querySelector('.where')?.textContent,
      );
    const before = await where();
    await this.page.keyboard.press(key);
    for (let i = 0; i < 300; i++) {
      await this.page.waitForTimeout(40);
      if ((await where()) !== before && (await frame.locator('.live').count()) > 0) return;
    }
    throw new Error(`${key} led nowhere from ${before}`);
  }
}

function steps(walk: MachineWalk): readonly Step[] {
  const { page } = walk;
  const count = async (selector: string): Promise<number> => (await walk.view()).locator(selector).count();
  return [
    [
      'a command opens it beside the source: one place in three columns',
      async () => {
        await walk.isReady();
        await walk.open(example);
        await walk.start();
        await walk.state.filter({ hasText: 'wrong map' }).waitFor({ timeout: 60_000 });
        await walk.command('Bailout: Show Machine View');
        const frame = await walk.view();
        await walk.command('View: Toggle Panel Visibility');
        equal(await frame.locator('h1').textContent(), 'length, inlined into travel', 'what it shows');
        for (const column of ['source', 'bytecode', 'code'])
          equal(await count(`.column.${column} .row.now`), 1, `current rows of ${column}`);
        ok(
          /wrong map/.test((await frame.locator('.column.code .row.now .guard').textContent())!),
          'the guard says its reason',
        );
        ok((await count('.column.code .row.now .value')) > 0, 'registers at the end of the line');
        equal(await count('.bytes'), 0, 'bytes');
        for (const column of ['bytecode', 'code']) ok((await count(`.column.${column} .arrows path`)) > 2, 'jumps');
      },
    ],
    [
      'pointing lights what belongs together in all columns',
      async () => {
        const frame = await walk.view();
        await frame.locator('.column.code .row.now .label').hover();
        await frame.locator('.row.lit').first().waitFor();
        for (const column of ['source', 'bytecode', 'code'])
          ok((await count(`.column.${column} .row.lit`)) > 0, `lit rows of ${column}`);
        await walk.scene('2-pointing', [view]);
        await frame.locator('.column.source .row .text').first().click();
        ok((await count('.column.source .row.pinned')) === 1, 'a click keeps it');
        await page.keyboard.press('Escape');
        await frame.locator('h1').hover();
      },
    ],
    [
      'the keyboard reaches every row, sets a breakpoint, and goes along to what belongs to it',
      async () => {
        const frame = await walk.view();
        const focused = (): Promise<string | undefined> =>
          frame.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset?.id);
        await frame.locator('.column.code .row.now').focus();
        const at = (await focused())!;
        await page.keyboard.press('ArrowLeft');
        ok((await focused())!.startsWith('b'), `left goes to the bytecode from ${at}`);
        await page.keyboard.press('ArrowLeft');
        ok((await focused())!.startsWith('s'), 'and on to the source');
        const line = (await focused())!.split('.')[1]!;
        await page.keyboard.press(' ');
        await frame.locator('.column.source .dot .set').waitFor();
        await page.locator('.debug-breakpoints', { hasText: example }).waitFor();
        ok(
          (await frame.locator('.column.source .row:has(.dot .set) .label').allTextContents()).includes(line),
          `on line ${line}`,
        );
        await page.keyboard.press(' ');
        await frame.locator('.column.source .dot .set').waitFor({ state: 'detached' });
      },
    ],
    [
      'bytes appear on demand',
      async () => {
        const frame = await walk.view();
        await frame.getByRole('button', { name: 'Bytes' }).click();
        ok((await count('.bytes')) > 20, 'bytes');
        await walk.scene('3-bytes', [view]);
        await frame.getByRole('button', { name: 'Bytes' }).click();
      },
    ],
    [
      'a click in the bytecode sets a breakpoint there, and the program stops at it',
      async () => {
        const frame = await walk.view();
        // of the constructor, whose own code travel's rebuilt frame calls
        const rows = frame
          .locator('.column.bytecode .title', { has: frame.locator('b', { hasText: /^Vector$/ }) })
          .locator('~ .row');
        const row = rows.filter({ hasText: 'Return' }).first();
        const label = await row.locator('.label').textContent();
        await row.locator('.dot button').click();
        await row.locator('.dot .set').waitFor();
        await walk.focusSource();
        await page.keyboard.press('F5');
        await walk.state.filter({ hasText: /breakpoint/ }).waitFor({ timeout: 20_000 });
        // a breakpoint takes nobody out of optimized code
        await frame.locator('.where', { hasText: 'in optimized code' }).waitFor();
        await walk.until('the bytecode', async () => (await walk.now('bytecode')) === label);
        ok((await count('.column.bytecode .row.now .value')) > 0, 'values of bytecode registers');
        await walk.scene('4-bytecode', [view]);
      },
    ],
    [
      'another frame of the call stack: its function, and how often its guard failed',
      async () => {
        const frame = await walk.view();
        await page.locator('.debug-call-stack .monaco-list-row', { hasText: 'travel' }).first().click();
        await frame.locator('h1', { hasText: /^travel$/ }).waitFor();
        const guard = frame.locator('.column.code .row:not(.exit) .guard.failed');
        await guard.waitFor();
        ok(/wrong map, failed once/.test((await guard.textContent())!), 'reason and count');
        await page.locator('.debug-call-stack .monaco-list-row', { hasText: 'Vector' }).first().click();
        await frame.locator('h1', { hasText: /^Vector$/ }).waitFor();
      },
    ],
    [
      'it follows instruction after instruction',
      async () => {
        await walk.command('Remove All Breakpoints');
        await walk.stopSession();
        await walk.start();
        await walk.state.filter({ hasText: 'wrong map' }).waitFor({ timeout: 60_000 });
        const frame = await walk.view();
        await frame.locator('.live').waitFor();
        await frame.locator('.column.code .row.now').waitFor();
        await walk.focusSource();
        await walk.step('F11');
        equal(await frame.locator('.where').textContent(), 'in the Deoptimizer', 'where it is');
        equal(await count('.column.code .row.left'), 1, 'the guard through which it left');
        for (const column of ['source', 'bytecode'])
          equal(await count(`.column.${column} .row.resumes`), 1, `where Ignition resumes, in ${column}`);
        await walk.scene('6-deoptimizer', [view]);
      },
    ],
    [
      'the link of an exit opens its Frame Translation',
      async () => {
        const frame = await walk.view();
        await frame.locator('.guard.link').first().click();
        await walk.frameWith('svg.picture .row');
      },
    ],
    [
      'a narrow window stacks the columns',
      async () => {
        await walk.command('Bailout: Show Machine View');
        const frame = await walk.view();
        await page.setViewportSize({ width: 1000, height: 760 });
        await walk.until('a narrow view', () => frame.evaluate(() => innerWidth < 700));
        await walk.scene('8-narrow', [view]);
        await page.setViewportSize({ width: 1680, height: 1000 });
        await walk.stopSession();
      },
    ],
    [
      'names and strings of the program stay text',
      async () => {
        await walk.open('hostile.js');
        await walk.start();
        await walk.goOnTo(/wrong map/);
        const frame = await walk.view();
        await frame.locator('.column', { hasText: '<svg' }).first().waitFor();
        equal(await count('img, iframe, body *[onload], body *[onerror], .page script'), 0, 'elements made of texts');
        ok(/<img|<script/.test((await frame.locator('main').textContent())!), 'the texts are shown');
        await walk.scene('9-hostile', [view]);
        await walk.stopSession();
      },
    ],
  ];
}

export const machineWalk: Walk<MachineWalk> = {
  name: 'machine',
  window: MachineWalk,
  steps,
  examples: [example],
  files: { 'hostile.js': hostile },
  launch: stopAtBailouts,
  settings: { 'bailout.frameTranslation.openOnStop': false },
  viewport: { width: 1680, height: 1000 },
  kept: [
    ['2-pointing-dark', 'docs/images/machine-view.png'],
    ['2-pointing-dark', 'media/walkthrough/machine.png'],
  ],
};
