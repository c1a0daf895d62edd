// Listings as documents: hovers and jumps from the language server.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { waitFor } from './session.ts';

const bytecode = [
  '   42 E> 0x3a10b520197e @    6 : 75 f8 00          TestLessThan r1, [0]',
  '         0x3a10b5201981 @    9 : a3 1d             JumpIfFalse [29] (0x3a10b520199e @ 38)',
  '   64 S> 0x3a10b520199e @   38 : 0b f9             Ldar r0',
].join('\n');
const code = [
  '0x1c2f00400140    40  483b65e0       REX.W cmpq rsp,[rbp-0x20]',
  '0x1c2f00400144    44  c3             retl',
].join('\n');

async function hover(document: vscode.TextDocument, line: number, word: string): Promise<string> {
  const position = new vscode.Position(line, document.lineAt(line).text.indexOf(word) + 1);
  return waitFor(`a hover over ${word}`, async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const text = hovers.flatMap((h) => h.contents.map((c) => (typeof c === 'string' ? c : c.value))).join('\n');
    return text === '' ? undefined : text;
  });
}

suite('listings', () => {
  test('hovers explain bytecodes from the table', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'bailout-bytecode', content: bytecode });
    assert.match(await hover(document, 0, 'TestLessThan'), /feedback slot/);
    assert.match(await hover(document, 1, 'JumpIfFalse'), /Jumps, or goes on/);
  });

  test('hovers explain x64 instructions from their bytes', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'bailout-x64', content: code });
    assert.match(await hover(document, 0, 'cmpq'), /keeps only the flags/);
  });

  test('a jump leads to its target', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'bailout-bytecode', content: bytecode });
    const found = await waitFor('a definition', async () => {
      const locations = await vscode.commands.executeCommand<vscode.Location[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        new vscode.Position(1, 52),
      );
      return locations.length > 0 ? locations : undefined;
    });
    assert.equal(found[0]!.range.start.line, 2);
  });
});
