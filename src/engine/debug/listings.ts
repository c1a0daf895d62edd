// Listings as sources: a function's bytecode, a Code object's instructions. A listing keeps its id for as long as the engine
// lives; every line that is an instruction leads to it, and back.

import { listBytecodes, printBytecode } from '../bytecode/index.ts';
import type { Address, Tagged } from '../heap/index.ts';
import type { CodeView, CodeViews } from '../isolate/index.ts';
import type { Functions } from './functions.ts';
import type { ListingKind, Location, SourceRef } from './protocol.ts';
import type { Sources } from './sources.ts';
import type { FrameView } from './stack.ts';

/** Lines of a bytecode listing before its first bytecode. */
const bytecodeHeader = 5;

export type ListingTarget =
  | { readonly kind: 'bytecode'; readonly line: number; readonly sfi: Tagged; readonly offset: number }
  | { readonly kind: 'code'; readonly line: number; readonly address: Address };

interface BytecodeListing {
  readonly ref: SourceRef;
  readonly sfi: Tagged;
  readonly offsets: readonly number[];
}

export class Listings {
  private readonly functions: Functions;
  private readonly sources: Sources;
  private readonly codes: CodeViews;
  private readonly bytecode = new Map<Tagged, BytecodeListing>();
  private readonly code = new Map<CodeView, SourceRef>();
  onNew: (source: SourceRef) => void = () => {};

  constructor(functions: Functions, sources: Sources, codes: CodeViews) {
    this.functions = functions;
    this.sources = sources;
    this.codes = codes;
  }

  // --- bytecode -------------------------------------------------------------------------------------------------------------

  private bytecodeListing(sfi: Tagged): BytecodeListing | undefined {
    if (this.functions.bytecodes(sfi) === 0) return undefined;
    let listing = this.bytecode.get(sfi);
    if (listing === undefined) {
      const name = `${fileName(this.functions.nameOf(sfi))}.bytecode`;
      const ref = this.sources.add('bytecode', name, () => printBytecode(this.functions.listingSource(sfi)));
      const accessor = this.functions.accessor(this.functions.bytecodes(sfi));
      const count = listBytecodes(this.functions.listingSource(sfi)).length;
      const offsets: number[] = [];
      for (; !accessor.done && offsets.length < count; accessor.advance()) offsets.push(accessor.currentOffset);
      listing = { ref, sfi, offsets };
      this.bytecode.set(sfi, listing);
      this.onNew(ref);
    }
    return listing;
  }

  bytecodeLocation(sfi: Tagged, offset: number): Location | undefined {
    const listing = this.bytecodeListing(sfi);
    if (listing === undefined) return undefined;
    const index = Math.max(
      0,
      listing.offsets.findLastIndex((o) => o <= Math.max(0, offset)),
    );
    return { source: listing.ref, line: bytecodeHeader + 1 + index, column: 1 };
  }

  // --- machine code ---------------------------------------------------------------------------------------------------------

  codeSource(view: CodeView): SourceRef {
    let ref = this.code.get(view);
    if (ref === undefined) {
      const osr = view.osrOffset >= 0 ? ', OSR' : '';
      const name = view.isOptimized
        ? `${fileName(view.name)} (optimized #${view.optimizationId}${osr}).x64`
        : `${view.name}.x64`;
      ref = this.sources.add('code', name, () => `${view.listing.text.join('\n')}\n`);
      this.code.set(view, ref);
      this.onNew(ref);
    }
    return ref;
  }

  codeLocation(view: CodeView, offset: number): Location {
    return { source: this.codeSource(view), line: view.lineAt(offset), column: 1 };
  }

  // --- both -------------------------------------------------------------------------------------------------------------------

  /** The instruction on a line of a listing, or the next one below it. */
  target(id: number, line: number): ListingTarget | undefined {
    for (const listing of this.bytecode.values()) {
      if (listing.ref.id !== id) continue;
      const index = Math.max(0, line - bytecodeHeader - 1);
      const offset = listing.offsets[index];
      return offset === undefined
        ? undefined
        : { kind: 'bytecode', line: bytecodeHeader + 1 + index, sfi: listing.sfi, offset };
    }
    for (const [view, ref] of this.code) {
      if (ref.id !== id) continue;
      const offset = view.offsetOfLine(line);
      return offset < 0 ? undefined : { kind: 'code', line: view.lineAt(offset), address: view.start + offset };
    }
    return undefined;
  }

  /** The code whose listing has this id. */
  codeOf(id: number): CodeView | undefined {
    for (const [view, ref] of this.code) if (ref.id === id) return view;
    return undefined;
  }

  /** The listing of a function by SharedFunctionInfo. */
  ofFunction(kind: ListingKind, sfi: Tagged): Location | undefined {
    if (kind === 'bytecode') return this.bytecodeLocation(sfi, 0);
    const view = this.codes.find(sfi);
    return view === undefined ? undefined : this.codeLocation(view, 0);
  }

  /** Where a frame stands in the listing of its function. */
  ofFrame(kind: ListingKind, { sfi, machine, deoptimizer, interpreted, translated }: FrameView): Location | undefined {
    if (kind === 'code') {
      if (machine !== undefined) return this.codeLocation(machine.view, machine.pc - machine.view.start);
      if (deoptimizer === undefined) return sfi === 0 ? undefined : this.ofFunction('code', sfi);
      const code = this.codes.of(deoptimizer.code);
      return this.codeLocation(code, deoptimizer.pc - 4 - code.start);
    }
    const offset = interpreted?.offset ?? translated?.frame.bytecodeOffset ?? 0;
    return sfi === 0 ? undefined : this.bytecodeLocation(sfi, offset);
  }
}

/** A function's name as part of a document's name. */
const fileName = (name: string): string => name.replace(/[()<>/\\:*?"|]/g, '') || 'anonymous';
