// Debug sessions in the window: first over the scripted engine (the extension and the adapter alone), then over the real one.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { BailoutApi } from '../../../src/extension/extension.ts';
import { startScriptedAdapter } from '../../adapter/scripted.ts';
import { example, extensionId, Recorder, repository, stopAll, waitFor } from './session.ts';

suite('debugging, scripted engine', () => {
  let recorder: Recorder;
  let adapter: { readonly port: number; stop(): void };
  const program = path.join(repository, 'test/adapter/program.js');
  const configuration = (extra: object = {}): vscode.DebugConfiguration => ({
    type: 'bailout',
    request: 'launch',
    name: 'test',
    program,
    debugServer: adapter.port,
    ...extra,
  });

  suiteSetup(async () => {
    recorder = new Recorder();
    adapter = await startScriptedAdapter(repository);
  });
  setup(() => recorder.clear());
  teardown(stopAll);
  suiteTeardown(() => {
    recorder.dispose();
    adapter.stop();
  });

  test('a line breakpoint stops, and the editor shows where', async () => {
    vscode.debug.addBreakpoints([
      new vscode.SourceBreakpoint(new vscode.Location(vscode.Uri.file(program), new vscode.Position(1, 0))),
    ]);
    assert.equal(await vscode.debug.startDebugging(undefined, configuration()), true);
    assert.equal((await recorder.event('stopped')).reason, 'breakpoint');
    await waitFor('the stack frame to be in focus', () =>
      vscode.debug.activeStackItem instanceof vscode.DebugStackFrame ? true : undefined,
    );
    await waitFor('the editor to show it', () =>
      vscode.window.activeTextEditor?.document.uri.fsPath === program ? true : undefined,
    );
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    await recorder.event('terminated');
  });

  test('stopOnBailout stops on the guard; steps go through the Deoptimizer', async () => {
    await vscode.debug.startDebugging(undefined, configuration({ stopOnBailout: true }));
    const stopped = await recorder.event('stopped');
    assert.equal(stopped.description, 'Bailout: wrong map');
    await waitFor('the stack frame to be in focus', () =>
      vscode.debug.activeStackItem instanceof vscode.DebugStackFrame ? true : undefined,
    );
    await vscode.commands.executeCommand('workbench.action.debug.stepInto');
    assert.equal((await recorder.event('stopped')).description, 'Deoptimizer: entry');
    await vscode.commands.executeCommand('workbench.action.debug.stepOver');
    assert.equal((await recorder.event('stopped')).description, 'Deoptimizer: lookup');
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    await recorder.event('bailout/timeline');
    await recorder.event('terminated');
  });

  test('the Bailouts view lists tier-ups and bailouts while the session runs, with their details', async () => {
    const { timeline } = (await vscode.extensions.getExtension(extensionId)!.activate()) as BailoutApi;
    vscode.debug.addBreakpoints([
      new vscode.SourceBreakpoint(new vscode.Location(vscode.Uri.file(program), new vscode.Position(4, 0))),
    ]);
    await vscode.debug.startDebugging(undefined, configuration());
    await recorder.event('stopped');
    await waitFor('two entries', () => timeline.shown.length === 2 || undefined);
    const [tierUp, bailout] = timeline.getChildren().map((item) => timeline.getTreeItem(item));
    assert.match(String(tierUp!.label), /total optimized/);
    assert.match(String(bailout!.label), /area: wrong map/);
    assert.match(String(bailout!.contextValue), /source.*code/);
    const details = timeline.getChildren(timeline.getChildren()[1]).map((item) => timeline.getTreeItem(item));
    assert.ok(
      details.some((item) => /another shape/.test(String(item.description))),
      'the explanation',
    );
    await vscode.workspace
      .getConfiguration('bailout')
      .update('timeline.showTierUps', false, vscode.ConfigurationTarget.Global);
    assert.equal(timeline.shown.length, 1);
    await vscode.workspace
      .getConfiguration('bailout')
      .update('timeline.showTierUps', undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    await recorder.event('terminated');
    assert.equal(timeline.shown.length, 2, 'it stays after the end, to be read');
    await vscode.commands.executeCommand('bailout.clearTimeline');
    await waitFor('an empty view', () => timeline.shown.length === 0 || undefined);
  });

  test('the Disassembly view opens at the guard', async () => {
    await vscode.debug.startDebugging(undefined, configuration({ stopOnBailout: true }));
    await recorder.event('stopped');
    await waitFor('the stack frame to be in focus', () =>
      vscode.debug.activeStackItem instanceof vscode.DebugStackFrame ? true : undefined,
    );
    await vscode.commands.executeCommand('debug.action.openDisassemblyView');
    await waitFor(
      'the view',
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'Disassembly' || undefined,
    );
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  test('a listing opens as a read-only document in its language', async () => {
    await vscode.debug.startDebugging(undefined, configuration({ stopOnEntry: true }));
    await recorder.event('stopped');
    await waitFor('the stack frame to be in focus', () =>
      vscode.debug.activeStackItem instanceof vscode.DebugStackFrame ? true : undefined,
    );
    await vscode.commands.executeCommand('bailout.showBytecode');
    const editor = await waitFor('the bytecode', () =>
      vscode.window.activeTextEditor?.document.uri.scheme === 'debug' ? vscode.window.activeTextEditor : undefined,
    );
    assert.equal(editor.document.languageId, 'bailout-bytecode');
    assert.match(editor.document.getText(), /GetNamedProperty a0/);
    await vscode.commands.executeCommand('bailout.showCode');
    const code = await waitFor('the code', () =>
      vscode.window.activeTextEditor?.document.languageId === 'bailout-x64'
        ? vscode.window.activeTextEditor
        : undefined,
    );
    assert.match(code.document.getText(), /wrong map/);
  });

  test('a launch that fails says why and leaves no session', async () => {
    // Under test VS Code refuses dialogs with an error that carries their text.
    await assert.rejects(
      async () => vscode.debug.startDebugging(undefined, configuration({ v8Flags: ['--bogus'] })),
      /bad option --bogus/,
    );
    await waitFor('the session to go', () => vscode.debug.activeDebugSession === undefined || undefined);
  });
});

const haveEngine = existsSync(path.join(repository, 'dist/engine-worker.js'));

suite('debugging, real engine', () => {
  let recorder: Recorder;
  const open = async (name: string) => {
    const document = await vscode.workspace.openTextDocument(example(name));
    await vscode.window.showTextDocument(document);
  };
  const focused = () =>
    waitFor('the stack frame to be in focus', () =>
      vscode.debug.activeStackItem instanceof vscode.DebugStackFrame ? true : undefined,
    );
  const ask = (command: string, args: object = {}) => vscode.debug.activeDebugSession!.customRequest(command, args);

  suiteSetup(function () {
    if (!haveEngine) this.skip();
    recorder = new Recorder();
  });
  setup(() => recorder?.clear());
  teardown(stopAll);
  suiteTeardown(() => recorder?.dispose());

  test('an open JavaScript file runs without a launch.json', async () => {
    await open('shape-change.js');
    await vscode.commands.executeCommand('bailout.debugFile');
    await recorder.event('terminated');
    assert.match(recorder.output(), /before: 180000\n[\s\S]*after: 180012\n/);
  });

  test('a breakpoint in a file stops with its locals', async () => {
    await open('shape-change.js');
    vscode.debug.addBreakpoints([
      new vscode.SourceBreakpoint(
        new vscode.Location(vscode.Uri.file(example('shape-change.js')), new vscode.Position(2, 0)),
      ),
    ]);
    await vscode.commands.executeCommand('bailout.debugFile');
    assert.equal((await recorder.event('stopped')).reason, 'breakpoint');
    await focused();
    const { stackFrames } = await ask('stackTrace', { threadId: 1 });
    assert.equal(stackFrames[0].name, 'area');
    const { result } = await ask('evaluate', {
      expression: 'box.height',
      frameId: stackFrames[0].id,
      context: 'hover',
    });
    assert.equal(result, '2');
  });

  test('stop at a bailout, look around, step into the Deoptimizer, go on', async () => {
    await open('shape-change.js');
    await vscode.commands.executeCommand('bailout.debugFileStoppingAtBailouts');
    // The script's own loop may bail out first, for lack of feedback after it.
    let { description } = await recorder.event('stopped');
    for (let i = 0; i < 3 && !/wrong map/.test(description); i++) {
      await focused();
      await vscode.commands.executeCommand('workbench.action.debug.continue');
      ({ description } = await recorder.event('stopped'));
    }
    assert.match(description, /Bailout: wrong map/);
    await focused();
    const { stackFrames } = await ask('stackTrace', { threadId: 1 });
    const { scopes } = await ask('scopes', { frameId: stackFrames[0].id });
    const names = scopes.map((s: { name: string }) => s.name) as string[];
    for (const name of ['Locals', 'x64 Registers', 'XMM Registers', 'FrameState', 'Feedback'])
      assert.ok(names.includes(name), names.join(', '));
    await vscode.commands.executeCommand('bailout.showCode');
    const code = await waitFor('the code', () =>
      vscode.window.activeTextEditor?.document.languageId === 'bailout-x64'
        ? vscode.window.activeTextEditor
        : undefined,
    );
    assert.match(code.document.getText(), /wrong map/);
    await vscode.commands.executeCommand('workbench.action.debug.stepInto');
    await recorder.event('stopped');
    await waitFor(
      'a frame of the Deoptimizer',
      async () => /Deoptimizer/.test((await ask('stackTrace', { threadId: 1 })).stackFrames[0].name) || undefined,
    );
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    await recorder.event('terminated');
    assert.match(recorder.output(), /after: 180012\n/);
  });

  test('a TypeScript project: a breakpoint, a step, a stop at a bailout that is explained with its line', async () => {
    const source = (name: string) => path.join(repository, 'test/adapter/testdata/typescript/src', name);
    const document = await vscode.workspace.openTextDocument(source('main.ts'));
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, 'typescript');
    vscode.debug.addBreakpoints([
      new vscode.SourceBreakpoint(
        new vscode.Location(vscode.Uri.file(source('app/report.ts')), new vscode.Position(16, 0)),
      ),
    ]);
    const top = async () => {
      await focused();
      const [frame] = (await ask('stackTrace', { threadId: 1 })).stackFrames;
      return { place: `${path.basename(frame.source.path)}:${frame.line}`, frame };
    };
    await vscode.commands.executeCommand('bailout.debugFileStoppingAtBailouts');
    let stop = await recorder.event('stopped');
    while (!/wrong map/.test(stop.description)) {
      await focused();
      await vscode.commands.executeCommand('workbench.action.debug.continue');
      stop = await recorder.event('stopped');
    }
    assert.equal((await top()).place, 'total.ts:4');
    const { description } = await ask('exceptionInfo', { threadId: 1 });
    assert.match(description, /at `shape\.area`/);
    while (stop.reason !== 'breakpoint') {
      await vscode.commands.executeCommand('workbench.action.debug.continue');
      stop = await recorder.event('stopped');
      await focused();
    }
    assert.equal((await top()).place, 'report.ts:17');
    await waitFor('the editor to show it', () =>
      vscode.window.activeTextEditor?.document.uri.fsPath === source('app/report.ts') ? true : undefined,
    );
    await vscode.commands.executeCommand('workbench.action.debug.stepOver');
    await recorder.event('stopped');
    assert.equal((await top()).place, 'report.ts:18');
    await stopAll();
  });
});
