// The Machine View, marks on the source and values beside it, over the real engine, from inside the extension host.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { BailoutApi } from '../../../src/extension/extension.ts';
import { inlineText, longestInline } from '../../../src/extension/inline-values.ts';
import { example, extensionId, Recorder, repository, stopAll, waitFor } from './session.ts';

const haveEngine = existsSync(path.join(repository, 'dist/engine-worker.js'));

suite('machine view', () => {
  let recorder: Recorder;
  let api: BailoutApi;
  const program = example('inlined-vector.js');
  const configuration = (extra: object = {}): vscode.DebugConfiguration => ({
    type: 'bailout',
    request: 'launch',
    name: 'test',
    program,
    ...extra,
  });
  const tabs = () =>
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(
        ({ input }) => input instanceof vscode.TabInputWebview && /machineView|frameTranslation/.test(input.viewType),
      );
  const focused = () =>
    waitFor('the stack frame to be in focus', () =>
      vscode.debug.activeStackItem instanceof vscode.DebugStackFrame ? true : undefined,
    );
  const inFocus = async (command: string) => {
    await focused();
    await vscode.commands.executeCommand(command);
  };

  suiteSetup(async function () {
    if (!haveEngine) this.skip();
    recorder = new Recorder();
    api = (await vscode.extensions.getExtension(extensionId)!.activate()) as BailoutApi;
  });
  setup(() => recorder?.clear());
  teardown(async () => {
    await stopAll();
    await vscode.window.tabGroups.close(tabs());
  });
  suiteTeardown(() => recorder?.dispose());

  test('follows the steps, through the Deoptimizer into the interpreter', async () => {
    await vscode.debug.startDebugging(undefined, configuration({ stopOnBailout: true }));
    await recorder.event('stopped');
    await inFocus('bailout.showMachineView');
    const at = await waitFor('the view', () => api.machine.shown);
    assert.equal(at.view.title, 'length, inlined into travel');
    assert.deepEqual(
      at.view.columns.map(({ kind, sections }) => [kind, sections.some(({ title }) => title === 'travel')]),
      [
        ['source', true],
        ['bytecode', true],
        ['code', true],
      ],
    );
    await inFocus('workbench.action.debug.stepInto');
    await waitFor('the Deoptimizer', () => /Deoptimizer/.test(api.machine.shown?.view.state ?? '') || undefined);
    await inFocus('workbench.action.debug.stepOut');
    await waitFor('the interpreter', () => /interpreter/.test(api.machine.shown?.view.state ?? '') || undefined);
    await inFocus('workbench.action.debug.continue');
    await recorder.event('terminated');
    await waitFor('the end', () => api.machine.shown?.isLive === false || undefined);
  });

  test('a bailout stop is no exception; the Bailouts view has it, groups it, and leaves pauses out', async () => {
    await vscode.debug.startDebugging(undefined, configuration({ stopOnBailout: true }));
    const stopped = await recorder.event('stopped');
    assert.equal(stopped.reason, 'bailout');
    const now = await waitFor('the bailout', () =>
      api.timeline.getChildren().find(({ entry }) => entry.kind === 'bailout' && entry.isNow),
    );
    const line = api.timeline.getTreeItem(now);
    assert.match(String(line.description), /^stopped here · eager · inlined-vector\.js:12/);
    const { at } = now.entry;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await inFocus('workbench.action.debug.continue');
    await recorder.event('terminated');
    const ended = await waitFor('its end', () =>
      api.timeline.shown.find(({ entry }) => entry.kind === 'bailout' && !entry.isNow),
    );
    assert.ok(ended.entry.at - at < 1200, `the pause does not count: ${ended.entry.at - at} ms`);
    assert.equal(api.timeline.shown.filter(({ entry }) => entry.kind === 'bailout' && entry.isNow).length, 0);
  });

  test('after a run the source is marked', async () => {
    await vscode.window.showTextDocument(vscode.Uri.file(program), { viewColumn: vscode.ViewColumn.One });
    await vscode.debug.startDebugging(undefined, configuration());
    await recorder.event('terminated');
    const markers = await waitFor('marks', () => {
      const found = api.markers.shown.get(program) ?? [];
      return found.some(({ text }) => text.startsWith('⚡')) ? found : undefined;
    });
    assert.ok(markers.some(({ kind, text }) => kind === 'tier-up' && text === '▲ optimized'));
    const wrongMap = markers.find(({ text }) => text === '⚡ wrong map')!;
    assert.equal(wrongMap.line, 11);
    const document = await vscode.workspace.openTextDocument(program);
    assert.equal(document.getText(wrongMap.expression), 'unit.scale');
    assert.match(wrongMap.hover, /Expected \{scale: Smi\}/);
  });

  test('values beside the code are short', () => {
    assert.equal(inlineText('sum', '96'), 'sum = 96');
    assert.equal(inlineText('scale', '<uninitialized>'), undefined);
    const long = inlineText('unit', "{name: 'nautical mile', scale: 2, other: 'and more of it'}")!;
    assert.equal(long.length, longestInline);
    assert.ok(long.endsWith('…'));
    assert.equal(inlineText('text', "'a\n  b'"), "text = 'a b'");
  });
});
