// Where a bailout is in its source: the expression that failed, and whether the loop that the code was made for is behind it.

import type { Program } from 'acorn';
import { Bytecode } from '../bytecode/index.ts';
import type { Tagged } from '../heap/index.ts';
import type { CodeView } from '../isolate/index.ts';
import { expressionAt, type FoundExpression, treeOf } from './failing-expression.ts';
import type { Functions } from './functions.ts';
import type { Position } from './protocol.ts';
import type { Sources } from './sources.ts';
import type { ScriptRecord } from './target.ts';

export interface QuotedExpression {
  readonly text: string;
  readonly operator: string | undefined;
  /** Undefined where the script was made of something else. */
  readonly location: Position | undefined;
}

/** Longer expressions are cut in texts. */
const longest = 60;
/** Longer scripts are not parsed again for a quotation. */
const longestScript = 500_000;

export class Expressions {
  private readonly functions: Functions;
  private readonly sources: Sources;
  private readonly trees = new Map<number, Program | undefined>();
  private readonly found = new Map<string, QuotedExpression | undefined>();

  constructor(functions: Functions, sources: Sources) {
    this.functions = functions;
    this.sources = sources;
  }

  /** @param isCall where a property and its call have one position, the call is meant */
  at(sfi: Tagged, position: number, isCall: boolean): QuotedExpression | undefined {
    const record = this.functions.scriptOf(sfi);
    if (record === undefined || position < 0) return undefined;
    const key = `${record.id} ${position} ${isCall}`;
    if (!this.found.has(key)) this.found.set(key, this.read(record, position, isCall));
    return this.found.get(key);
  }

  private read(record: ScriptRecord, position: number, isCall: boolean): QuotedExpression | undefined {
    const tree = this.treeOf(record);
    let found: FoundExpression | undefined;
    try {
      found = tree && expressionAt(tree, record.source, position, isCall);
    } catch {
      // deeper than the stack
    }
    if (found === undefined) return undefined;
    const text = record.source.slice(found.start, found.end).replace(/\s+/g, ' ');
    const end = this.sources.position(record, found.end);
    const isMapped = this.sources.original(record, position) !== undefined;
    return {
      text: text.length > longest ? `${text.slice(0, longest - 1)}…` : text,
      operator: found.operator,
      location: isMapped
        ? undefined
        : { ...this.sources.position(record, found.start), endLine: end.line, endColumn: end.column },
    };
  }

  private treeOf({ id, source }: ScriptRecord): Program | undefined {
    if (!this.trees.has(id)) this.trees.set(id, source.length > longestScript ? undefined : treeOf(source));
    return this.trees.get(id);
  }
}

/** Whether an exit of code that replaced a hot loop on the stack stands behind that loop, and behind the loops around it. */
export function isAfterLoop(functions: Functions, view: CodeView, exit: number): boolean {
  const outer = view.levelsOfExit(exit).at(-1);
  const bytecodes = functions.bytecodes(view.sfi);
  if (view.osrOffset < 0 || outer === undefined || bytecodes === 0) return false;
  let end = view.osrOffset;
  const here: number[] = [];
  const loops: { readonly start: number; readonly end: number }[] = [];
  for (const accessor = functions.accessor(bytecodes); !accessor.done; accessor.advance()) {
    const offset = accessor.currentOffset;
    if (functions.positionAt(bytecodes, offset) === outer.position) here.push(offset);
    if (accessor.bytecode === Bytecode.JumpLoop) loops.push({ start: accessor.jumpTarget, end: offset });
  }
  for (const loop of loops) if (loop.start <= view.osrOffset && loop.end > end) end = loop.end;
  return here.length > 0 && here.every((offset) => offset > end);
}
