// Loads and stores: addressing modes, decompression, write barrier.

import { IsolateData, Region, rootRegisterBias } from '../../heap/index.ts';
import { BuiltinId } from '../../runtime/index.ts';
import { Cond, Gpr, imm, Label, type Mem, mem } from '../../x64/index.ts';
import { isTagged, Rep, Semantic } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import { WriteBarrierKind } from '../graph/parameters.ts';
import type { CodeGenerator } from './code-generator.ts';
import type { Use } from './instruction.ts';
import type { InstructionSelector } from './instruction-selector.ts';
import { constantOf, immediateOf } from './operands.ts';

export interface Address {
  readonly uses: Use[];
  mem(g: CodeGenerator): Mem;
}

/** The address of a Load or Store: inputs (base, offset), folded into one memory operand. */
export function addressOf(selector: InstructionSelector, node: Node): Address {
  const base = node.value(0);
  let displacement = 0;
  let index: Node | undefined;
  let scale: 1 | 2 | 4 | 8 = 1;
  let offset = node.value(1);
  for (;;) {
    const constant = constantOf(offset);
    if (constant?.kind === 'int32' || constant?.kind === 'int64') {
      displacement += Number(constant.value);
      break;
    }
    if (offset.opcode === 'Int64Add' && immediateOf(offset.value(1)) !== undefined) {
      displacement += immediateOf(offset.value(1))!.value;
      offset = offset.value(0);
      continue;
    }
    if (offset.opcode === 'Word64Shl' && scale === 1) {
      const shift = immediateOf(offset.value(1))?.value;
      if (shift !== undefined && shift >= 0 && shift <= 3) {
        scale = (1 << shift) as 1 | 2 | 4 | 8;
        offset = offset.value(0);
        index = offset;
        break;
      }
    }
    index = offset;
    break;
  }
  const indexUse = index === undefined ? undefined : selector.register(index);
  if (base.opcode === 'ExternalConstant') {
    const at = IsolateData[base.parameterOf('ExternalConstant')] - rootRegisterBias + displacement;
    return {
      uses: indexUse === undefined ? [] : [indexUse],
      mem: (g) => (indexUse === undefined ? mem(Gpr.r13, at) : mem(Gpr.r13, g.gpr(indexUse.vreg), scale, at)),
    };
  }
  if (base.opcode === 'HeapConstant') {
    const at = base.parameterOf('HeapConstant') + displacement;
    return {
      uses: indexUse === undefined ? [] : [indexUse],
      mem: (g) => (indexUse === undefined ? mem(Gpr.r14, at) : mem(Gpr.r14, g.gpr(indexUse.vreg), scale, at)),
    };
  }
  if (base.opcode === 'LoadFramePointer') {
    return {
      uses: indexUse === undefined ? [] : [indexUse],
      mem: (g) =>
        indexUse === undefined ? mem(Gpr.rbp, displacement) : mem(Gpr.rbp, g.gpr(indexUse.vreg), scale, displacement),
    };
  }
  const baseUse = selector.register(base);
  if (indexUse === undefined) return { uses: [baseUse], mem: (g) => mem(g.gpr(baseUse.vreg), displacement) };
  return {
    uses: [baseUse, indexUse],
    mem: (g) => mem(g.gpr(baseUse.vreg), g.gpr(indexUse.vreg), scale, displacement),
  };
}

/** Whether a comparison may read `load` from memory itself: nobody else wants it, and nothing is written in between. */
export function canFoldLoad(selector: InstructionSelector, load: Node, user: Node, size: 32 | 64): boolean {
  if (load.opcode !== 'Load') return false;
  const { rep } = load.parameterOf('Load').type;
  const width = isTagged(rep) || rep === Rep.Word32 ? 32 : rep === Rep.Word64 ? 64 : 0;
  if (width !== size || selector.isUsed(load)) return false;
  let valueUses = 0;
  for (const use of load.uses) if (use.user.isValueUse(use.index) && use.index < use.user.valueCount) valueUses++;
  if (valueUses !== 1) return false;
  const nodes = selector.block.nodes;
  const from = nodes.indexOf(load);
  if (from < 0) return false;
  // The comparison is emitted with its user, which is at or after the comparison in the block.
  const consumer = user.uses.length === 1 ? user.uses[0]!.user : undefined;
  if (consumer === undefined) return false;
  let to = nodes.indexOf(consumer);
  if (to < 0) to = consumer === selector.block.controlInput ? nodes.length : -1;
  if (to < from) return false;
  for (let i = from + 1; i < to; i++) if (nodes[i]!.opcode === 'Store' || nodes[i]!.opcode === 'Call') return false;
  return true;
}

export function selectLoad(selector: InstructionSelector, node: Node): void {
  const { type } = node.parameterOf('Load');
  const address = addressOf(selector, node);
  const compressed = isTagged(type.rep) && !needsFullPointer(node);
  selector.vreg(node).isCompressed = compressed;
  selector.add('Load', node, { uses: address.uses, defs: [selector.output(node)] }, (g, i) => {
    const from = address.mem(g);
    const to = i.definitions[0]!.vreg;
    const { masm } = g;
    switch (type.rep) {
      case Rep.Float64:
        masm.vmovsd(g.xmm(to), from);
        return;
      case Rep.Float32:
        masm.vmovss(g.xmm(to), from);
        return;
      case Rep.Word64:
        masm.movq(g.gpr(to), from);
        return;
      case Rep.Word32:
        masm.movl(g.gpr(to), from);
        return;
      case Rep.Word16:
        if (type.semantic === Semantic.Uint32) masm.movzxwl(g.gpr(to), from);
        else masm.movsxwl(g.gpr(to), from);
        return;
      case Rep.Bit:
      case Rep.Word8:
        if (type.semantic === Semantic.Int32) masm.movsxbl(g.gpr(to), from);
        else masm.movzxbl(g.gpr(to), from);
        return;
      default:
        // Decompress: the word is an offset in the cage.
        masm.movl(g.gpr(to), from);
        if (!compressed) masm.addq(g.gpr(to), Gpr.r14);
    }
  });
}

/** Whether any user of a tagged load reads all 64 bits (V8: decompression-optimizer.cc). */
function needsFullPointer(load: Node): boolean {
  return load.uses.some(({ user, index }) => {
    if (user.isEffectUse(index) || user.isControlUse(index)) return false;
    switch (user.opcode) {
      case 'BitcastTaggedToWord32':
      case 'TaggedEqual':
      case 'FrameState':
      case 'TypedStateValues':
      case 'TypedObjectState':
        return false;
      case 'Store':
        return index !== 2 || !isTagged(user.parameterOf('Store').rep);
      default:
        return true;
    }
  });
}

export function selectStore(selector: InstructionSelector, node: Node): void {
  const { rep, barrier } = node.parameterOf('Store');
  const value = node.value(2);
  const address = addressOf(selector, node);
  const immediate = rep === Rep.Word32 || isTagged(rep) ? immediateOf(value) : undefined;
  const needsBarrier = barrier !== WriteBarrierKind.None && immediate === undefined;
  const valueUse = immediate === undefined ? selector.register(value) : undefined;
  const uses = valueUse === undefined ? address.uses : [...address.uses, valueUse];
  selector.add('Store', node, { uses }, (g) => {
    const to = address.mem(g);
    const { masm } = g;
    if (immediate !== undefined) {
      masm.movl(to, immediate);
      return;
    }
    const from = valueUse!.vreg;
    switch (rep) {
      case Rep.Float64:
        masm.vmovsd(to, g.xmm(from));
        return;
      case Rep.Float32:
        masm.vmovss(to, g.xmm(from));
        return;
      case Rep.Word64:
        masm.movq(to, g.gpr(from));
        return;
      case Rep.Word16:
        masm.movw(to, g.gpr(from));
        return;
      case Rep.Bit:
      case Rep.Word8:
        masm.movb(to, g.gpr(from));
        return;
      default:
        masm.movl(to, g.gpr(from));
        if (needsBarrier) emitWriteBarrier(g, to, g.gpr(from), barrier);
    }
  });
}

/** Remembers the slot if an old object now points to a young one. The rare half is out of line. */
function emitWriteBarrier(g: CodeGenerator, slot: Mem, value: Gpr, kind: WriteBarrierKind): void {
  const { masm } = g;
  const done = new Label('done');
  const record = new Label('record');
  // Young objects need no remembering; Smis and old values neither.
  masm.leaq(Gpr.r10, slot);
  masm.cmpl(Gpr.r10, imm(Region.NewSpaceEnd));
  masm.j(Cond.above_equal, record);
  masm.bind(done);
  g.addOutOfLine(() => {
    masm.bind(record);
    if (kind === WriteBarrierKind.Full) {
      masm.testb(value, imm(1));
      masm.j(Cond.equal, done);
    }
    masm.cmpl(value, imm(Region.NewSpaceEnd));
    masm.j(Cond.above_equal, done);
    masm.cmpl(value, imm(Region.NewSpace));
    masm.j(Cond.below, done);
    g.callBuiltin(BuiltinId.RecordWrite);
    masm.jmp(done);
  });
}
