// What the extension's webviews share: a page in which nothing but a bundled script and style may run or load, and lines of editors
// that are lit because the pointer is on something that belongs to them.

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Place } from '../picture/index.ts';
import { widen } from './reveal.ts';

/** Nothing but the bundled script and style may run or load; texts come as messages and are never markup. */
export function pageOf(webview: vscode.Webview, dist: vscode.Uri, bundle: string, title: string): string {
  const nonce = randomBytes(16).toString('base64');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(dist, `${bundle}.js`));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(dist, `${bundle}.css`));
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

/** A picture has three columns, the source one; files that open later belong beside the picture, not on it. */
export async function arrange(first = 0.34): Promise<void> {
  const { executeCommand } = vscode.commands;
  await executeCommand('workbench.action.lockEditorGroup');
  await executeCommand('workbench.action.focusPreviousGroup');
  await widen(first);
}

export class LitLines implements vscode.Disposable {
  readonly #decoration = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    borderColor: new vscode.ThemeColor('editor.rangeHighlightBorder'),
  });

  dispose(): void {
    this.#decoration.dispose();
  }

  /** Marks lines in the editors that show them. */
  show(places: readonly Place[]): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const { uri } = editor.document;
      const lines = places
        .filter(({ source }) =>
          source.id === 0
            ? uri.scheme === 'file' && uri.fsPath === source.path
            : uri.scheme === 'debug' && new RegExp(`[?&]ref=${source.id}(&|$)`).test(uri.query ? `?${uri.query}` : ''),
        )
        .map(({ line }) => new vscode.Range(line - 1, 0, line - 1, 0));
      editor.setDecorations(this.#decoration, lines);
    }
  }
}
