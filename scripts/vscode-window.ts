// A real window as a person uses it: commands, files, themes, keys, screenshots; and what a machine can see of a webview: accessibility,
// contrast. The walks through single features are built of it.

import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { root } from './vscode-server.ts';

export const themes = [
  ['dark', 'Dark Modern'],
  ['light', 'Light Modern'],
  ['hc-dark', 'Dark High Contrast'],
  ['hc-light', 'Light High Contrast'],
] as const;

export class VSCodeWindow {
  readonly page: Page;
  readonly #shots: string;

  /** @param shots folder of screenshots */
  constructor(page: Page, shots: string) {
    this.page = page;
    this.#shots = shots;
    mkdirSync(shots, { recursive: true });
  }

  /** Focuses the source, without scrolling it. */
  async focusSource(): Promise<void> {
    await this.page
      .locator('.editor-group-container .monaco-editor .overflow-guard')
      .first()
      .click({ position: { x: 150, y: 40 } });
  }

  async theme(name: string): Promise<void> {
    const kinds: Readonly<Record<string, string>> = {
      'Dark Modern': 'vs-dark',
      'Light Modern': 'vs',
      'Dark High Contrast': 'hc-black',
      'Light High Contrast': 'hc-light',
    };
    const workbench = this.page.locator('.monaco-workbench');
    for (let tries = 0; tries < 3; tries++) {
      await this.command('Preferences: Color Theme', '');
      await this.page.keyboard.type(name);
      const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
      if (
        await row.waitFor({ timeout: 10_000 }).then(
          () => true,
          () => false,
        )
      )
        await row.click();
      else await this.page.keyboard.press('Escape');
      await this.page.waitForTimeout(1500);
      if ((await workbench.getAttribute('class'))!.split(' ').includes(kinds[name]!)) return;
    }
    throw new Error(`the theme '${name}' was not chosen: ${await workbench.getAttribute('class')}`);
  }

  /** @param exact choose the entry of that very name */
  async command(title: string, exact?: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.page.waitForTimeout(500);
    if (exact === undefined) await this.page.keyboard.press('Enter');
    else
      await this.page
        .locator('.quick-input-list .monaco-list-row')
        .filter({ hasText: new RegExp(`^${title}(?!,)(?!.*Marketplace)`) })
        .first()
        .click();
  }

  /** The document of the webview that holds such an element. */
  async frameWith(selector: string): Promise<Frame> {
    for (let i = 0; i < 150; i++) {
      for (const frame of this.page.frames())
        if (
          (await frame
            .locator(selector)
            .count()
            .catch(() => 0)) > 0
        )
          return frame;
      await this.page.waitForTimeout(200);
    }
    throw new Error(`no webview has a '${selector}': it did not open, or is empty`);
  }

  async open(file: string): Promise<void> {
    await this.command('View: Show Explorer');
    await this.page.locator('.explorer-viewlet .monaco-list-row', { hasText: file }).first().dblclick();
    await this.page.locator('.tab.active', { hasText: file }).waitFor();
    await this.command('View: Show Run and Debug');
    await this.page.waitForTimeout(800);
  }

  async start(): Promise<void> {
    await this.focusSource();
    await this.page.waitForTimeout(300);
    await this.page.keyboard.press('F5');
  }

  get state(): Locator {
    return this.page.locator('.call-stack-state-message');
  }

  async shot(name: string): Promise<void> {
    await this.page.waitForTimeout(500);
    await this.page.screenshot({ path: path.join(this.#shots, `${name}.png`) });
  }
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what}: expected ${expected}, found ${actual}`);
}
export function ok(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

/** Serious findings of axe in a webview, a line each. */
export async function axeProblems(frame: Frame): Promise<string[]> {
  await frame.evaluate('globalThis.__name = (f) => f'); // what tsx compiles functions to
  await frame.evaluate(readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'));
  return frame.evaluate(async () => {
    type Axe = { run(context: Document, options: object): Promise<{ violations: Violation[] }> };
    type Violation = { impact: string; id: string; nodes: { html: string; failureSummary: string }[] };
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `axe ${id} (${nodes.length}×): ${nodes[0]!.html.slice(0, 200)} ${nodes[0]!.failureSummary.slice(0, 300)}`,
      );
  });
}
