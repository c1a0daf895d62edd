// The Frame Translation in a real window, as a person uses it: it opens at the guard, F11 draws curve after curve, pointing lights a
// value's way, a breakpoint in a phase is one click, the finished bailout plays forwards and backwards.

import type { Frame } from 'playwright-core';
import type { Step } from './vscode-steps.ts';
import { stopAtBailouts, type Walk } from './vscode-walks.ts';
import { equal, ok, VSCodeWindow } from './vscode-window.ts';

/** What is drawn only in this panel. */
const picture = 'svg.picture .row';
const example = 'inlined-vector.js';
/** Names and strings of a program that would like to be markup. */
const hostile = `const key = '<img src=x onerror="document.title=1">';
const shapes = { '<svg onload=alert(1)>'(o) { return o[key] + o.v; } };
const f = shapes['<svg onload=alert(1)>'];
for (let i = 0; i < 20000; i++) f({ v: 1, [key]: '<script>alert(1)</script>' });
f({ [key]: '</title><script>alert(2)</script>', v: 2 });
`;

class PictureWalk extends VSCodeWindow {
  /** The panel's document. */
  panel(): Promise<Frame> {
    return this.frameWith(picture);
  }

  /** Milliseconds from each press of F11 to the step it led to, drawn. */
  readonly taken: number[] = [];

  /** Presses a key that steps; waits until the panel shows another step. */
  async step(key: string): Promise<void> {
    const frame = await this.panel();
    const before = await frame.locator('.count').textContent();
    const drawn = frame.evaluate(
      (text) =>
        new Promise<number>((resolve) => {
          const look = (): void => {
            if (document.querySelector('.count')?.textContent === text) requestAnimationFrame(look);
            else resolve(Date.now());
          };
          look();
        }),
      before,
    );
    const begin = Date.now();
    await this.page.keyboard.press(key);
    const late = this.page.waitForTimeout(12_000).then(() => undefined);
    const end = await Promise.race([drawn, late]);
    if (end === undefined) throw new Error(`${key} changed nothing: ${before}`);
    if (key === 'F11') this.taken.push(end - begin);
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

function steps(walk: PictureWalk): readonly Step[] {
  const { page } = walk;
  const count = async (selector: string): Promise<number> => (await walk.panel()).locator(selector).count();
  return [
    [
      'the panel opens by itself at the first bailout, beside the editor',
      async () => {
        await walk.isReady();
        await walk.open(example);
        await walk.start();
        await walk.state.filter({ hasText: 'wrong map' }).waitFor({ timeout: 60_000 });
        const frame = await walk.panel();
        equal(await frame.locator('.phase.now .go').textContent(), 'guard', 'the phase');
        ok((await count('.curve')) > 30, 'curves are planned');
        equal(await count('.row.slot:not(.empty)'), 0, 'written slots');
        ok(await page.locator('.tab', { hasText: example }).isVisible(), 'the source is still there');
        await walk.command('View: Toggle Panel Visibility');
        await walk.scene('1-guard', [picture]);
      },
    ],
    [
      'F10 goes to the next phase, F11 draws the next curve',
      async () => {
        await walk.step('F11');
        await walk.step('F10');
        await walk.step('F10');
        const frame = await walk.panel();
        equal(await frame.locator('.phase.now .go').textContent(), 'read', 'the phase');
        ok((await count('.curve.read.drawn')) > 10, 'what is read is drawn');
        for (let written = 1; written <= 14; written++) {
          await walk.step('F11');
          equal(await count('.row.slot:not(.empty)'), written, 'written slots');
          equal(await count('.row.slot.fresh'), 1, 'the slot of this step');
        }
        equal(await count('.curve.fresh'), 1, 'its curve');
        console.log(`  figure: from F11 to the drawn curve ${median(walk.taken)} ms, median of ${walk.taken.length}`);
        await walk.scene('2-translate', [picture]);
      },
    ],
    [
      'pointing at a value lights its way, and the lines it belongs to',
      async () => {
        const frame = await walk.panel();
        await frame.locator('[data-id="xmm1"]').hover();
        await frame.locator('.row.lit').first().waitFor();
        equal(await count('.row.lit'), 3, 'place, chip and slot');
        equal(await count('.curve.lit'), 2, 'both curves');
        const lines = (await frame.locator('.lines').textContent())!;
        for (const part of ['distance += length', 'travel.bytecode', '.x64:'])
          ok(lines.includes(part), `${part} in ${lines}`);
        await walk.scene('3-pointing', [picture]);
        await frame.locator('h1').hover();
      },
    ],
    [
      'the keyboard reaches everything',
      async () => {
        const frame = await walk.panel();
        const focused = (): Promise<string | undefined> =>
          frame.evaluate(() => (document.activeElement as unknown as SVGElement)?.dataset?.id);
        await frame.locator('[data-id="rcx"]').focus();
        await page.keyboard.press('ArrowRight');
        equal(await focused(), 'f0.v8', 'right goes along the curve');
        await page.keyboard.press('ArrowRight');
        ok((await focused())!.startsWith('s0.'), 'and on to the slot');
        await page.keyboard.press('ArrowLeft');
        equal(await focused(), 'f0.v8', 'and back');
        await page.keyboard.press('ArrowDown');
        equal(await focused(), 'f0.v9', 'down goes to the next');
        await page.keyboard.press('Enter');
        equal(await count('.row.pinned'), 1, 'pinned');
        await page.keyboard.press('Escape');
        equal(await count('.row.pinned'), 0, 'pinned');
        await walk.step('F11');
        equal(await count('.row.slot.fresh'), 1, "VS Code's keys work in the panel");
        await walk.focusSource();
      },
    ],
    [
      'one click in the strip sets a breakpoint in a phase, and the program stops there',
      async () => {
        const frame = await walk.panel();
        await frame.getByRole('button', { name: 'Breakpoint phase:materialize' }).click();
        await page.locator('.debug-breakpoints', { hasText: 'phase:materialize' }).waitFor();
        equal(
          await frame.getByRole('button', { name: 'Breakpoint phase:materialize' }).getAttribute('aria-pressed'),
          'true',
          'pressed',
        );
        await walk.focusSource();
        await page.keyboard.press('F5');
        await walk.state.filter({ hasText: 'Deoptimizer: HeapNumber' }).waitFor({ timeout: 30_000 });
        await frame.locator('.phase.now', { hasText: 'materialize' }).waitFor();
        ok((await count('.row.slot.waits')) > 0, 'slots that wait for objects to come');
        await walk.scene('4-first-object', [picture]);
        await walk.focusSource();
        for (let filled = await count('.row.slot.filled'); (await count('.row.slot.waits')) > 0; ) {
          await walk.step('F11');
          const now = await count('.row.slot.filled');
          ok(now - filled <= 1, 'a slot at a time');
          filled = now;
        }
        ok((await count('.row.slot.filled')) > 3, 'slots that were filled');
        ok((await count('.box.object.made')) > 0, 'objects that were made');
        await walk.focusSource();
        await page.mouse.move(400, 700);
        await walk.scene('4-materialize', [picture]);
        await frame.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
        await walk.scene('4-materialize-below', [picture]);
        await frame.locator('main').evaluate((main) => main.scrollTo(0, 0));
      },
    ],
    [
      'a narrow window: the picture scrolls sideways, nothing is cut without a sign',
      async () => {
        const frame = await walk.panel();
        for (const [width, name] of [
          [1100, '5-narrow'],
          [720, '5-very-narrow'],
        ] as const) {
          const before = await frame.evaluate(() => innerWidth);
          await page.setViewportSize({ width, height: 760 });
          await walk.until('a narrower panel', async () => (await frame.evaluate(() => innerWidth)) < before);
          await walk.scene(name, [picture]);
        }
        await page.setViewportSize({ width: 1680, height: 1000 });
      },
    ],
    [
      'after the end the bailout is whole, and plays forwards and backwards',
      async () => {
        await walk.focusSource();
        await page.keyboard.press('F5');
        await page.locator('.debug-toolbar').waitFor({ state: 'hidden', timeout: 30_000 });
        const frame = await walk.panel();
        await frame.locator('.ended', { hasText: 'finished' }).waitFor();
        const all = await count('.row.slot');
        equal(await count('.row.slot:not(.empty)'), all, 'written slots');
        const slider = frame.locator('input[type=range]');
        await slider.focus();
        await page.keyboard.press('Home');
        equal(await count('.row.slot:not(.empty)'), 0, 'written slots at the guard');
        await frame.getByRole('button', { name: 'Play forwards' }).click();
        await frame.locator('.row.slot.fresh').waitFor();
        await frame.getByRole('button', { name: 'Stop playing' }).click();
        const before = await count('.row.slot:not(.empty)');
        await frame.getByRole('button', { name: 'Previous curve' }).click();
        equal(await count('.row.slot:not(.empty)'), before - 1, 'one slot less');
        await frame.getByRole('button', { name: 'Next phase' }).click();
        await walk.scene('6-played', [picture]);
      },
    ],
    [
      'an action in the Bailouts view opens a finished bailout',
      async () => {
        await page.keyboard.press('Control+Alt+w').catch(() => {});
        const header = page.locator('.pane-header', { hasText: /^Bailouts/i }).first();
        if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
        const row = page.locator('.pane-body .monaco-list-row', { hasText: 'length: wrong map' }).first();
        await row.hover();
        await row.getByRole('button', { name: /Open Frame Translation/ }).click();
        await (await walk.panel()).locator('.ended', { hasText: 'finished' }).waitFor();
      },
    ],
    [
      'a command asks for a phase and a function, and adds the breakpoint',
      async () => {
        await walk.command('Bailout: Break in the Deoptimizer');
        await page.locator('.quick-input-list .monaco-list-row', { hasText: 'phase:lookup' }).click();
        await page
          .locator('.quick-input-list .monaco-list-row', { hasText: 'phase:lookup' })
          .waitFor({ state: 'hidden' });
        const input = page.locator('.quick-input-widget input').first();
        await input.waitFor();
        await input.fill('length');
        await page.keyboard.press('Enter');
        await page.locator('.debug-breakpoints', { hasText: 'phase:lookup:length' }).waitFor();
        await walk.command('Remove All Breakpoints');
      },
    ],
    [
      'names and strings of the program stay text',
      async () => {
        await walk.open('hostile.js');
        await walk.start();
        await walk.goOnTo(/wrong map/);
        const frame = await walk.panel();
        await frame.locator('.picture', { hasText: '<svg' }).waitFor();
        equal(
          await count('img, iframe, svg svg, body *[onload], body *[onerror], .page script'),
          0,
          'elements made of texts',
        );
        ok(/<img|<script/.test((await frame.locator('.picture').textContent())!), 'the texts are shown');
        await walk.scene('8-hostile', [picture]);
        await walk.command('Debug: Stop');
      },
    ],
  ];
}

export const pictureWalk: Walk<PictureWalk> = {
  name: 'picture',
  window: PictureWalk,
  steps,
  examples: [example],
  files: { 'hostile.js': hostile },
  launch: stopAtBailouts,
  viewport: { width: 1680, height: 1000 },
  kept: [
    ['4-materialize-dark', 'docs/images/frame-translation.png'],
    ['4-materialize-dark', 'media/walkthrough/step.png'],
  ],
};
