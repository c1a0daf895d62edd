// An everyday walk: open an example, press F5 with the filter "Eager bailout" on, look at the scopes of the stop, open the optimized
// code, step into the Deoptimizer, go on.

import type { Locator } from 'playwright-core';
import type { Step } from './vscode-steps.ts';
import type { Walk } from './vscode-walks.ts';
import { VSCodeWindow } from './vscode-window.ts';

const example = 'shape-change.js';

class EverydayWalk extends VSCodeWindow {
  callStack(text: string | RegExp): Locator {
    return this.page.locator('.debug-call-stack .monaco-list-row', { hasText: text }).first();
  }

  variables(text: string | RegExp): Locator {
    return this.page.locator('.debug-variables .monaco-list-row', { hasText: text }).first();
  }

  #scope(name: string | RegExp): Locator {
    return this.page
      .locator('.debug-variables .monaco-list-row', { has: this.page.locator('.scope', { hasText: name }) })
      .first();
  }

  async toggleScope(name: string | RegExp, isOpen: boolean): Promise<void> {
    const row = this.#scope(name);
    if (isOpen) await row.waitFor({ timeout: 10_000 });
    else if ((await row.count()) === 0) return; // further down
    if ((await row.getAttribute('aria-expanded')) === String(!isOpen)) await row.click();
    await this.page.waitForTimeout(300);
  }

  /** Room for values in the side bar. */
  async widenSideBar(by: number): Promise<void> {
    const box = (await this.page.locator('.part.sidebar').boundingBox())!;
    const [x, y] = [box.x + box.width, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + by, y, { steps: 5 });
    await this.page.mouse.up();
  }

  /** Presses a key that steps, and waits until the stop has another description. */
  async step(key: string): Promise<void> {
    const description = async (): Promise<string> =>
      (await this.state.textContent({ timeout: 500 }).catch(() => '')) ?? '';
    const before = await description();
    await this.page.keyboard.press(key);
    for (let i = 0; i < 40 && ['', before].includes(await description()); i++) await this.page.waitForTimeout(50);
  }

  async tickBreakpoint(label: string): Promise<void> {
    const row = this.page.locator('.debug-breakpoints .monaco-list-row', { hasText: label }).first();
    await row.waitFor({ timeout: 10_000 });
    const box = row.locator('input[type=checkbox]');
    if (!(await box.isChecked())) await box.click();
  }

  /** Nothing there has a hover. */
  async restPointer(): Promise<void> {
    await this.page.mouse.move(700, 560);
  }
}

/** The steps; each is one test, and needs the one before. */
function steps(walk: EverydayWalk): readonly Step[] {
  const { page } = walk;
  return [
    [
      'the example opens',
      async () => {
        await walk.isReady();
        await walk.open(example);
        await walk.widenSideBar(190);
      },
    ],
    [
      'F5 without a launch.json runs the open file',
      async () => {
        await walk.start();
        const pick = page.locator('.quick-input-list .monaco-list-row', { hasText: /^Bailout/ }).first();
        await pick.waitFor();
        await pick.click();
        await page.locator('.repl', { hasText: 'after: 180012' }).waitFor({ timeout: 60_000 });
        await page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
        await walk.restPointer();
        await walk.scene('1-ran');
        await walk.expandPane('Breakpoints');
        await walk.tickBreakpoint('Eager bailout');
      },
    ],
    [
      'F5 stops at a bailout',
      async () => {
        await walk.start();
        const pick = page.locator('.quick-input-list .monaco-list-row', { hasText: /^Bailout/ }).first();
        await Promise.race([
          walk.state.filter({ hasText: /Bailout/ }).waitFor({ timeout: 60_000 }),
          pick.waitFor({ timeout: 60_000 }).then(() => pick.click()),
        ]);
        await walk.goOnTo(/wrong map/);
        for (const pane of ['Watch', 'Loaded Scripts', 'Breakpoints']) await walk.collapsePane(pane);
        await walk.expandPane('Bailouts');
      },
    ],
    [
      'the scopes of the stop open',
      async () => {
        await walk.toggleScope('x64 Registers', true);
        await walk.variables(/^rax/).waitFor();
        await walk.toggleScope('FrameState', true);
        await walk.restPointer();
        await walk.scene('2-scopes');
      },
    ],
    [
      'the optimized code opens beside the source',
      async () => {
        await walk.command('Bailout: Show Optimized Code');
        await page.locator('.tab.active', { hasText: '.x64' }).waitFor();
        await walk.restPointer();
        await walk.scene('5-code');
        await page.keyboard.press('Control+w');
        await page.locator('.tab', { hasText: '.x64' }).waitFor({ state: 'detached' });
        await walk.focusSource();
      },
    ],
    [
      'stepping in enters the Deoptimizer, and output frames appear',
      async () => {
        await page.keyboard.press('F11');
        await walk.callStack(/Deoptimizer/).waitFor({ timeout: 15_000 });
        for (let i = 0; i < 8 && !(await walk.callStack(/translate frame/).isVisible()); i++) await walk.step('F11');
        for (let slot = 0; slot < 8; slot++) await walk.step('F11');
        await walk.callStack(/being built/).waitFor();
        await walk.toggleScope('x64 Registers', false);
        await walk.toggleScope(/Output/i, true);
        await walk.restPointer();
        await walk.scene('7-output-frame');
      },
    ],
    ['the program goes on and ends', () => walk.goOnToEnd()],
  ];
}

export const everydayWalk: Walk<EverydayWalk> = {
  name: 'everyday',
  window: EverydayWalk,
  steps,
  isChain: true,
  examples: [example],
  viewport: { width: 1480, height: 960 },
  kept: [
    ['5-code-dark', 'docs/images/bailout.png'],
    ['7-output-frame-dark', 'docs/images/deoptimizer.png'],
  ],
};
