// A real window as a person uses it: commands, files, keys; and scenes, which are looked at in four themes.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { webviewProblems } from './vscode-looks.ts';
import type { ContactSheet } from './vscode-sheet.ts';

/** `kind` is the workbench's class, and with `vscode-` before it the webviews'. */
export const themes = [
  { name: 'dark', title: 'Dark Modern', id: 'Default Dark Modern', kind: 'vs-dark', webview: 'vscode-dark' },
  { name: 'light', title: 'Light Modern', id: 'Default Light Modern', kind: 'vs', webview: 'vscode-light' },
  {
    name: 'hc-dark',
    title: 'Dark High Contrast',
    id: 'Default High Contrast',
    kind: 'hc-black',
    webview: 'vscode-high-contrast',
  },
  {
    name: 'hc-light',
    title: 'Light High Contrast',
    id: 'Default High Contrast Light',
    kind: 'hc-light',
    webview: 'vscode-high-contrast-light',
  },
] as const;

type Theme = (typeof themes)[number];

/** Where a walk's window keeps what. */
export interface WindowFolders {
  readonly workspace: string;
  readonly shots: string;
}

export class VSCodeWindow {
  readonly page: Page;
  readonly #folders: WindowFolders;
  readonly #sheet: ContactSheet;
  #theme: Theme | undefined;

  constructor(page: Page, folders: WindowFolders, sheet: ContactSheet) {
    this.page = page;
    this.#folders = folders;
    this.#sheet = sheet;
    mkdirSync(folders.shots, { recursive: true });
  }

  /** Waits until the window is there and the extension's commands are known. */
  async isReady(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await this.page.locator('.explorer-viewlet .monaco-list-row').first().waitFor({ timeout: 60_000 });
    await this.choose('Bailout: Open the Examples');
    await this.page.keyboard.press('Escape');
    // A new window takes its theme from the system; once it has seen a change it is the one that the settings say.
    await this.theme('hc-dark');
    await this.theme('dark');
  }

  /** Focuses the source, without scrolling it. */
  async focusSource(): Promise<void> {
    await this.page
      .locator('.editor-group-container .monaco-editor .overflow-guard')
      .first()
      .click({ position: { x: 150, y: 40 } });
  }

  /** A person would take the picker; the settings file is the same, and costs no time. */
  async theme(name: Theme['name']): Promise<void> {
    const theme = themes.find((candidate) => candidate.name === name)!;
    if (theme === this.#theme) return;
    const file = path.join(this.#folders.workspace, '.vscode/settings.json');
    const settings = JSON.parse(readFileSync(file, 'utf8'));
    const workbench = this.page.locator('.monaco-workbench');
    await this.until(
      `the theme ${theme.title}`,
      async () => {
        // Again and again: a window that has just opened does not watch its files yet.
        writeFileSync(file, JSON.stringify({ ...settings, 'workbench.colorTheme': theme.id }));
        for (let i = 0; i < 60; i++) {
          if ((await workbench.getAttribute('class'))!.split(' ').includes(theme.kind)) return true;
          await this.page.waitForTimeout(50);
        }
        return false;
      },
      60_000,
    );
    for (const frame of this.page.frames()) {
      const body = frame.locator('body[data-vscode-theme-kind]');
      const shown = frame.locator(`body[data-vscode-theme-kind="${theme.webview}"]`);
      if ((await body.count().catch(() => 0)) > 0) await shown.waitFor({ state: 'attached' }).catch(() => {});
    }
    this.#theme = theme;
  }

  /** The entry of the command palette; asked again while the extension is not known yet. */
  async choose(title: string): Promise<Locator> {
    const input = this.page.locator('.quick-input-widget input').first();
    const row = this.page.locator(`.quick-input-list .monaco-list-row[aria-label^="${title}"]`).first();
    let offered: readonly string[] = [];
    for (let tries = 0; tries < 8; tries++) {
      await this.page.keyboard.press('F1');
      await input.waitFor();
      await input.fill(`>${title}`);
      const isThere = row.waitFor({ timeout: 4000 });
      if (
        await isThere.then(
          () => true,
          () => false,
        )
      )
        return row;
      offered = await this.page.locator('.quick-input-list .monaco-list-row').allTextContents();
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`the command palette has no '${title}', but ${offered.join(' | ')}`);
  }

  async command(title: string): Promise<void> {
    for (let tries = 1; ; tries++) {
      const row = await this.choose(title);
      try {
        await row.click({ timeout: 4000 });
        return;
      } catch (error) {
        if (tries === 4) throw error; // it went when something else took the focus
      }
    }
  }

  /** The document of the webview that holds such an element. */
  async frameWith(selector: string): Promise<Frame> {
    for (let i = 0; i < 600; i++) {
      for (const frame of this.page.frames())
        if (
          (await frame
            .locator(selector)
            .count()
            .catch(() => 0)) > 0
        )
          return frame;
      await this.page.waitForTimeout(50);
    }
    throw new Error(`no webview has a '${selector}': it did not open, or is empty`);
  }

  async open(file: string): Promise<void> {
    await this.command('View: Show Explorer');
    await this.page.locator('.explorer-viewlet .monaco-list-row', { hasText: file }).first().dblclick();
    await this.page.locator('.tab.active', { hasText: file }).waitFor();
    await this.page.locator('.editor-group-container .view-line').first().waitFor();
    await this.command('View: Show Run and Debug');
  }

  async start(): Promise<void> {
    await this.focusSource();
    await this.page.keyboard.press('F5');
  }

  get state(): Locator {
    return this.page.locator('.call-stack-state-message');
  }

  /** The description of the stop, once the window knows of it. */
  async stopped(): Promise<string> {
    await this.page.locator('.debug-toolbar .codicon-debug-continue').waitFor({ timeout: 60_000 });
    return (await this.state.textContent({ timeout: 1000 }).catch(() => '')) ?? '';
  }

  /** Goes on from stop to stop until one says `reason`: a script's own loop may bail out first. */
  async goOnTo(reason: RegExp, goOn?: () => Promise<void>): Promise<void> {
    let before = '';
    for (let stops = 0; stops < 6; stops++) {
      let now = before;
      await this.until(`another stop than '${before}'`, async () => {
        now = await this.stopped();
        return now !== before && /Bailout|Deoptimizer/.test(now);
      });
      if (reason.test(now)) return;
      before = now;
      await this.focusSource();
      await (goOn === undefined ? this.page.keyboard.press('F5') : goOn());
    }
    throw new Error(`no stop says ${reason}`);
  }

  /** Goes on to the program's end. F5 is pressed at stops only: after the end it would start another run. */
  async goOnToEnd(): Promise<void> {
    const toolbar = this.page.locator('.debug-toolbar');
    const goOn = toolbar.locator('.codicon-debug-continue');
    await this.stopped();
    await this.focusSource();
    for (let stops = 0; stops < 12; stops++) {
      await this.page.keyboard.press('F5');
      // It runs; or has stopped again so soon that nobody saw it run.
      await goOn.waitFor({ state: 'hidden', timeout: 3000 }).catch(() => {});
      await this.until(
        'a stop or the end',
        async () => (await goOn.isVisible()) || !(await toolbar.isVisible()),
        60_000,
      );
      if (!(await toolbar.isVisible())) return;
    }
    throw new Error('the program does not come to its end');
  }

  async stopSession(): Promise<void> {
    await this.focusSource();
    await this.page.keyboard.press('Shift+F5');
    await this.page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
  }

  async until(what: string, holds: () => Promise<boolean>, limit = 20_000): Promise<void> {
    for (const end = Date.now() + limit; !(await holds()); await this.page.waitForTimeout(40))
      if (Date.now() > end) throw new Error(`waited ${limit} ms for ${what}`);
  }

  async expandPane(name: string): Promise<void> {
    const header = this.page.locator('.pane-header', { hasText: new RegExp(`^${name}`, 'i') }).first();
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.locator('.title').first().click();
  }

  async collapsePane(name: string): Promise<void> {
    const header = this.page.locator('.pane-header', { hasText: new RegExp(`^${name}`, 'i') }).first();
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.locator('.title').first().click();
  }

  async shot(name: string): Promise<string> {
    const file = path.join(this.#folders.shots, `${name}.png`);
    await this.page.screenshot({ path: file, animations: 'disabled' });
    return file;
  }

  /**
   * One scene in four themes: pictures for the contact sheet, and what a machine can see of them. `webviews`: selectors of what is in the
   * webviews that are shown; `look` checks what else is there.
   */
  async scene(
    name: string,
    webviews: readonly string[] = [],
    look: (theme: Theme) => Promise<readonly string[]> = async () => [],
  ): Promise<void> {
    const problems: string[] = [];
    const first = this.#theme ?? themes[0];
    for (const theme of [first, ...themes.filter((other) => other !== first)]) {
      await this.theme(theme.name);
      const found: string[] = [...(await look(theme))];
      for (const selector of webviews)
        found.push(...(await webviewProblems(await this.frameWith(selector), theme !== first)));
      this.#sheet.add({ scene: name, theme: theme.title, file: await this.shot(`${name}-${theme.name}`), found });
      problems.push(...found.map((problem) => `${theme.title}: ${problem}`));
    }
    if (problems.length > 0) throw new Error(problems.join('\n'));
  }
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what}: expected ${expected}, found ${actual}`);
}
export function ok(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}
