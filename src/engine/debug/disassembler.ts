// Disassembly by address: machine code of any Code object and bytecode of any function, as one sequence of instructions around
// an address; raw memory beside it.

import { formatBytecodeWithTargets } from '../bytecode/index.ts';
import { IsolateData, Region } from '../heap/index.ts';
import type { CodeView, CodeViews } from '../isolate/index.ts';
import { addressText, parseAddress } from './addresses.ts';
import type { Functions } from './functions.ts';
import type { Commands, Instruction } from './protocol.ts';
import type { Sources } from './sources.ts';
import type { DebugTarget } from './target.ts';

const spaced = (hex: string): string => hex.replace(/..(?=.)/g, '$& ');

export class Disassembler {
  private readonly target: DebugTarget;
  private readonly functions: Functions;
  private readonly sources: Sources;
  private readonly codes: CodeViews;

  constructor(target: DebugTarget, functions: Functions, sources: Sources, codes: CodeViews) {
    this.target = target;
    this.functions = functions;
    this.sources = sources;
    this.codes = codes;
  }

  disassemble({
    address,
    offset,
    instructionOffset,
    count,
  }: Commands['disassemble']['args']): Commands['disassemble']['result'] {
    const at = parseAddress(address, offset);
    const view = this.codes.at(at);
    if (view !== undefined) return this.around(view, at, instructionOffset, count);
    const bytecode = this.functions.atAddress(at);
    if (bytecode !== undefined) {
      const all = this.bytecodeInstructions(bytecode.sfi);
      const index = all.findLastIndex((i) => parseAddress(i.address) <= at);
      return slice(all, Math.max(0, index) + instructionOffset, count);
    }
    const nearest = this.codes.all().find((v) => v.start >= at);
    if (at >= Region.Code && at < Region.CodeEnd && nearest !== undefined)
      return this.around(nearest, nearest.start, instructionOffset, count);
    return { missing: Math.max(0, Math.min(count, -instructionOffset)), instructions: [] };
  }

  /** Instructions of neighbouring Code objects follow each other: a client scrolls across them. */
  private around(
    view: CodeView,
    at: number,
    instructionOffset: number,
    count: number,
  ): Commands['disassemble']['result'] {
    const views = this.codes.all();
    const own = views.indexOf(view);
    const before: Instruction[] = [];
    const after: Instruction[] = [];
    const index = view.indexAt(at - view.start);
    const wantedBefore = Math.max(0, -instructionOffset) - index;
    for (let i = own - 1, n = 0; i >= 0 && n < wantedBefore; i--) {
      const list = this.instructionsOf(views[i]!);
      before.unshift(...list);
      n += list.length;
    }
    const list = this.instructionsOf(view);
    for (let i = own + 1; i < views.length && list.length - index + after.length < instructionOffset + count; i++)
      after.push(...this.instructionsOf(views[i]!));
    return slice([...before, ...list, ...after], before.length + index + instructionOffset, count);
  }

  private instructionsOf(view: CodeView): Instruction[] {
    return view.instructions.map((line, i): Instruction => {
      const entry = view.isOptimized ? view.positions.findLast((p) => p.pc <= line.offset) : undefined;
      const level = entry === undefined ? undefined : view.levels(entry.position, entry.inliningId)[0];
      const exit = view.exitCount > 0 ? view.exitAt(line.offset) : -1;
      const comment =
        line.comment === undefined
          ? exit >= 0
            ? `deopt exit ${exit}: ${view.isLazyExit(exit) ? 'lazy' : view.reasonOf(exit)}`
            : undefined
          : line.comment;
      return {
        address: addressText(view.start + line.offset),
        bytes: spaced(line.bytes),
        text: comment === undefined ? line.text : `${line.text}  ;; ${comment}`,
        symbol:
          i === 0 ? (view.isOptimized ? `${view.name} (optimized #${view.optimizationId})` : view.name) : undefined,
        location: level === undefined ? undefined : this.sources.locationOf(level.sfi, level.position),
      };
    });
  }

  private bytecodeInstructions(sfi: number): Instruction[] {
    const bytecodes = this.functions.bytecodes(sfi);
    const start = this.functions.bytecodeStart(bytecodes);
    const bytes = this.functions.bytes(bytecodes);
    const result: Instruction[] = [];
    for (const accessor = this.functions.accessor(bytecodes); !accessor.done; accessor.advance()) {
      const offset = accessor.currentOffset;
      const hex = Buffer.from(bytes.subarray(offset, accessor.nextOffset)).toString('hex');
      result.push({
        address: addressText(start + offset),
        bytes: spaced(hex),
        text: formatBytecodeWithTargets(accessor, Number(BigInt(addressText(start)))),
        symbol: offset === 0 ? this.functions.nameOf(sfi) : undefined,
        location: this.sources.locationOf(sfi, this.functions.positionAt(bytecodes, offset)),
      });
    }
    return result;
  }

  readMemory({ address, offset, count }: Commands['readMemory']['args']): Commands['readMemory']['result'] {
    const at = parseAddress(address, offset);
    const { heap } = this.target;
    const end = Math.min(at + Math.max(0, count), heap.size);
    return { address: addressText(at), data: heap.u8.slice(at, Math.max(at, end)) };
  }

  writeMemory({ address, offset, data }: Commands['writeMemory']['args']): Commands['writeMemory']['result'] {
    const at = parseAddress(address, offset);
    const { heap, codeWritten } = this.target;
    if (at < Region.IsolateData || at + data.length > heap.size) throw new Error(`${address} is not writable memory.`);
    if (at < Region.IsolateData + IsolateData.Cpu) throw new Error('This memory belongs to the engine itself.');
    heap.u8.set(data, at);
    if (at < Region.CodeEnd && at + data.length > Region.Code) codeWritten(at, at + data.length);
    return { written: data.length };
  }
}

function slice(all: readonly Instruction[], start: number, count: number): Commands['disassemble']['result'] {
  const missing = Math.max(0, Math.min(count, -start));
  return { missing, instructions: all.slice(Math.max(0, start), Math.max(0, start + count)) };
}
