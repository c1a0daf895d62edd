// Questions that a person has, answered in a real window: each in at most six actions from F5, an action being a key, a click, or what one
// types and confirms. And what a new window and a much repeated exit look like.

import { copyFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { Step } from './vscode-steps.ts';
import { newWorkspace } from './vscode-steps.ts';
import type { Host, Walk } from './vscode-walks.ts';
import { equal, ok, VSCodeWindow } from './vscode-window.ts';

/** The same exit is taken sixty times; each time the index is one too many. */
const repeated = `function last(list, i) { return list[i]; }
const list = [1, 2, 3];
%PrepareFunctionForOptimization(last);
for (let n = 0; n < 60; n++) {
  %ClearFunctionFeedback(last);
  last(list, 0);
  last(list, 1);
  %OptimizeFunctionOnNextCall(last);
  last(list, 2);
  last(list, list.length);
}
`;

const mostActions = 6;

class ClicksWalk extends VSCodeWindow {
  #actions = 0;

  begin(): void {
    this.#actions = 0;
  }

  /** Begins to count; F5 is the first. */
  async f5(): Promise<void> {
    await this.focusSource();
    this.begin();
    await this.act(() => this.page.keyboard.press('F5'));
  }

  async act(take: () => Promise<unknown>): Promise<void> {
    this.#actions++;
    await take();
  }

  /** The answer is there. */
  answered(): void {
    console.log(`    ${this.#actions} actions`);
    ok(this.#actions <= mostActions, `at most ${mostActions} actions, but it took ${this.#actions}`);
  }

  async pick(label: string | RegExp): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
    const isAsked = await Promise.race([
      row.waitFor().then(() => true),
      // VS Code remembers what was chosen for a file.
      this.page
        .locator('.debug-toolbar')
        .waitFor()
        .then(() => false),
    ]);
    if (isAsked) await this.act(() => row.click());
  }

  /** F5 again until the stop is the one in question. */
  goOn(reason: RegExp): Promise<void> {
    return this.goOnTo(reason, () => this.act(() => this.page.keyboard.press('F5')));
  }

  variables(text: string | RegExp): Locator {
    return this.page.locator('.debug-variables .monaco-list-row', { hasText: text }).first();
  }

  behindLines(): Promise<string> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.view-lines [class*="ced-"]')]
        .map((span) => getComputedStyle(span, '::after').content)
        .join('\n'),
    );
  }
}

/** What F5 does in a window whose extensions are not known yet: VS Code opens the Run view, and its buttons do what F5 would have done. */
async function f5AtOnce(host: Host): Promise<void> {
  const workspace = newWorkspace('at-once-walk', undefined, { 'bailout.frameTranslation.openOnStop': false });
  copyFileSync(
    path.resolve(import.meta.dirname, '../examples/shape-change.js'),
    path.join(workspace, 'shape-change.js'),
  );
  const page = await host.browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    await page.goto(host.server.url(workspace, { file: path.join(workspace, 'shape-change.js') }));
    await page.locator('.view-line', { hasText: 'What it shows' }).first().waitFor({ timeout: 60_000 });
    await page.keyboard.press('F5');
    const picker = page.locator('.quick-input-list .monaco-list-row', { hasText: /^Bailout/ }).first();
    const button = page.locator('.welcome-view-content .monaco-button', { hasText: 'Debug in Bailout' }).first();
    const way = await Promise.race([
      picker.waitFor({ timeout: 60_000 }).then(() => picker),
      button.waitFor({ timeout: 60_000 }).then(() => button),
    ]);
    if (way === button)
      ok(
        /F5/.test((await page.locator('.welcome-view-content').allTextContents()).join()),
        'the Run view says what became of F5',
      );
    await way.click();
    await page.locator('.repl', { hasText: 'after: 180012' }).waitFor({ timeout: 60_000 });
  } finally {
    await page.close();
  }
}

function steps(walk: ClicksWalk, host: Host): readonly Step[] {
  const { page } = walk;
  return [
    ['F5 right after a window has opened runs the file, or the Run view says why not', () => f5AtOnce(host)],
    [
      'why `area` was left',
      async () => {
        await walk.isReady();
        await walk.open('shape-change.js');
        await walk.f5();
        await walk.pick('Bailout: Stop at Bailouts');
        await walk.goOn(/wrong map/);
        await walk.until('the reason behind the line', async () =>
          /⚡ wrong map: Expected \{width: Smi, height: Smi\}/.test(await walk.behindLines()),
        );
        ok(/area/.test((await walk.page.locator('.debug-call-stack').textContent())!), 'the function');
        walk.answered();
      },
    ],
    [
      'the object that came instead',
      async () => {
        await walk.stopSession();
        await walk.f5();
        await walk.pick('Bailout: Stop at Bailouts');
        await walk.goOn(/wrong map/);
        const scope = page.locator('.debug-variables .monaco-list-row', {
          has: page.locator('.scope', { hasText: 'Guard' }),
        });
        for (const row of ['box = ', 'Feedback']) await walk.variables(row).waitFor(); // they push each other down
        await walk.act(() => scope.click());
        await walk.variables(/^tested/).waitFor();
        await walk.act(() => walk.variables(/^tested/).click());
        for (const property of [/^height =\s*3/, /^width =\s*4/]) await walk.variables(property).waitFor();
        walk.answered();
      },
    ],
    [
      'which slot got `r8`',
      async () => {
        await walk.stopSession();
        await walk.open('inlined-vector.js');
        await walk.f5();
        await walk.pick('Bailout: Stop at Bailouts');
        await walk.goOn(/wrong map/);
        const frame = await walk.frameWith('svg.picture .row');
        await walk.act(() => frame.locator('[data-id="r8"]').hover());
        await frame.locator('.row.slot.lit').first().waitFor();
        ok((await frame.locator('.row.slot.lit').count()) > 0, 'slots that are lit');
        walk.answered();
        await walk.stopSession();
      },
    ],
    [
      'only the write phase of `sum`',
      async () => {
        await walk.open('out-of-bounds.js');
        await walk.focusSource();
        walk.begin();
        await walk.act(() => walk.command('Bailout: Break in the Deoptimizer'));
        await walk.pick('phase:write');
        const input = page.locator('.quick-input-widget input').first();
        await walk.act(async () => {
          await input.fill('sum');
          await page.keyboard.press('Enter');
        });
        await page.locator('.debug-breakpoints', { hasText: 'phase:write:sum' }).waitFor();
        await walk.act(() => page.keyboard.press('F5'));
        await walk.pick(/^Bailout/);
        await walk.state.filter({ hasText: /write/ }).waitFor({ timeout: 60_000 });
        walk.answered();
        await walk.goOnToEnd();
      },
    ],
    [
      'an exit that was taken sixty times is one line',
      async () => {
        await walk.open('repeated.js');
        await walk.focusSource();
        await walk.command('Bailout: Debug File in Bailout');
        await walk.expandPane('Bailouts');
        await walk.collapsePane('Breakpoints'); // room for the lines below this one
        const row = page.locator('.pane-body .monaco-list-row', { hasText: 'last: out of bounds' });
        await row.filter({ hasText: '60×' }).first().waitFor({ timeout: 60_000 });
        equal(await row.count(), 1, 'lines of this exit');
        await walk.scene('6-repeated');
      },
    ],
  ];
}

export const clicksWalk: Walk<ClicksWalk> = {
  name: 'clicks',
  window: ClicksWalk,
  steps,
  examples: ['shape-change.js', 'inlined-vector.js', 'out-of-bounds.js', 'package.json'],
  files: { 'repeated.js': repeated },
  settings: { 'bailout.v8Flags': ['--allow-natives-syntax'] },
  viewport: { width: 1480, height: 960 },
};
