// First contact in a real window, as somebody who has just installed it: the Run view's welcome, F5 with and without a file, the picker's
// "Stop at Bailouts", what a stop and a finished run leave on the source, the walkthrough.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { markProblems } from './vscode-looks.ts';
import { root } from './vscode-server.ts';
import type { Step } from './vscode-steps.ts';
import type { Walk } from './vscode-walks.ts';
import { equal, ok, VSCodeWindow } from './vscode-window.ts';

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

  /** Texts that decorations put behind lines. */
  async behindLines(): Promise<string> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.view-lines [class*="ced-"]')]
        .map((span) => getComputedStyle(span, '::after').content)
        .filter((content) => content !== 'none' && content !== '""')
        .join('\n'),
    );
  }

  /** Runs the open file from its command to its end. */
  async runToEnd(): Promise<void> {
    const toolbar = this.page.locator('.debug-toolbar');
    await this.command('Bailout: Debug File in Bailout');
    await toolbar.waitFor({ timeout: 5000 }).catch(() => {}); // a short run may be over already
    await toolbar.waitFor({ state: 'hidden', timeout: 30_000 });
  }

  /** Contrast of the marks on the source. */
  marks(): Promise<string[]> {
    return markProblems(this.page, iconColor);
  }
}

const iconColor = (name: string): string =>
  /fill="(#\w+)"/.exec(readFileSync(path.join(root, `media/markers/${name}.svg`), 'utf8'))![1]!;

function steps(walk: FirstWalk): readonly Step[] {
  const { page } = walk;
  return [
    [
      'the Run view names Bailout before a file is open',
      async () => {
        await walk.isReady();
        await walk.command('View: Show Run and Debug');
        await walk.welcome.waitFor();
        ok(
          await page.locator('.welcome-view-content .monaco-button', { hasText: 'Open the Examples' }).isVisible(),
          'a button for the examples',
        );
        await walk.scene('1-welcome');
      },
    ],
    [
      'with a file the welcome has a button for each way to debug it',
      async () => {
        await walk.open(example);
        await walk.focusSource();
        await walk.command('View: Show Run and Debug');
        await page.locator('.welcome-view-content .monaco-button', { hasText: 'Stop at Bailouts' }).waitFor();
        await walk.scene('2-welcome-file');
      },
    ],
    [
      'F5 offers to stop at bailouts, and does: no red, the reason behind the line',
      async () => {
        await walk.start();
        await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Stop at Bailouts' }).first().waitFor();
        await walk.scene('3-picker');
        await walk.pick('Bailout: Stop at Bailouts');
        await walk.goOnTo(/wrong map/);
        await walk.command('View: Toggle Panel Visibility');
        await walk.until('the reason behind the line', async () =>
          /⚡ wrong map: Expected \{width: Smi/.test(await walk.behindLines()),
        );
        equal(await page.locator('.exception-widget').count(), 0, 'red widgets');
        await walk.expandPane('Bailouts');
        const row = page.locator('.pane-body .monaco-list-row', { hasText: 'area: wrong map' }).first();
        await row.waitFor();
        ok(/stopped here/.test((await row.textContent())!), 'the Bailouts view holds the one it is stopped at');
        await walk.scene('4-stop', [], () => walk.marks());
      },
    ],
    [
      'after the run the source says what was optimized and left, and why',
      async () => {
        await walk.goOnToEnd();
        await walk.focusSource();
        await walk.runToEnd();
        await walk.command('View: Toggle Panel Visibility');
        await walk.expandPane('Bailouts');
        for (const text of ['▲ optimized', '⚡ wrong map', '✓ free exit'])
          await walk.until(`'${text}' behind a line`, async () => (await walk.behindLines()).includes(text));
        await walk.scene('5-marks', [], () => walk.marks());
      },
    ],
    [
      'a mark explains itself; names and strings of the program stay text there and in the Bailouts view',
      async () => {
        await walk.open('hostile.js');
        await walk.focusSource();
        await walk.runToEnd();
        await walk.expandPane('Bailouts');
        const row = page.locator('.pane-body .monaco-list-row', { hasText: 'wrong map' }).first();
        await row.waitFor();
        ok(/\$\(zap\)/.test((await row.textContent())!), 'no icon is made of a name');
        await row.hover();
        const hover = page.locator('.monaco-hover:visible, .workbench-hover-container:visible');
        await hover.first().waitFor();
        equal(await hover.locator('img, a[data-href], a[href], b').count(), 0, 'markup in the hover');
        await walk.scene('7-hostile');
        await page.keyboard.press('Escape');
        const line = page.locator('.view-line', { hasText: 'return o[key]' }).first();
        const box = (await line.boundingBox())!;
        await page.mouse.move(box.x + 210, box.y + box.height / 2, { steps: 4 });
        await page.locator('.monaco-hover:visible', { hasText: 'Expected' }).first().waitFor();
        equal(
          await page.locator('.monaco-hover:visible').locator('img, a[data-href], a[href]').count(),
          0,
          'markup in the editor hover',
        );
        ok(page.url().startsWith('http') && (await page.title()) !== '1', 'nothing ran');
      },
    ],
    [
      'the walkthrough shows pictures',
      async () => {
        await walk.command('Welcome: Open Walkthrough...');
        const entry = page.locator('.quick-input-list .monaco-list-row', { hasText: 'See through the JIT' }).first();
        await entry.waitFor();
        await entry.click();
        const step = page
          .locator('.gettingStartedContainer .getting-started-step', { hasText: 'Stop at a bailout' })
          .first();
        await step.waitFor();
        await step.click();
        await walk.frameWith('img');
        await walk.scene('8-walkthrough');
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

export const firstWalk: Walk<FirstWalk> = {
  name: 'first',
  window: FirstWalk,
  steps,
  examples: [example, 'package.json'],
  files: { 'hostile.js': hostile },
  settings: { 'bailout.frameTranslation.openOnStop': false },
  viewport: { width: 1280, height: 800 },
  kept: [
    ['3-picker-dark', 'media/walkthrough/run.png'],
    ['4-stop-dark', 'media/walkthrough/stop.png'],
    ['5-marks-dark', 'media/walkthrough/marks.png'],
  ],
};
