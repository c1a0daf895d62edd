// Listings that are open beside the source follow the program: the line of the frame in focus is marked, and scrolled into view.

import * as vscode from 'vscode';
import type { DapSource } from './reveal.ts';

export function followInListings(): vscode.Disposable {
  const now = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.stackFrameHighlightBackground'),
    borderColor: new vscode.ThemeColor('contrastActiveBorder'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.findMatchForeground'),
  });
  let asked = 0;
  const listings = (): vscode.TextEditor[] =>
    vscode.window.visibleTextEditors.filter(({ document }) => kindOf(document) !== undefined);
  const clear = (): void => {
    asked++;
    for (const editor of listings()) editor.setDecorations(now, []);
  };
  const mark = async (): Promise<void> => {
    const item = vscode.debug.activeStackItem;
    if (!(item instanceof vscode.DebugStackFrame) || item.session.type !== 'bailout') return clear();
    const turn = ++asked;
    for (const editor of listings()) {
      const found = await lineIn(editor.document, item);
      if (turn !== asked) return;
      const line = found === undefined ? [] : [new vscode.Range(found - 1, 0, found - 1, 0)];
      editor.setDecorations(now, line);
      if (line[0] !== undefined) editor.revealRange(line[0], vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  };
  return vscode.Disposable.from(
    now,
    vscode.debug.onDidChangeActiveStackItem(() => void mark()),
    vscode.window.onDidChangeVisibleTextEditors(() => void mark()),
    vscode.debug.onDidTerminateDebugSession(clear),
  );
}

function kindOf({ languageId, uri }: vscode.TextDocument): 'bytecode' | 'code' | undefined {
  if (uri.scheme !== 'debug') return undefined;
  return languageId === 'bailout-bytecode' ? 'bytecode' : languageId === 'bailout-x64' ? 'code' : undefined;
}

/** The line of a listing that a frame is on; undefined in another function's listing. */
async function lineIn(document: vscode.TextDocument, frame: vscode.DebugStackFrame): Promise<number | undefined> {
  const found: { source?: DapSource; line?: number } = await frame.session
    .customRequest('bailout/listing', { kind: kindOf(document), frameId: frame.frameId })
    .then(
      (body) => body,
      () => ({}), // it runs again
    );
  const isSame = new RegExp(`[?&]ref=${found.source?.sourceReference}(&|$)`).test(`?${document.uri.query}`);
  return isSame ? found.line : undefined;
}
