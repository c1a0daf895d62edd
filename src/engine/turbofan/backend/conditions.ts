// Conditions: a comparison as flags for a branch, a deoptimization or a setcc.

import type { Label } from '../../x64/index.ts';
import { Cond, Gpr, type Mem } from '../../x64/index.ts';
import type { Node } from '../graph/node.ts';
import type { Opcode } from '../operators/operators.ts';
import type { CodeGenerator } from './code-generator.ts';
import type { Use, VirtualRegister } from './instruction.ts';
import type { InstructionSelector } from './instruction-selector.ts';
import { immediateOf } from './operands.ts';
import { addressOf, canFoldLoad } from './select-memory.ts';

export interface Condition {
  readonly uses: Use[];
  readonly cond: Cond;
  /** A float comparison by `equal`: true only if ordered (parity clear). */
  readonly ordered: boolean;
  /** Sets the flags. */
  emit(masm: CodeGenerator): void;
}

type IntegerCompare = { readonly cond: Cond; readonly size: 32 | 64 };

const integerCompares: Partial<Record<Opcode, IntegerCompare>> = {
  Word32Equal: { cond: Cond.equal, size: 32 },
  TaggedEqual: { cond: Cond.equal, size: 32 },
  Int32LessThan: { cond: Cond.less, size: 32 },
  Int32LessThanOrEqual: { cond: Cond.less_equal, size: 32 },
  Uint32LessThan: { cond: Cond.below, size: 32 },
  Uint32LessThanOrEqual: { cond: Cond.below_equal, size: 32 },
  Word64Equal: { cond: Cond.equal, size: 64 },
  Int64LessThan: { cond: Cond.less, size: 64 },
};

/** The condition of a comparison node; undefined if `node` is no comparison. */
export function conditionOf(selector: InstructionSelector, node: Node): Condition | undefined {
  if (node.opcode === 'Word32Equal' && isZero(node.value(1))) {
    const inner = conditionOf(selector, node.value(0));
    if (inner !== undefined && isBit(node.value(0))) return { ...inner, cond: (inner.cond ^ 1) as Cond };
    return testCondition(selector, node.value(0));
  }
  const integer = integerCompares[node.opcode];
  if (integer !== undefined) return integerCondition(selector, node, integer);
  switch (node.opcode) {
    case 'StackPointerGreaterThan': {
      if (canFoldLoad(selector, node.value(0), node, 64)) {
        const address = addressOf(selector, node.value(0));
        return {
          uses: address.uses,
          cond: Cond.above,
          ordered: false,
          emit: (g) => g.masm.cmpq(Gpr.rsp, address.mem(g)),
        };
      }
      const limit = selector.any(node.value(0));
      return {
        uses: [limit],
        cond: Cond.above,
        ordered: false,
        emit: (g) => g.masm.cmpq(Gpr.rsp, g.operand(limit.vreg)),
      };
    }
    case 'Float64Equal':
      return floatCondition(selector, node.value(0), node.value(1), Cond.equal);
    // a < b is b > a: "above" is false when unordered.
    case 'Float64LessThan':
      return floatCondition(selector, node.value(1), node.value(0), Cond.above);
    case 'Float64LessThanOrEqual':
      return floatCondition(selector, node.value(1), node.value(0), Cond.above_equal);
    default:
      return undefined;
  }
}

/** A jump to `label` if the condition is `wanted`. */
export function emitConditionalJump(g: CodeGenerator, condition: Condition, wanted: boolean, label: Label): void {
  const { masm } = g;
  if (!condition.ordered) {
    masm.j((wanted ? condition.cond : condition.cond ^ 1) as Cond, label);
    return;
  }
  const jumpIfEqual = (condition.cond === Cond.equal) === wanted;
  if (jumpIfEqual) {
    const skip = new (label.constructor as new () => Label)();
    masm.j(Cond.parity_even, skip, 'near');
    masm.j(Cond.equal, label);
    masm.bind(skip);
  } else {
    masm.j(Cond.parity_even, label);
    masm.j(Cond.not_equal, label);
  }
}

function integerCondition(selector: InstructionSelector, node: Node, { cond, size }: IntegerCompare): Condition {
  let left = node.value(0);
  let right = node.value(1);
  if (immediateOf(left) !== undefined && immediateOf(right) === undefined) {
    [left, right] = [right, left];
    cond = commuted(cond);
  }
  const compare = (g: CodeGenerator, a: Gpr | Mem, b: Parameters<CodeGenerator['masm']['cmpl']>[1]): void => {
    if (size === 32) g.masm.cmpl(a, b);
    else g.masm.cmpq(a, b);
  };
  const immediate = immediateOf(right);
  if (immediate !== undefined && canFoldLoad(selector, left, node, size)) {
    const address = addressOf(selector, left);
    return { uses: address.uses, cond, ordered: false, emit: (g) => compare(g, address.mem(g), immediate) };
  }
  if (immediate !== undefined) {
    const use = selector.any(left);
    return { uses: [use], cond, ordered: false, emit: (g) => compare(g, g.operand(use.vreg), immediate) };
  }
  if (canFoldLoad(selector, right, node, size)) {
    const a = selector.register(left);
    const address = addressOf(selector, right);
    return { uses: [a, ...address.uses], cond, ordered: false, emit: (g) => compare(g, g.gpr(a.vreg), address.mem(g)) };
  }
  const a = selector.register(left);
  const b = selector.any(right);
  return { uses: [a, b], cond, ordered: false, emit: (g) => compare(g, g.gpr(a.vreg), g.operand(b.vreg)) };
}

/** x == 0: test x, x; or test a, b for an And that nobody else needs. */
function testCondition(selector: InstructionSelector, node: Node): Condition {
  if (node.opcode === 'Word32And' && node.uses.length === 1) {
    const immediate = immediateOf(node.value(1));
    const a = immediate === undefined ? selector.register(node.value(0)) : selector.any(node.value(0));
    if (immediate !== undefined) {
      return {
        uses: [a],
        cond: Cond.equal,
        ordered: false,
        emit: (g) => {
          const operand = g.operand(a.vreg);
          // A byte is enough for small masks, and reads the same from a slot.
          if (immediate.value >= 0 && immediate.value < 0x80) g.masm.testb(operand, immediate);
          else g.masm.testl(operand, immediate);
        },
      };
    }
    const b = selector.register(node.value(1));
    return { uses: [a, b], cond: Cond.equal, ordered: false, emit: (g) => g.masm.testl(g.gpr(a.vreg), g.gpr(b.vreg)) };
  }
  const use = selector.register(node);
  return {
    uses: [use],
    cond: Cond.equal,
    ordered: false,
    emit: (g) => g.masm.testl(reg(g, use.vreg), reg(g, use.vreg)),
  };
}

function floatCondition(selector: InstructionSelector, left: Node, right: Node, cond: Cond): Condition {
  const a = selector.register(left);
  const b = selector.any(right);
  return {
    uses: [a, b],
    cond,
    ordered: cond === Cond.equal,
    emit: (g) => g.masm.vucomisd(g.xmm(a.vreg), g.xmmOperand(b.vreg)),
  };
}

const reg = (g: CodeGenerator, vreg: VirtualRegister): Gpr => g.gpr(vreg);

const isZero = (node: Node): boolean => node.opcode === 'Int32Constant' && node.parameterOf('Int32Constant') === 0;

const isBit = (node: Node): boolean =>
  node.opcode in integerCompares || node.opcode.startsWith('Float64') || node.opcode === 'StackPointerGreaterThan';

function commuted(cond: Cond): Cond {
  switch (cond) {
    case Cond.less:
      return Cond.greater;
    case Cond.less_equal:
      return Cond.greater_equal;
    case Cond.below:
      return Cond.above;
    case Cond.below_equal:
      return Cond.above_equal;
    default:
      return cond;
  }
}
