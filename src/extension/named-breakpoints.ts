// Breakpoints with names that the adapter knows (`guard:area`, `phase:write`): function breakpoints for VS Code, so they show in the
// Breakpoints view, can be edited there, and persist.

import * as vscode from 'vscode';
import { breakablePhases } from '../picture/index.ts';

export function addNamedBreakpoint(name: string): void {
  if (namedBreakpoint(name) === undefined) vscode.debug.addBreakpoints([new vscode.FunctionBreakpoint(name)]);
}

export function namedBreakpoint(name: string): vscode.FunctionBreakpoint | undefined {
  return vscode.debug.breakpoints.find(
    (candidate): candidate is vscode.FunctionBreakpoint =>
      candidate instanceof vscode.FunctionBreakpoint && candidate.functionName === name,
  );
}

/** On or off. A disabled one comes back as it was, with its condition. */
export function toggleNamedBreakpoint(name: string): void {
  const found = namedBreakpoint(name);
  if (found !== undefined) vscode.debug.removeBreakpoints([found]);
  else addNamedBreakpoint(name);
}

/** The function under the cursor, to begin with. */
export function functionAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const word = editor?.document.getText(editor.document.getWordRangeAtPosition(editor.selection.active));
  return word !== undefined && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(word) ? word : undefined;
}

interface Choice extends vscode.QuickPickItem {
  /** The name without its function: `phase:write`. */
  readonly pattern: string;
  readonly isSlot?: boolean;
}

function choices(): Choice[] {
  const { l10n } = vscode;
  const separator = (label: string): Choice => ({ label, pattern: '', kind: vscode.QuickPickItemKind.Separator });
  const phases = breakablePhases.map(
    ({ title, word, does }): Choice => ({
      label: `$(debug-breakpoint-function) ${title}`,
      description: `phase:${word}`,
      detail: does,
      pattern: `phase:${word}`,
    }),
  );
  const slot: Choice = {
    label: `$(debug-breakpoint-function) ${l10n.t('one slot')}`,
    description: 'phase:slot:NAME',
    detail: l10n.t("When a slot of an output frame is written: V8's name, a bytecode register, or a variable."),
    pattern: 'phase:slot',
    isSlot: true,
  };
  phases.splice(phases.findIndex(({ pattern }) => pattern === 'phase:translate') + 1, 0, slot);
  const code = (word: string, title: string, detail: string): Choice => ({
    label: `$(debug-breakpoint-function) ${title}`,
    description: `${word}:FUNCTION`,
    detail,
    pattern: word,
  });
  const collection = (word: string, detail: string): Choice => ({
    label: `$(debug-breakpoint-function) ${word}`,
    description: `gc:${word}`,
    detail,
    pattern: `gc:${word}`,
  });
  return [
    separator(l10n.t('In the Deoptimizer')),
    ...phases,
    separator(l10n.t('Around it')),
    code('guard', l10n.t('guard'), l10n.t('On a guard that is about to fail, before its jump.')),
    code('tierup', l10n.t('tier-up'), l10n.t('After a function was optimized.')),
    code('osr', l10n.t('on-stack replacement'), l10n.t('After a function was optimized in the middle of its loop.')),
    code('invalidate', l10n.t('invalidation'), l10n.t('After optimized code was invalidated.')),
    separator(l10n.t('In the collector')),
    collection('scavenge', l10n.t('After live objects of new space were moved, with what went where.')),
    collection('mark', l10n.t('After all that lives was marked.')),
    collection('finalize', l10n.t('After the rest of old space was given back.')),
  ];
}

/** Asks what to stop at and for which function, and adds the breakpoint. */
export async function breakInDeoptimizer(): Promise<void> {
  const value = functionAtCursor() ?? '*';
  const choice = await vscode.window.showQuickPick(choices(), {
    title: vscode.l10n.t('Break in the Deoptimizer'),
    placeHolder: vscode.l10n.t('What to stop at'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (choice === undefined) return;
  let { pattern } = choice;
  if (pattern.startsWith('gc:')) {
    addNamedBreakpoint(pattern);
    return;
  }
  if (choice.isSlot === true) {
    const slot = await vscode.window.showInputBox({
      prompt: vscode.l10n.t(
        "The slot: V8's name for it, a bytecode register such as r0, or a variable; * for every slot",
      ),
      value: 'accumulator',
    });
    if (!slot) return;
    pattern += `:${slot}`;
  }
  const name = await vscode.window.showInputBox({
    prompt: vscode.l10n.t('The function; * for every function'),
    value,
  });
  if (!name) return;
  addNamedBreakpoint(name.trim() === '*' && pattern.startsWith('phase:') ? pattern : `${pattern}:${name.trim()}`);
}
