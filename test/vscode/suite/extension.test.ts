// What the extension contributes, as VS Code sees it.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { identifiers } from '../../../src/extension/inline-values.ts';
import { extensionId } from './session.ts';

suite('extension', () => {
  test('it is installed and activates', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension, `${extensionId} is not there`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  test('every contributed command is registered', async () => {
    const { commands } = vscode.extensions.getExtension(extensionId)!.packageJSON.contributes as {
      commands: { command: string; title: string }[];
    };
    const registered = await vscode.commands.getCommands(true);
    for (const { command, title } of commands) {
      assert.ok(registered.includes(command), command);
      assert.doesNotMatch(title, /^%/, `${command} has no translated title`);
    }
  });

  test('both listing languages are known', async () => {
    const languages = await vscode.languages.getLanguages();
    assert.ok(languages.includes('bailout-bytecode') && languages.includes('bailout-x64'));
  });

  test('no placeholder of package.nls.json is missing', () => {
    const text = JSON.stringify(vscode.extensions.getExtension(extensionId)!.packageJSON.contributes);
    assert.deepEqual(text.match(/"%[\w.]+%"/g) ?? [], []);
  });

  test('inline values: variables only', () => {
    const names = (line: string) => identifiers(line).map(({ name }) => name);
    assert.deepEqual(names("  const total = add(a, shape.width) + 'text b' // c"), ['total', 'a', 'shape']);
    assert.deepEqual(names('return { key: value, ...rest, m(x) {} }'), ['value', 'x']);
    assert.deepEqual(identifiers('  x = y;'), [
      { name: 'x', start: 2 },
      { name: 'y', start: 6 },
    ]);
  });
});
