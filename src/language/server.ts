// The language server for listings: hovers that explain bytecodes and x64 instructions, and jumps to jump targets. What it
// knows comes from the engine's tables; it never runs anything.

import { createConnection, ProposedFeatures, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Explanation, explainLine, jumpTargetLine } from './listings.ts';

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);

connection.onInitialize(() => ({
  capabilities: {
    textDocumentSync: TextDocumentSyncKind.Incremental,
    hoverProvider: true,
    definitionProvider: true,
  },
  serverInfo: { name: 'Bailout' },
}));

const lineOf = (document: TextDocument, line: number): string =>
  document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } }).replace(/\r?\n$/, '');

connection.onHover(({ textDocument, position }) => {
  const document = documents.get(textDocument.uri);
  if (document === undefined) return null;
  const explanation: Explanation | undefined = explainLine(
    document.languageId,
    lineOf(document, position.line),
    position.character,
  );
  if (explanation === undefined) return null;
  return {
    contents: { kind: 'markdown', value: explanation.markdown },
    range: {
      start: { line: position.line, character: explanation.start },
      end: { line: position.line, character: explanation.end },
    },
  };
});

connection.onDefinition(({ textDocument, position }) => {
  const document = documents.get(textDocument.uri);
  if (document === undefined) return null;
  const line = jumpTargetLine(document.getText().split(/\r?\n/), position.line);
  if (line === undefined) return null;
  return { uri: document.uri, range: { start: { line, character: 0 }, end: { line, character: 0 } } };
});

documents.listen(connection);
connection.listen();
