// The commands, one row each.

import * as vscode from 'vscode';
import type { BailoutApi } from './extension.ts';
import type { HeapTree } from './heap-view.ts';
import { addNamedBreakpoint, breakInDeoptimizer, functionAtCursor } from './named-breakpoints.ts';
import { listingColumn, reveal, widen } from './reveal.ts';
import type { TimelineItem } from './timeline.ts';

export function registerCommands(
  context: vscode.ExtensionContext,
  { timeline, panel, machine, heap }: Omit<BailoutApi, 'markers'>,
): vscode.Disposable[] {
  const start =
    (extra: object, noDebug = false) =>
    (uri?: vscode.Uri) =>
      startFile(uri, extra, noDebug);
  const rows: Readonly<Record<string, (...args: never[]) => unknown>> = {
    runFile: start({}, true),
    debugFile: start({}),
    debugFileStoppingAtBailouts: start({ stopOnBailout: true }),
    openExamples: () => openExamples(context),
    showBytecode: () => showListing('bytecode'),
    showCode: () => showListing('code'),
    breakOnGuards,
    breakInDeoptimizer,
    showFrameTranslation: () => panel.open(),
    showMachineView: () => machine.open(),
    showInHeap: (variables: Parameters<HeapTree['showObject']>[0]) => heap.showObject(variables),
    openFrameTranslation: (item: TimelineItem) => panel.openItem(item),
    goToSource: (item: TimelineItem) => goToSource(item),
    goToCode: (item: TimelineItem) => goToCode(item),
    breakOnThisReason: (item: TimelineItem) => breakOnThisReason(item),
    clearTimeline: () => timeline.clear(),
    showTierUps: () => setShowTierUps(true),
    hideTierUps: () => setShowTierUps(false),
  };
  return Object.entries(rows).map(([name, run]) => vscode.commands.registerCommand(`bailout.${name}`, run));
}

async function startFile(uri: vscode.Uri | undefined, extra: object, noDebug: boolean): Promise<void> {
  const target = uri ?? vscode.window.activeTextEditor?.document.uri;
  if (target === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a JavaScript or TypeScript file to debug it in Bailout.'),
    );
    return;
  }
  const configuration = { type: 'bailout', request: 'launch', name: 'Bailout', program: target.fsPath, ...extra };
  await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(target), configuration, { noDebug });
}

/** The examples in a folder of one's own, in a new window: they can be changed there. What was changed before stays. */
async function openExamples({ extensionUri, globalStorageUri }: vscode.ExtensionContext): Promise<void> {
  const { fs } = vscode.workspace;
  const from = vscode.Uri.joinPath(extensionUri, 'examples');
  const to = vscode.Uri.joinPath(globalStorageUri, 'examples');
  await fs.createDirectory(to);
  for (const [name, type] of await fs.readDirectory(from)) {
    if (type !== vscode.FileType.File) continue;
    const copy = vscode.Uri.joinPath(to, name);
    await fs.copy(vscode.Uri.joinPath(from, name), copy, { overwrite: false }).then(undefined, () => {});
  }
  await vscode.commands.executeCommand('vscode.openFolder', to, { forceNewWindow: true });
}

function runningSession(): vscode.DebugSession | undefined {
  const session = vscode.debug.activeDebugSession;
  if (session?.type === 'bailout') return session;
  void vscode.window.showInformationMessage(vscode.l10n.t('Start debugging in Bailout first.'));
  return undefined;
}

async function showListing(kind: 'bytecode' | 'code'): Promise<void> {
  const session = runningSession();
  if (session === undefined) return;
  const stackItem = vscode.debug.activeStackItem;
  const frameId = stackItem instanceof vscode.DebugStackFrame ? stackItem.frameId : undefined;
  const name =
    frameId === undefined
      ? await vscode.window.showInputBox({ prompt: vscode.l10n.t('Name of the function') })
      : undefined;
  if (frameId === undefined && !name) return;
  try {
    const found = await session.customRequest('bailout/listing', { kind, frameId, function: name });
    if (found.source === undefined) {
      void vscode.window.showInformationMessage(
        kind === 'code'
          ? vscode.l10n.t('This function has no optimized code (yet).')
          : vscode.l10n.t('This function has no bytecode (yet).'),
      );
      return;
    }
    const isAlone = vscode.window.tabGroups.all.length === 1;
    await reveal(session, found.source, found.line ?? 1, 1, listingColumn(), false);
    // Its mnemonics stand behind addresses and bytes.
    if (isAlone) await widen();
  } catch (error) {
    void vscode.window.showErrorMessage((error as Error).message);
  }
}

async function goToSource({ entry, session }: TimelineItem): Promise<void> {
  if (entry.kind === 'invalidated' || entry.source === undefined) return;
  const location = entry.kind === 'bailout' ? entry.bailout.location : entry.tierUp.location;
  await reveal(session, entry.source, location?.line ?? 1, location?.column ?? 1);
}

async function goToCode({ entry, session }: TimelineItem): Promise<void> {
  if (entry.kind === 'invalidated' || entry.codeSource === undefined) return;
  const line = entry.kind === 'bailout' ? (entry.bailout.code?.line ?? 1) : 1;
  try {
    await reveal(session, entry.codeSource, line, 1, listingColumn());
  } catch {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The code went with its session. Start again, and stop before the end to look at it.'),
    );
  }
}

async function breakOnGuards(): Promise<void> {
  const name = await vscode.window.showInputBox({
    prompt: vscode.l10n.t('Function whose guards to break on; * for every function'),
    value: functionAtCursor() ?? '*',
  });
  if (name) addNamedBreakpoint(`guard:${name}`);
}

function breakOnThisReason({ entry }: TimelineItem): void {
  if (entry.kind === 'bailout') addNamedBreakpoint(`guard:*:${entry.bailout.reason}`);
}

async function setShowTierUps(show: boolean): Promise<void> {
  await vscode.workspace
    .getConfiguration('bailout')
    .update('timeline.showTierUps', show, vscode.ConfigurationTarget.Global);
}
