// Script offsets as people read them: line and column, with the stack of inlined calls.

import type { Heap, Tagged } from '../heap/index.ts';
import { isSmi, smiValue } from '../heap/index.ts';
import {
  ByteArray,
  Code,
  DeoptimizationData,
  FixedArray,
  Script,
  SharedFunctionInfo,
  StaticRoot,
  toHostString,
} from '../objects/index.ts';

export interface LineAndColumn {
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

/** One level of a position: the innermost function first, then the functions it was inlined into. */
export interface PositionFrame extends LineAndColumn {
  readonly sharedFunctionInfo: Tagged;
  readonly scriptName: string;
  readonly offset: number;
}

/** Line starts by script, rebuilt from the source when asked for. */
export class SourcePositions {
  private readonly heap: Heap;
  private readonly lineStarts = new Map<number, number[]>();

  constructor(heap: Heap) {
    this.heap = heap;
  }

  scriptName(script: Tagged): string {
    if (script === StaticRoot.Undefined) return '';
    const name = this.heap.get(script, Script.Name);
    return isSmi(name) || name === StaticRoot.Undefined ? '' : toHostString(this.heap, name);
  }

  lineAndColumn(script: Tagged, offset: number): LineAndColumn {
    if (script === StaticRoot.Undefined) return { line: 0, column: 0 };
    const starts = this.startsOf(script);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  /** The frames of a position in optimized code. @param inliningId index into its inlining positions, −1: not inlined */
  inliningStack(code: Tagged, offset: number, inliningId: number): PositionFrame[] {
    const { heap } = this;
    const data = heap.get(code, Code.DeoptimizationData);
    const element = (index: number): Tagged => heap.getElement(data, FixedArray.Elements, index);
    const frames: PositionFrame[] = [];
    const add = (shared: Tagged, at: number): void => {
      const script = heap.get(shared, SharedFunctionInfo.Script);
      frames.push({
        sharedFunctionInfo: shared,
        scriptName: this.scriptName(script),
        offset: at,
        ...this.lineAndColumn(script, at),
      });
    };
    let id = inliningId;
    let at = offset;
    const positions = element(DeoptimizationData.InliningPositions);
    const inlined = heap.get(code, Code.InlinedFunctions);
    while (id >= 0) {
      const row = (positions + ByteArray.Bytes - 1 + 12 * id) >> 2;
      add(heap.getElement(inlined, FixedArray.Elements, heap.i32[row]!), at);
      at = heap.i32[row + 1]!;
      id = heap.i32[row + 2]!;
    }
    add(heap.get(code, Code.SharedFunctionInfo), at);
    return frames;
  }

  /** As the reference prints it, where a script has a name: `<file:1:33> inlined at <file:2:32>`. */
  describe(code: Tagged, offset: number, inliningId: number): string {
    return this.inliningStack(code, offset, inliningId)
      .map((frame) => `<${frame.scriptName || 'unknown'}:${frame.line}:${frame.column}>`)
      .join(' inlined at ');
  }

  private startsOf(script: Tagged): number[] {
    const id = smiValue(this.heap.get(script, Script.Id));
    let starts = this.lineStarts.get(id);
    if (starts === undefined) {
      starts = [0];
      const source = this.heap.get(script, Script.Source);
      const text = isSmi(source) || source === StaticRoot.Undefined ? '' : toHostString(this.heap, source);
      for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
      this.lineStarts.set(id, starts);
    }
    return starts;
  }
}
