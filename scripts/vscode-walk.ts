// A walk through a real window as a person would take it: open an example, press F5 with the filter "Eager bailout" on, look
// at the scopes of the stop, step into the Deoptimizer, go on. Saves screenshots into .cache/screenshots; with
// `--keep` copies the two that the README shows to docs/images.

import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { launchBrowser, root, startServer } from './vscode-server.ts';
import { newWorkspace, type Step, takeSteps } from './vscode-steps.ts';
import type { Counts } from './vscode-suite.ts';

const shots = path.join(root, '.cache/screenshots');

class Walk {
  constructor(readonly page: Page) {}

  async shot(name: string): Promise<void> {
    await this.page.mouse.move(700, 560); // nothing there has a hover
    await this.page.waitForTimeout(500);
    await this.page.screenshot({ path: path.join(shots, `${name}.png`) });
  }

  /** Runs a command through the command palette. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input[type=text], .quick-input-widget input.input').first();
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.page.waitForTimeout(300);
    await this.page.keyboard.press('Enter');
  }

  async openFile(name: string): Promise<void> {
    await this.command('View: Show Explorer');
    await this.page.locator('.explorer-viewlet .monaco-list-row', { hasText: name }).first().dblclick();
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
  }

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

  async expandScope(name: string | RegExp): Promise<void> {
    const row = this.#scope(name);
    await row.waitFor({ timeout: 10_000 });
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.click();
    await this.page.waitForTimeout(400);
  }

  async collapseScope(name: string | RegExp): Promise<void> {
    const row = this.#scope(name);
    if ((await row.count()) > 0 && (await row.getAttribute('aria-expanded')) === 'true') await row.click();
    await this.page.waitForTimeout(300);
  }

  /** F5, with the editor in focus; picks Bailout where VS Code asks which debugger. */
  async start(): Promise<void> {
    await this.page.locator('.monaco-editor .view-lines').first().click();
    await this.page.keyboard.press('F5');
    const pick = this.page.locator('.quick-input-list .monaco-list-row', { hasText: /^Bailout/ }).first();
    await pick.waitFor({ timeout: 2500 }).then(
      () => pick.click(),
      () => {},
    );
  }

  #pane(name: string): Locator {
    return this.page.locator('.pane-header', { hasText: new RegExp(name, 'i') }).first();
  }

  async collapsePane(name: string): Promise<void> {
    const header = this.#pane(name);
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.locator('.title').first().click();
  }

  async expandPane(name: string): Promise<void> {
    const header = this.#pane(name);
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.locator('.title').first().click();
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

  async state(): Promise<string> {
    return (
      (await this.page
        .locator('.call-stack-state-message')
        .textContent()
        .catch(() => '')) ?? ''
    );
  }

  /** Presses a key that steps, and waits until the stop has another description. */
  async step(key: string): Promise<void> {
    const before = await this.state();
    await this.page.keyboard.press(key);
    for (let i = 0; i < 40 && ['', before].includes(await this.state()); i++) await this.page.waitForTimeout(50);
    await this.page.waitForTimeout(150);
  }

  async tickBreakpoint(label: string): Promise<void> {
    const row = this.page.locator('.debug-breakpoints .monaco-list-row', { hasText: label }).first();
    await row.waitFor({ timeout: 10_000 });
    const box = row.locator('input[type=checkbox]');
    if (!(await box.isChecked())) await box.click();
  }
}

/** The steps; each is one test. `scripted` = over the scripted engine, whose frames are known. */
function steps(walk: Walk, file: string, scripted: boolean): readonly Step[] {
  const { page } = walk;
  return [
    [
      'the example opens, and the Run button offers Bailout',
      async () => {
        await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
        await page.waitForTimeout(2500);
        await walk.openFile(path.basename(file));
        await walk.command('View: Show Run and Debug');
        await page.waitForTimeout(500);
        await walk.widenSideBar(190);
        await walk.shot('1-open');
      },
    ],
    ...(scripted
      ? []
      : ([
          [
            'F5 without a launch.json runs the open file',
            async () => {
              await walk.start();
              await page.locator('.repl', { hasText: 'after: 180012' }).waitFor({ timeout: 30_000 });
              await page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
              await walk.shot('1-ran');
              await walk.expandPane('Breakpoints');
              await walk.tickBreakpoint('Eager bailout');
            },
          ],
        ] as const)),
    [
      'F5 stops at a bailout',
      async () => {
        await walk.start();
        const state = page.locator('.call-stack-state-message', { hasText: /Bailout/ });
        await state.waitFor({ timeout: 30_000 });
        // The script's own loop may bail out first; the guard of interest is the one on the shape.
        for (let i = 0; i < 3 && !/wrong map/.test((await state.textContent()) ?? ''); i++) {
          await page.keyboard.press('F5');
          await page.waitForTimeout(1500);
        }
        await page.locator('.call-stack-state-message', { hasText: /wrong map/ }).waitFor();
        for (const pane of ['Watch', 'Loaded Scripts', 'Breakpoints']) await walk.collapsePane(pane);
        await walk.expandPane('Bailouts');
        await walk.shot('2-bailout');
      },
    ],
    [
      'the scopes of the stop open',
      async () => {
        await walk.command('Debug: Focus on Variables View');
        await walk.expandScope('x64 Registers');
        await walk.variables(/^rax/).waitFor();
        await walk.shot('3-registers');
        await walk.expandScope('FrameState');
        await walk.shot('4-framestate');
      },
    ],
    [
      'the optimized code opens beside the source',
      async () => {
        await walk.command('Bailout: Show Optimized Code');
        await page.locator('.tab.active', { hasText: '.x64' }).waitFor();
        await walk.shot('5-code');
        await page.keyboard.press('Control+w');
        await page.waitForTimeout(500);
        await page
          .locator('.monaco-editor .view-lines')
          .first()
          .click({ position: { x: 20, y: 10 } });
      },
    ],
    [
      'stepping in enters the Deoptimizer, and output frames appear',
      async () => {
        await page.keyboard.press('F11');
        await walk.callStack(/Deoptimizer/).waitFor({ timeout: 15_000 });
        await walk.shot('6-deoptimizer');
        if (scripted) return;
        for (let i = 0; i < 8 && !(await walk.callStack(/translate frame/).isVisible()); i++) await walk.step('F11');
        for (let slot = 0; slot < 8; slot++) await walk.step('F11');
        await walk.callStack(/being built/).waitFor();
        await page.waitForTimeout(1500);
        await walk.collapseScope('x64 Registers');
        await walk.expandScope(/Output/i);
        await walk.shot('7-output-frame');
      },
    ],
    [
      'the program goes on and ends',
      async () => {
        for (let i = 0; i < 12; i++) {
          if (!(await page.locator('.debug-toolbar').isVisible())) break;
          await page.keyboard.press('F5');
          await page.waitForTimeout(700);
        }
        await page.locator('.debug-toolbar').waitFor({ state: 'hidden', timeout: 15_000 });
        await walk.shot('8-end');
      },
    ],
  ];
}

export async function runWalk(): Promise<Counts> {
  rmSync(shots, { recursive: true, force: true });
  mkdirSync(shots, { recursive: true });
  const scripted = !existsSync(path.join(root, 'dist/engine-worker.js')) || process.argv.includes('--scripted');
  const example = path.join(root, scripted ? 'test/adapter/program.js' : 'examples/shape-change.js');
  const adapter = scripted ? await (await import('../test/adapter/scripted.ts')).startScriptedAdapter() : undefined;
  const program = path.join(root, '.cache/walk', path.basename(example));
  const launch = { type: 'bailout', request: 'launch', name: 'Bailout', program, stopOnBailout: true };
  const folder = newWorkspace('walk', adapter && { ...launch, debugServer: adapter.port });
  copyFileSync(example, program);
  const server = await startServer();
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1480, height: 960 } });
    page.setDefaultTimeout(15_000);
    await page.goto(server.url(folder));
    const counts = await takeSteps('walk', steps(new Walk(page), program, scripted), true, async () => {
      await page.screenshot({ path: path.join(shots, 'failed.png') });
      return 'screenshot: .cache/screenshots/failed.png';
    });
    if (process.argv.includes('--keep') && counts.failed === 0 && !scripted) {
      mkdirSync(path.join(root, 'docs/images'), { recursive: true });
      copyFileSync(path.join(shots, '5-code.png'), path.join(root, 'docs/images/bailout.png'));
      copyFileSync(path.join(shots, '7-output-frame.png'), path.join(root, 'docs/images/deoptimizer.png'));
    }
    return counts;
  } finally {
    await browser.close();
    await server.stop();
    adapter?.stop();
  }
}
