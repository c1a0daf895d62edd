// Starts the language server when a listing is first shown, and not before: most sessions never open one.

import path from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

export const listingLanguages = ['bailout-bytecode', 'bailout-x64'] as const;

export function startLanguageClient(context: vscode.ExtensionContext): void {
  let client: LanguageClient | undefined;
  const wanted = (document: vscode.TextDocument) =>
    (listingLanguages as readonly string[]).includes(document.languageId);
  const start = () => {
    if (client !== undefined) return;
    const module = path.join(context.extensionPath, 'dist', 'language-server.js');
    client = new LanguageClient(
      'bailout',
      'Bailout',
      { module, transport: TransportKind.ipc },
      { documentSelector: listingLanguages.map((language) => ({ language })) },
    );
    context.subscriptions.push({ dispose: () => void client?.stop() });
    void client.start();
  };
  if (vscode.workspace.textDocuments.some(wanted)) start();
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (wanted(document)) start();
    }),
  );
}
