// A hover that is text and nothing else: what a program calls things is no markup, no command, and no link.

import * as vscode from 'vscode';

export const plainHover = (text: string): vscode.MarkdownString =>
  // Addresses would become links by themselves; a word joiner in them is not seen.
  new vscode.MarkdownString().appendText(
    text.replace(/:\/\/|www\.|@/gi, (found) => `${found[0]}\u2060${found.slice(1)}`),
  );
