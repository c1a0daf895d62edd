// First contact in a real window, as somebody who has just installed it: the Run view's welcome, F5 with and without a file, the picker's
// "Stop at Bailouts", what a stop and a finished run leave on the source, the walkthrough. Screenshots go to .cache/screenshots/first; with
// `--keep` those that the walkthrough shows go to media/walkthrough.

import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { launchBrowser, root, startServer } from './vscode-server.ts';
import { newWorkspace, type Step, takeSteps } from './vscode-steps.ts';
import type { Counts } from './vscode-suite.ts';
import { equal, ok, themes, VSCodeWindow } from './vscode-window.ts';

const shots = path.join(root, '.cache/screenshots/first');
const example = 'shape-change.js';

/** Names and strings of a program that would like to be markup, or a command. */
const hostile = `const key = '<img src=x onerror="document.title=1">';
const shapes = { '[x](command:workbench.action.quit) <b>$(zap)</b>'(o) {
  return o[key] + o.v; } };
const f = shapes['[x](command:workbench.action.quit) <b>$(zap)</b>'];
for (let i = 0; i < 20000; i++) f({ v: 1, [key]: '<script>alert(1)</script>' });
f({ [key]: '![p](https://example.invalid/p.png)', v: 2 });
`;

class FirstWalk extends VSCodeWindow {
  get welcome(): Locator {
    return this.page.locator('.welcome-view-content', { hasText: 'Bailout' }).first();
  }

  /** Chooses in F5's picker. */
  async pick(label: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
    await row.waitFor({ timeout: 10_000 });
    await row.click();
  }

  async expandPane(name: string): Promise<void> {
    const header = this.page.locator('.pane-header', { hasText: new RegExp(`^${name}`, 'i') }).first();
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
  }

  /** Texts that decorations put behind lines. */
  async behindLines(): Promise<string> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.view-lines [class*="ced-"]')]
        .map((span) => getComputedStyle(span, '::after').content)
        .filter((content) => content !== 'none' && content !== '""')
        .join('\n'),
    );
  }
}

function steps(walk: FirstWalk): readonly Step[] {
  const { page } = walk;
  return [
    [
      'the Run view names Bailout before a file is open, and F5 says why it does nothing',
      async () => {
        await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
        await page.waitForTimeout(4000);
        await walk.theme(themes[0][1]);
        await walk.command('View: Show Run and Debug');
        await walk.welcome.waitFor();
        ok(
          await page.locator('.welcome-view-content .monaco-button', { hasText: 'Open the Examples' }).isVisible(),
          'a button for the examples',
        );
        await walk.shot('1-welcome');
      },
    ],
    [
      'with a file the welcome has a button for each way to debug it',
      async () => {
        await walk.open(example);
        await walk.focusSource();
        await walk.command('View: Show Run and Debug');
        await page.locator('.welcome-view-content .monaco-button', { hasText: 'Stop at Bailouts' }).waitFor();
        await walk.shot('2-welcome-file');
      },
    ],
    [
      'F5 offers to stop at bailouts, and does: no red, the reason behind the line',
      async () => {
        await walk.start();
        await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Stop at Bailouts' }).first().waitFor();
        await walk.shot('3-picker');
        await walk.pick('Bailout: Stop at Bailouts');
        await walk.state.filter({ hasText: 'Bailout' }).waitFor({ timeout: 60_000 });
        for (let i = 0; i < 3 && !/wrong map/.test((await walk.state.textContent()) ?? ''); i++) {
          await walk.focusSource();
          await page.keyboard.press('F5');
          await page.waitForTimeout(1500);
        }
        await walk.state.filter({ hasText: 'wrong map' }).waitFor();
        await walk.command('View: Toggle Panel Visibility');
        await page.waitForTimeout(1000);
        equal(await page.locator('.exception-widget').count(), 0, 'red widgets');
        ok(
          /⚡ wrong map: Expected \{width: Smi/.test(await walk.behindLines()),
          `the reason behind the line: ${await walk.behindLines()}`,
        );
        await walk.expandPane('Bailouts');
        const row = page.locator('.pane-body .monaco-list-row', { hasText: 'area: wrong map' }).first();
        await row.waitFor();
        ok(/stopped here/.test((await row.textContent())!), 'the Bailouts view holds the one it is stopped at');
        await walk.shot('4-stop');
      },
    ],
    [
      'after the run the source says what was optimized and left, and why',
      async () => {
        await walk.focusSource();
        for (let i = 0; i < 6 && (await page.locator('.debug-toolbar').isVisible()); i++) {
          await page.keyboard.press('F5');
          await page.waitForTimeout(1200);
        }
        await page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
        await walk.focusSource();
        await walk.command('Bailout: Debug File in Bailout', 'yes');
        await page.waitForTimeout(3000);
        await page.locator('.debug-toolbar').waitFor({ state: 'hidden', timeout: 30_000 });
        await walk.command('View: Toggle Panel Visibility');
        await walk.expandPane('Bailouts');
        await page.waitForTimeout(1000);
        const texts = await walk.behindLines();
        for (const text of ['▲ optimized', '⚡ wrong map', '✓ free exit'])
          ok(texts.includes(text), `${text} in ${texts}`);
        await walk.shot('5-marks');
      },
    ],
    ...themes.map(
      ([name, theme]) =>
        [
          `the marks in ${theme}`,
          async () => {
            await walk.theme(theme);
            await page.waitForTimeout(800);
            await walk.shot(`6-marks-${name}`);
          },
        ] as const,
    ),
    [
      'a mark explains itself; names and strings of the program stay text there and in the Bailouts view',
      async () => {
        await walk.theme(themes[0][1]);
        await walk.open('hostile.js');
        await walk.focusSource();
        await walk.command('Bailout: Debug File in Bailout', 'yes');
        await page.waitForTimeout(4000);
        await page.locator('.debug-toolbar').waitFor({ state: 'hidden', timeout: 30_000 });
        await walk.expandPane('Bailouts');
        const row = page.locator('.pane-body .monaco-list-row', { hasText: 'wrong map' }).first();
        await row.waitFor();
        ok(/\$\(zap\)/.test((await row.textContent())!), 'no icon is made of a name');
        await row.hover();
        await page.waitForTimeout(1500);
        const hover = page.locator('.monaco-hover:visible, .workbench-hover-container:visible');
        equal(await hover.locator('img, a[data-href], a[href], b').count(), 0, 'markup in the hover');
        await walk.shot('7-hostile');
        await page.keyboard.press('Escape');
        const line = page.locator('.view-line', { hasText: 'return o[key]' }).first();
        const box = (await line.boundingBox())!;
        await page.mouse.move(box.x + 210, box.y + box.height / 2, { steps: 4 });
        await page.waitForTimeout(1500);
        ok(
          /Expected/.test((await page.locator('.monaco-hover:visible').allTextContents()).join()),
          'the hover explains',
        );
        equal(
          await page.locator('.monaco-hover:visible').locator('img, a[data-href], a[href]').count(),
          0,
          'markup in the editor hover',
        );
        await walk.shot('7-hostile-mark');
        ok(page.url().startsWith('http') && (await page.title()) !== '1', 'nothing ran');
      },
    ],
    [
      'the walkthrough shows pictures',
      async () => {
        await walk.command('Welcome: Open Walkthrough...', undefined);
        await page.waitForTimeout(1500);
        await page.keyboard.type('See through the JIT');
        await page.waitForTimeout(800);
        await page.keyboard.press('Enter');
        const step = page
          .locator('.gettingStartedContainer .getting-started-step', { hasText: 'Stop at a bailout' })
          .first();
        await step.waitFor();
        await step.click();
        await page.waitForTimeout(2500);
        await walk.shot('8-walkthrough');
      },
    ],
    [
      'the examples open in a window of their own',
      async () => {
        const opened = page.context().waitForEvent('page', { timeout: 20_000 });
        await walk.command('Bailout: Open the Examples');
        const other = await opened;
        await other.waitForURL(/folder=.*examples/, { timeout: 20_000 });
        await other.close();
      },
    ],
  ];
}

/** Which screenshots the walkthrough shows, cut to what they are about. */
export const kept: readonly (readonly [shot: string, file: string])[] = [
  ['3-picker', 'run'],
  ['4-stop', 'stop'],
  ['6-marks-dark', 'marks'],
];

export async function runFirstWalk(): Promise<Counts> {
  rmSync(shots, { recursive: true, force: true });
  const folder = newWorkspace('first-walk', undefined, { 'bailout.frameTranslation.openOnStop': false });
  for (const file of [example, 'package.json'])
    copyFileSync(path.join(root, 'examples', file), path.join(folder, file));
  writeFileSync(path.join(folder, 'hostile.js'), hostile);
  const server = await startServer();
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(20_000);
    await page.goto(server.url(folder));
    const walk = new FirstWalk(page, shots);
    const counts = await takeSteps('first contact', steps(walk), false, async (count) => {
      await walk.shot(`failed-${count}`);
      return '';
    });
    if (process.argv.includes('--keep') && counts.failed === 0) {
      mkdirSync(path.join(root, 'media/walkthrough'), { recursive: true });
      for (const [shot, file] of kept)
        copyFileSync(path.join(shots, `${shot}.png`), path.join(root, `media/walkthrough/${file}.png`));
    }
    return counts;
  } finally {
    await browser.close();
    await server.stop();
  }
}
