// The Frame Translation in a real window, as a person uses it: it opens at the guard, F11 draws curve after curve, pointing lights a
// value's way, a breakpoint in a phase is one click, the finished bailout plays forwards and backwards; in four themes, with what a
// machine can see checked on each screenshot: accessibility, contrast, texts inside their columns, nothing blank.
// Screenshots go to .cache/screenshots/picture; with `--keep` the one that the README shows goes to docs/images.

import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { launchBrowser, root, startServer } from './vscode-server.ts';
import { newWorkspace, type Step, takeSteps } from './vscode-steps.ts';
import type { Counts } from './vscode-suite.ts';
import { axeProblems, equal, ok, themes, VSCodeWindow } from './vscode-window.ts';

const shots = path.join(root, '.cache/screenshots/picture');
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
    return this.frameWith('svg.picture .row');
  }

  /** Presses a key that steps; waits until the panel shows another step. */
  async step(key: string): Promise<void> {
    const frame = await this.panel();
    const before = await frame.locator('.count').textContent();
    await this.page.keyboard.press(key);
    for (let i = 0; i < 100; i++) {
      await this.page.waitForTimeout(100);
      if ((await frame.locator('.count').textContent()) !== before) return;
    }
    throw new Error(`${key} changed nothing: ${before}`);
  }
}

/** What a machine can see of a drawn panel: each problem as a line. */
async function problems(frame: Frame): Promise<string[]> {
  const serious = await axeProblems(frame);
  const drawn = await frame.evaluate(async () => {
    const found: string[] = [];
    // Contrast of SVG texts, which axe does not judge, against the surface they stand on.
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
    const rgb = (color: string, under = [255, 255, 255]): number[] => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data as unknown as number[];
      return [r!, g!, b!].map((c, i) => (c * a! + under[i]! * (255 - a!)) / 255);
    };
    const luminance = (color: number[]): number => {
      const [r, g, b] = color.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    const ratio = (a: number[], b: number[]): number => {
      const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
      return (high! + 0.05) / (low! + 0.05);
    };
    const page = rgb(getComputedStyle(document.body).backgroundColor);
    const surfaceElement = document.querySelector('.box rect')!;
    const surface = rgb(getComputedStyle(surfaceElement).fill, page);
    const poor = new Map<string, number>();
    for (const text of document.querySelectorAll<SVGTextElement>('svg.picture text')) {
      if (text.textContent === '') continue;
      const row = text.closest('.row');
      const back = row?.querySelector('.back');
      const under = text.closest('.badge, .headings') === null ? surface : page;
      const behind = back === null || back === undefined ? under : rgb(getComputedStyle(back).fill, under);
      const contrast = ratio(rgb(getComputedStyle(text).fill, behind), behind);
      const name = `${(row ?? text.parentElement)!.getAttribute('class')} ${text.getAttribute('class')}`;
      if (contrast < 4.5) poor.set(name, Math.min(contrast, poor.get(name) ?? 99));
    }
    for (const [name, contrast] of poor) found.push(`contrast ${contrast.toFixed(2)} of '${name}'`);
    // Texts stay inside their boxes.
    for (const row of document.querySelectorAll<SVGGElement>('svg.picture .row')) {
      const box = row.querySelector<SVGRectElement>('.back')!.getBBox();
      let last = box.x;
      for (const text of row.querySelectorAll('text')) {
        if (text.textContent === '') continue;
        const { x, width } = text.getBBox();
        if (x < last - 1 || x + width > box.x + box.width + 1) found.push(`clipped: ${row.textContent?.slice(0, 80)}`);
        last = x + width;
      }
    }
    for (const button of document.querySelectorAll<HTMLElement>(
      'header button, .sentence, h1, .line, .legend, .player',
    )) {
      const box = button.getBoundingClientRect();
      if (box.right > document.documentElement.clientWidth + 1) found.push(`beyond the panel: ${button.textContent}`);
    }
    if (document.querySelectorAll('svg.picture .curve').length < 10) found.push('blank: no curves');
    return found;
  });
  return [...serious, ...drawn];
}

function steps(walk: PictureWalk): readonly Step[] {
  const { page } = walk;
  const count = async (selector: string): Promise<number> => (await walk.panel()).locator(selector).count();
  return [
    [
      'the panel opens by itself at the first bailout, beside the editor',
      async () => {
        await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
        await page.waitForTimeout(4000);
        await walk.theme(themes[0][1]);
        await walk.open(example);
        await walk.start();
        await walk.state.filter({ hasText: 'wrong map' }).waitFor({ timeout: 60_000 });
        const frame = await walk.panel();
        equal(await frame.locator('.phase.now .go').textContent(), 'guard', 'the phase');
        ok((await count('.curve')) > 30, 'curves are planned');
        equal(await count('.row.slot:not(.empty)'), 0, 'written slots');
        ok(await page.locator('.tab', { hasText: example }).isVisible(), 'the source is still there');
        await walk.command('View: Toggle Panel Visibility');
        await page.waitForTimeout(800);
        await walk.shot('1-guard');
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
        await walk.shot('2-translate');
      },
    ],
    [
      'pointing at a value lights its way, and the lines it belongs to',
      async () => {
        const frame = await walk.panel();
        await frame.locator('[data-id="xmm1"]').hover();
        await page.waitForTimeout(400);
        equal(await count('.row.lit'), 3, 'place, chip and slot');
        equal(await count('.curve.lit'), 2, 'both curves');
        const lines = (await frame.locator('.lines').textContent())!;
        for (const part of ['distance += length', 'travel.bytecode', '.x64:'])
          ok(lines.includes(part), `${part} in ${lines}`);
        await walk.shot('3-pointing');
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
        await walk.state.filter({ hasText: 'materialize' }).waitFor({ timeout: 30_000 });
        await frame.locator('.phase.now', { hasText: 'materialize' }).waitFor();
        equal(await count('.row.slot.waits'), 0, 'slots that wait');
        ok((await count('.row.slot.filled')) > 3, 'slots that were filled');
        await walk.shot('4-materialize');
      },
    ],
    ...themes.map(
      ([name, theme]) =>
        [
          `the picture in ${theme}`,
          async () => {
            await walk.theme(theme);
            await walk.focusSource();
            await page.mouse.move(400, 700);
            await page.waitForTimeout(1000);
            const frame = await walk.panel();
            await walk.shot(`5-${name}`);
            await frame.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
            await walk.shot(`5-${name}-below`);
            await frame.locator('main').evaluate((main) => main.scrollTo(0, 0));
            const found = await problems(frame);
            ok(found.length === 0, found.join('\n    '));
          },
        ] as const,
    ),
    [
      'a narrow window: the picture scrolls sideways, nothing is cut without a sign',
      async () => {
        await page.setViewportSize({ width: 1100, height: 760 });
        await page.waitForTimeout(1500);
        const frame = await walk.panel();
        await walk.shot('5-narrow');
        const found = await problems(frame);
        await page.setViewportSize({ width: 720, height: 760 });
        await page.waitForTimeout(1500);
        await walk.shot('5-very-narrow');
        found.push(...(await problems(frame)));
        await page.setViewportSize({ width: 1680, height: 1000 });
        ok(found.length === 0, found.join('\n    '));
      },
    ],
    [
      'after the end the bailout is whole, and plays forwards and backwards',
      async () => {
        await walk.theme(themes[0][1]);
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
        await page.waitForTimeout(400);
        await walk.shot('6-played');
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
        await page.waitForTimeout(500);
        const input = page.locator('.quick-input-widget input').first();
        await input.fill('length');
        await page.keyboard.press('Enter');
        await page.locator('.debug-breakpoints', { hasText: 'phase:lookup:length' }).waitFor();
        await walk.shot('7-breakpoints');
        await walk.command('Debug: Remove All Breakpoints');
      },
    ],
    [
      'names and strings of the program stay text',
      async () => {
        await walk.open('hostile.js');
        await walk.start();
        for (let i = 0; i < 6; i++) {
          await walk.state.filter({ hasText: /Bailout|Deoptimizer/ }).waitFor({ timeout: 60_000 });
          if (/wrong map/.test((await walk.state.textContent()) ?? '')) break;
          await page.keyboard.press('F5');
          await page.waitForTimeout(1500);
        }
        const frame = await walk.panel();
        await frame.locator('.picture', { hasText: '<svg' }).waitFor();
        equal(
          await count('img, iframe, svg svg, body *[onload], body *[onerror], .page script'),
          0,
          'elements made of texts',
        );
        ok(/<img|<script/.test((await frame.locator('.picture').textContent())!), 'the texts are shown');
        await walk.shot('8-hostile');
        await walk.command('Debug: Stop');
      },
    ],
  ];
}

export async function runPictureWalk(): Promise<Counts> {
  rmSync(shots, { recursive: true, force: true });
  mkdirSync(shots, { recursive: true });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code substitutes it
  const launch = { type: 'bailout', request: 'launch', name: 'Bailout', program: '${file}', stopOnBailout: true };
  const folder = newWorkspace('picture-walk', launch);
  copyFileSync(path.join(root, 'examples', example), path.join(folder, example));
  writeFileSync(path.join(folder, 'hostile.js'), hostile);
  const server = await startServer();
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1680, height: 1000 } });
    page.setDefaultTimeout(20_000);
    await page.goto(server.url(folder));
    const walk = new PictureWalk(page, shots);
    const counts = await takeSteps('picture', steps(walk), false, async (count) => {
      await walk.shot(`failed-${count}`);
      return '';
    });
    if (process.argv.includes('--keep') && counts.failed === 0) {
      mkdirSync(path.join(root, 'docs/images'), { recursive: true });
      for (const file of ['docs/images/frame-translation.png', 'media/walkthrough/step.png'])
        copyFileSync(path.join(shots, '5-dark.png'), path.join(root, file));
    }
    return counts;
  } finally {
    await browser.close();
    await server.stop();
  }
}
