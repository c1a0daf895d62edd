// The Frame Translation and breakpoints in phases, over the real engine, from inside the extension host.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { BailoutApi } from '../../../src/extension/extension.ts';
import { example, extensionId, Recorder, repository, stopAll, waitFor } from './session.ts';

const haveEngine = existsSync(path.join(repository, 'dist/engine-worker.js'));

suite('frame translation', () => {
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
      .filter(({ input }) => input instanceof vscode.TabInputWebview && /frameTranslation/.test(input.viewType));
  const closePanels = async () => {
    await vscode.window.tabGroups.close(tabs());
    await waitFor('the panel to be closed', () => tabs().length === 0 || undefined);
  };
  const stepInFocus = async (command: string) => {
    await waitFor('the stack frame to be in focus', () =>
      vscode.debug.activeStackItem instanceof vscode.DebugStackFrame ? true : undefined,
    );
    await vscode.commands.executeCommand(command);
  };

  suiteSetup(async function () {
    if (!haveEngine) this.skip();
    recorder = new Recorder();
    api = (await vscode.extensions.getExtension(extensionId)!.activate()) as BailoutApi;
    await closePanels(); // of earlier suites
  });
  setup(() => recorder?.clear());
  teardown(async () => {
    await stopAll();
    await closePanels();
    await vscode.workspace
      .getConfiguration('bailout')
      .update('frameTranslation.openOnStop', undefined, vscode.ConfigurationTarget.Global);
  });
  suiteTeardown(() => recorder?.dispose());

  test('opens at the first bailout stop, follows the steps, and is whole after the end', async () => {
    await vscode.debug.startDebugging(undefined, configuration({ stopOnBailout: true }));
    assert.match((await recorder.event('stopped')).description, /wrong map/);
    const shown = await waitFor('the panel', () => (api.panel.shown?.isLive ? api.panel.shown : undefined));
    assert.equal(shown.isLive, true);
    assert.equal(shown.translation.now, 0);
    await waitFor('its tab', () => tabs().length === 1 || undefined);
    for (let i = 1; i <= 5; i++) {
      await stepInFocus('workbench.action.debug.stepInto');
      await recorder.event('stopped');
      await waitFor(`step ${i}`, () => api.panel.shown?.translation.now === i || undefined);
    }
    await stepInFocus('workbench.action.debug.continue');
    await recorder.event('terminated');
    await waitFor(
      'the finished bailout',
      () => api.panel.shown?.translation.now === api.panel.shown!.translation.steps.length - 1 || undefined,
    );
    assert.equal(api.panel.shown!.isLive, false);
  });

  test('the setting keeps it closed; the command opens it, also for a bailout of a session that has ended', async () => {
    await vscode.workspace
      .getConfiguration('bailout')
      .update('frameTranslation.openOnStop', false, vscode.ConfigurationTarget.Global);
    await vscode.debug.startDebugging(undefined, configuration({ stopOnBailout: true }));
    await recorder.event('stopped');
    await stepInFocus('workbench.action.debug.continue');
    await recorder.event('terminated');
    assert.equal(tabs().length, 0);
    await waitFor('the end', () => vscode.debug.activeDebugSession === undefined || undefined);
    await waitFor('the list', () => api.timeline.shown.some(({ entry }) => entry.kind === 'bailout') || undefined);
    const item = api.timeline.shown.find(({ entry }) => entry.kind === 'bailout')!;
    await vscode.commands.executeCommand('bailout.openFrameTranslation', item);
    const { translation, isLive } = await waitFor('the panel', () => api.panel.shown);
    assert.equal(isLive, false);
    assert.deepEqual(
      translation.frames.map((frame) => frame.function),
      ['travel', 'length'],
    );
  });

  test('breakpoints in phases are function breakpoints: they stop, and wrong ones say what is right', async () => {
    const wanted = new vscode.FunctionBreakpoint('phase:write:travel');
    const wrong = new vscode.FunctionBreakpoint('phase:wirte');
    vscode.debug.addBreakpoints([wanted, wrong]);
    await vscode.debug.startDebugging(undefined, configuration());
    const stopped = await recorder.event('stopped');
    assert.equal(stopped.reason, 'function breakpoint');
    assert.equal(stopped.description, 'Deoptimizer: write frames');
    const answer = await waitFor('the answer', () =>
      recorder.messages
        .map(({ message }) => message as { command?: string; body?: { breakpoints?: { message?: string }[] } })
        .find(({ command, body }) => command === 'setFunctionBreakpoints' && body?.breakpoints?.length === 2),
    );
    assert.match(answer.body!.breakpoints![1]!.message!, /^There is no phase 'wirte'\. Phases: entry, lookup/);
    await waitFor('the panel', () => api.panel.shown?.isLive || undefined);
    await stepInFocus('workbench.action.debug.continue');
    await recorder.event('terminated');
  });
});
