// What the extension's webviews share: a page in which nothing but a bundled script and style may run or load, and lines of editors
// that are lit because the pointer is on something that belongs to them.

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Place } from '../picture/index.ts';
import { listingColumn, widen } from './reveal.ts';

/** Nothing but the bundled script and style may run or load; texts come as messages and are never markup. */
function pageOf(webview: vscode.Webview, dist: vscode.Uri, bundle: string, title: string): string {
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

/** What is particular to a webview. */
export interface ViewOptions {
  readonly viewType: string;
  /** Of its tab. */
  readonly title: string;
  /** Of its page, for screen readers; and the name of its script and style in dist/. */
  readonly pageTitle: string;
  readonly bundle: string;
  readonly canFind: boolean;
  /** How much of the width is left to the source. */
  readonly sourceShare?: number;
}

/** Opens a webview beside the editor. */
export function openWebview<Message>(
  extension: vscode.Uri,
  options: ViewOptions,
  received: (message: Message) => void,
  closed: () => void,
): vscode.WebviewPanel {
  const isAlone = vscode.window.tabGroups.all.length === 1;
  const dist = vscode.Uri.joinPath(extension, 'dist');
  const panel = vscode.window.createWebviewPanel(
    options.viewType,
    options.title,
    { viewColumn: listingColumn(), preserveFocus: !isAlone },
    {
      enableScripts: true,
      localResourceRoots: [dist],
      retainContextWhenHidden: false,
      enableFindWidget: options.canFind,
    },
  );
  panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.png');
  panel.webview.onDidReceiveMessage(received);
  panel.onDidDispose(closed);
  panel.webview.html = pageOf(panel.webview, dist, options.bundle, options.pageTitle);
  if (isAlone) void arrange(options.sourceShare);
  return panel;
}

/** A picture has three columns, the source one; files that open later belong beside the picture, not on it. */
async function arrange(first = 0.34): Promise<void> {
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
