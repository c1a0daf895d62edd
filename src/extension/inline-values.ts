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

/** Identifiers of a line that may be variables: no keywords, no property names, nothing inside strings or comments. */
export function identifiers(line: string): { readonly name: string; readonly start: number }[] {
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

const provider: vscode.InlineValuesProvider = {
  provideInlineValues(document, viewPort, context) {
    const last = context.stoppedLocation.end.line;
    const values: vscode.InlineValue[] = [];
    for (let line = Math.max(viewPort.start.line, last - linesAbove, 0); line <= last; line++) {
      const seen = new Set<string>();
      for (const { name, start } of identifiers(document.lineAt(line).text)) {
        if (seen.has(name)) continue;
        seen.add(name);
        values.push(
          new vscode.InlineValueVariableLookup(new vscode.Range(line, start, line, start + name.length), name, true),
        );
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
