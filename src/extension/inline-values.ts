// Values beside the code at a stop: the identifiers of the lines around it, looked up among the variables of the frame.
// Registered only while a session of this type runs, so that other JavaScript debuggers keep VS Code's own way.

import * as vscode from 'vscode';
import { languages } from './debugging.ts';

/** Lines above the stop that are looked at: about a function's worth. */
const linesAbove = 40;

const keywords = new Set(
  'await break case catch class const continue debugger default delete do else export extends false finally for function if import in instanceof let new null of return static super switch this throw true try typeof undefined var void while with yield async get set'.split(
    ' ',
  ),
);

/** Nobody reads values in longer lines, and a file may have any. */
const longestLine = 2000;

/** Identifiers of a line that may be variables: no keywords, no property names, nothing inside strings or comments. */
export function identifiers(line: string): { readonly name: string; readonly start: number }[] {
  if (line.length > longestLine) return [];
  const code = line
    .replace(/(['"`])(?:\\.|(?!\1)[^\\])*\1/g, (text) => ' '.repeat(text.length))
    .replace(/\/\/.*$/, '')
    .replace(/\/\*.*?\*\//g, (text) => ' '.repeat(text.length));
  const found: { name: string; start: number }[] = [];
  for (const match of code.matchAll(
    /(?<![\w$.#]|\.\.\.)[\p{ID_Start}$_][\p{ID_Continue}$]*(?![\p{ID_Continue}$])(?!\s*:(?!:)|\s*\()/gu,
  )) {
    if (!keywords.has(match[0])) found.push({ name: match[0], start: match.index });
  }
  return found;
}

/** A name and its value together are no longer than this: a line of code is still to be read. */
export const longestInline = 40;

/** `name = value`, cut; undefined for what is not there yet, or no more. */
export function inlineText(name: string, value: string): string | undefined {
  if (/^<[\w ]+>$/.test(value)) return undefined;
  const text = `${name} = ${value.replace(/\s+/g, ' ')}`;
  return text.length > longestInline ? `${text.slice(0, longestInline - 1)}…` : text;
}

interface Variables {
  readonly variables: readonly { readonly name: string; readonly value: string }[];
}
interface Scopes {
  readonly scopes: readonly {
    readonly variablesReference: number;
    readonly name: string;
    readonly expensive: boolean;
  }[];
}

/** Scopes that show the machine, not the program's variables. */
const machineScopes =
  /^(x64 Registers|XMM Registers|FrameState|Guard|Bytecode Registers|Feedback|Output Frame|Translation)$/;

/** Variables of a frame by name, inner ones first. */
async function variablesOf(session: vscode.DebugSession, frameId: number): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const { scopes }: Scopes = await session.customRequest('scopes', { frameId });
  for (const { variablesReference, name, expensive } of scopes) {
    if (expensive || machineScopes.test(name)) continue;
    const { variables }: Variables = await session.customRequest('variables', { variablesReference });
    for (const variable of variables) if (!found.has(variable.name)) found.set(variable.name, variable.value);
  }
  return found;
}

const provider: vscode.InlineValuesProvider = {
  async provideInlineValues(document, viewPort, context) {
    const session = vscode.debug.activeDebugSession;
    if (session?.type !== 'bailout') return [];
    const known = await variablesOf(session, context.frameId).catch(() => new Map<string, string>());
    const last = context.stoppedLocation.end.line;
    const values: vscode.InlineValue[] = [];
    for (let line = Math.max(viewPort.start.line, last - linesAbove, 0); line <= last; line++) {
      const seen = new Set<string>();
      for (const { name, start } of identifiers(document.lineAt(line).text)) {
        const value = known.get(name);
        if (value === undefined || seen.has(name)) continue;
        seen.add(name);
        const text = inlineText(name, value);
        const range = new vscode.Range(line, start, line, start + name.length);
        if (text !== undefined) values.push(new vscode.InlineValueText(range, text));
      }
    }
    return values;
  },
};

export function registerInlineValues(): vscode.Disposable {
  let registration: vscode.Disposable | undefined;
  const running = new Set<string>();
  const update = () => {
    if (running.size > 0) registration ??= vscode.languages.registerInlineValuesProvider(languages, provider);
    else {
      registration?.dispose();
      registration = undefined;
    }
  };
  return vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession((session) => {
      if (session.type === 'bailout') running.add(session.id);
      update();
    }),
    vscode.debug.onDidTerminateDebugSession((session) => {
      running.delete(session.id);
      update();
    }),
    { dispose: () => registration?.dispose() },
  );
}
