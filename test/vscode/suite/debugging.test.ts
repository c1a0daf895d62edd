// Debug sessions in the window: first over the scripted engine (the extension and the adapter alone), then over the real one.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { startScriptedAdapter } from '../../adapter/scripted.ts';
import { example, Recorder, repository, stopAll, waitFor } from './session.ts';

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
  suiteSetup(function () {
    if (!haveEngine) this.skip();
    recorder = new Recorder();
  });
  setup(() => recorder?.clear());
  teardown(stopAll);
  suiteTeardown(() => recorder?.dispose());

  test('F5 on an open JavaScript file without launch.json runs it', async () => {
    const document = await vscode.workspace.openTextDocument(example('shapes.js'));
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('bailout.debugFile');
    await recorder.event('terminated', 60_000);
    assert.match(recorder.output(), /\S/);
  });
});
