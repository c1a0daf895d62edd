// Shows a line of a file, or of a text that a debug session has.

import * as vscode from 'vscode';
import type { Place, PlaceSource } from '../picture/index.ts';

export type DapSource = { readonly name?: string; readonly path?: string; readonly sourceReference?: number };

/** Listings share a column beside the source: with the Frame Translation or the Machine View, if one is open. */
export function listingColumn(): vscode.ViewColumn {
  const listing = vscode.window.visibleTextEditors.find((editor) => editor.document.languageId.startsWith('bailout-'));
  const picture = vscode.window.tabGroups.all.find((group) => group.tabs.some(({ input }) => isOurs(input)));
  return listing?.viewColumn ?? picture?.viewColumn ?? vscode.ViewColumn.Beside;
}

/** VS Code puts a prefix before it in tabs. */
export const pictureViewType = 'bailout.frameTranslation';
export const machineViewType = 'bailout.machineView';

/** Somebody looks at it: nothing opens by itself on top of it. */
export const isMachineViewShown = (): boolean =>
  vscode.window.tabGroups.all.some(
    ({ activeTab }) =>
      activeTab?.input instanceof vscode.TabInputWebview && activeTab.input.viewType.endsWith(machineViewType),
  );

const isOurs = (input: unknown): boolean =>
  input instanceof vscode.TabInputWebview &&
  [pictureViewType, machineViewType].some((type) => input.viewType.endsWith(type));

const dapSource = (source: PlaceSource): DapSource =>
  source.id === 0
    ? { name: source.name, path: source.path }
    : { name: source.name, path: source.name, sourceReference: source.id };

/** The document of a place of a picture or view. */
export function uriOf(session: vscode.DebugSession, source: PlaceSource): vscode.Uri {
  return source.id === 0
    ? vscode.Uri.file(source.path!)
    : vscode.debug.asDebugSourceUri(dapSource(source) as vscode.DebugProtocolSource, session);
}

export async function reveal(
  session: vscode.DebugSession,
  source: DapSource,
  line: number,
  column: number,
  viewColumn?: vscode.ViewColumn,
  preview = true,
): Promise<void> {
  const uri = source.sourceReference
    ? vscode.debug.asDebugSourceUri(source as vscode.DebugProtocolSource, session)
    : vscode.Uri.file(source.path!);
  const document = await vscode.workspace.openTextDocument(uri);
  const position = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
  await vscode.window.showTextDocument(document, {
    viewColumn,
    selection: new vscode.Range(position, position),
    preview,
  });
}

/** More room for the second column than for the first. */
export async function widen(first = 0.4): Promise<void> {
  const groups = [{ size: first }, { size: 1 - first }];
  await vscode.commands.executeCommand('vscode.setEditorLayout', { orientation: 0, groups });
}

/** A place of a picture: in the column that does not show the picture. */
export async function revealPlace(session: vscode.DebugSession, { source, line, column }: Place): Promise<void> {
  try {
    await reveal(session, dapSource(source), line, column, vscode.ViewColumn.One);
  } catch {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The listing went with its session. Start again, and stop before the end to look at it.'),
    );
  }
}
