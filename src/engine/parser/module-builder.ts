// Modules: import and export declarations, and the cells their variables live in.

import { kNoPosition, type Statement } from './ast.ts';
import { type EsNode, EsSyntaxError } from './es-tree.ts';
import type { Variable } from './scopes.ts';

/** Collected while a module is parsed; cells are numbered at its end. */
export class ModuleDescriptor {
  readonly requests: { specifier: string; type: string | undefined; position: number }[] = [];
  readonly imports: {
    localName: string;
    importName: string;
    request: number;
    variable: Variable;
    position: number;
    end: number;
  }[] = [];
  readonly namespaceImports: { localName: string; request: number; variable: Variable }[] = [];
  readonly exports: { exportName: string; localName: string }[] = [];
  readonly indirectExports: {
    exportName: string;
    importName: string;
    request: number;
    position: number;
    end: number;
  }[] = [];
  readonly namespaceExports: { exportName: string; request: number }[] = [];
  readonly starExports: number[] = [];

  /** The request of an import or export declaration: its specifier and `type` attribute. */
  request(declaration: EsNode): number {
    const node: EsNode = declaration.source;
    const specifier: string = node.value;
    let type: string | undefined;
    for (const attribute of (declaration.attributes ?? []) as EsNode[]) {
      const name = nameOf(attribute.key);
      const value = String(attribute.value.value);
      if (name !== 'type')
        throw new EsSyntaxError(`Import attribute "${name}" with value "${value}" is not supported`, attribute.start);
      type = value;
    }
    const known = this.requests.findIndex((r) => r.specifier === specifier && r.type === type);
    if (known >= 0) return known;
    this.requests.push({ specifier, type, position: node.start });
    return this.requests.length - 1;
  }

  /** Exports of imported names become indirect; the rest get cells in the order of their local names. */
  assignCells(lookup: (name: string) => Variable | undefined): void {
    this.imports.sort(byLocalName);
    for (const entry of [...this.exports].sort(byLocalName)) {
      const { exportName, localName } = entry;
      const imported = this.imports.find((other) => other.localName === localName);
      if (imported === undefined) continue;
      this.exports.splice(this.exports.indexOf(entry), 1);
      this.indirectExports.push({
        exportName,
        importName: imported.importName,
        request: imported.request,
        // where the name is imported: that is what cannot be resolved
        position: imported.position,
        end: imported.end,
      });
    }
    const names = [...new Set(this.exports.map((entry) => entry.localName))].sort(compareNames);
    names.forEach((name, i) => {
      const variable = lookup(name);
      if (variable === undefined) return;
      variable.isExport = true;
      variable.isUsed = true;
      variable.setMaybeAssigned();
      variable.allocateTo('module', i + 1);
    });
    this.imports.forEach(({ variable }, i) => void variable.allocateTo('module', -1 - i));
  }
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byLocalName(a: { readonly localName: string }, b: { readonly localName: string }): number {
  return compareNames(a.localName, b.localName);
}

export function nameOf(node: EsNode): string {
  return node.type === 'Identifier' ? node.name : String(node.value);
}

/** Names that a declaration statement binds, for `export let a, { b } = …`. */
export function boundNames(node: EsNode): string[] {
  switch (node.type) {
    case 'VariableDeclaration':
      return (node.declarations as EsNode[]).flatMap((declarator) => boundNames(declarator.id));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return node.id ? [node.id.name] : [];
    case 'Identifier':
      return [node.name];
    case 'ObjectPattern':
      return (node.properties as EsNode[]).flatMap((p) => boundNames(p.type === 'RestElement' ? p.argument : p.value));
    case 'ArrayPattern':
      return (node.elements as (EsNode | null)[]).flatMap((element) => (element === null ? [] : boundNames(element)));
    case 'AssignmentPattern':
      return boundNames(node.left);
    case 'RestElement':
      return boundNames(node.argument);
    default:
      return [];
  }
}

export const emptyStatement: Statement = { kind: 'EmptyStatement', position: kNoPosition };
