// JSTypedLowering and JSGenericLowering (V8's names): JavaScript operators with known types become simplified ones; what is
// left becomes calls, with the frame state after the operation for a lazy bailout.

import { libraryFunctionByName, runtimeFunctionByName } from '../../bytecode/index.ts';
import { BytecodeArray, SharedFunctionFlags, SharedFunctionInfo, StaticRoot } from '../../objects/index.ts';
import { NativeContextSlot } from '../../runtime/index.ts';
import { Fields } from '../broker/access-builder.ts';
import { CompilationBailout, type HeapBroker } from '../broker/heap-broker.ts';
import { compareHint } from '../from-bytecode/type-hint-lowering.ts';
import type { Graph } from '../graph/graph.ts';
import type { Editor, Reducer } from '../graph/graph-reducer.ts';
import { MachineTypes } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import type {
  CallDescriptor,
  CallParameters,
  CreateClosureParameters,
  CreateLiteralParameters,
  FeedbackParameter,
  FeedbackSource,
  FrameStateInfo,
  InlinedArgumentsParameters,
  LoadGlobalParameters,
  NamedAccess,
  RuntimeCallParameters,
  ScopeInfoParameters,
} from '../graph/parameters.ts';
import { Bits, bitset, is, range, type Type, Types } from '../graph/types.ts';
import { type Opcode, operator } from '../operators/operators.ts';
import { turbofanStubId } from '../stubs.ts';

const NUMBER: Partial<Record<Opcode, Opcode>> = {
  JSAdd: 'NumberAdd',
  JSSubtract: 'NumberSubtract',
  JSMultiply: 'NumberMultiply',
  JSDivide: 'NumberDivide',
  JSModulus: 'NumberModulus',
  JSExponentiate: 'NumberPow',
  JSBitwiseOr: 'NumberBitwiseOr',
  JSBitwiseXor: 'NumberBitwiseXor',
  JSBitwiseAnd: 'NumberBitwiseAnd',
  JSShiftLeft: 'NumberShiftLeft',
  JSShiftRight: 'NumberShiftRight',
  JSShiftRightLogical: 'NumberShiftRightLogical',
};
const COMPARE: Partial<Record<Opcode, [number: Opcode, string: Opcode, swap: boolean]>> = {
  JSLessThan: ['NumberLessThan', 'StringLessThan', false],
  JSGreaterThan: ['NumberLessThan', 'StringLessThan', true],
  JSLessThanOrEqual: ['NumberLessThanOrEqual', 'StringLessThanOrEqual', false],
  JSGreaterThanOrEqual: ['NumberLessThanOrEqual', 'StringLessThanOrEqual', true],
};

export class JSTypedLowering implements Reducer {
  readonly name = 'JSTypedLowering';
  private readonly graph: Graph;
  private readonly broker: HeapBroker;

  constructor(graph: Graph, broker: HeapBroker) {
    this.graph = graph;
    this.broker = broker;
  }

  private t(node: Node): Type {
    return node.type ?? Types.Any;
  }
  private both(node: Node, type: Type): boolean {
    return is(this.t(node.value(0)), type) && is(this.t(node.value(1)), type);
  }
  private pure(node: Node, editor: Editor, opcode: Opcode, inputs: readonly Node[], type?: Type): Node {
    const out = this.graph.newNode(opcode, undefined, inputs);
    out.type = type ?? node.type;
    editor.replaceWithValue(node, out);
    return out;
  }
  /** A check before the operation. */
  private check(node: Node, opcode: Opcode, value: Node, feedback: FeedbackSource | undefined, type: Type): Node {
    const out = this.graph.newNode(opcode, { feedback }, [value, node.effect, node.control]);
    out.type = type;
    out.position = node.position;
    out.inliningId = node.inliningId;
    node.replaceInput(node.effectIndex, out);
    return out;
  }

  reduce(node: Node, editor: Editor): Node | undefined {
    const { opcode } = node;
    const number = NUMBER[opcode];
    if (number !== undefined) {
      if (this.both(node, Types.Number)) return this.pure(node, editor, number, [node.value(0), node.value(1)]);
      if (opcode === 'JSAdd') return this.reduceAdd(node, editor);
      return undefined;
    }
    const compare = COMPARE[opcode];
    if (compare !== undefined) {
      const [a, b] = compare[2] ? [node.value(1), node.value(0)] : [node.value(0), node.value(1)];
      if (this.both(node, Types.Number)) return this.pure(node, editor, compare[0], [a, b], Types.Boolean);
      const hint = compareHint(this.broker.compareFeedback(node.parameter<FeedbackParameter>().feedback));
      if (this.both(node, Types.String)) return this.pure(node, editor, compare[1], [a, b], Types.Boolean);
      if (hint === 'String' || hint === 'InternalizedString') {
        const { feedback } = node.parameter<FeedbackParameter>();
        const l = this.check(node, 'CheckString', node.value(0), feedback, Types.String);
        const r = this.check(node, 'CheckString', node.value(1), feedback, Types.String);
        return this.pure(node, editor, compare[1], compare[2] ? [r, l] : [l, r], Types.Boolean);
      }
      return undefined;
    }
    switch (opcode) {
      case 'JSStrictEqual':
      case 'JSEqual':
        return this.reduceEqual(node, editor, opcode === 'JSStrictEqual');
      case 'JSToNumber':
      case 'JSToNumeric':
        if (is(this.t(node.value(0)), Types.Number)) {
          editor.replaceWithValue(node, node.value(0));
          return node.value(0);
        }
        return undefined;
      case 'JSToString':
        if (is(this.t(node.value(0)), Types.String)) {
          editor.replaceWithValue(node, node.value(0));
          return node.value(0);
        }
        return undefined;
      case 'JSToName':
        if (is(this.t(node.value(0)), bitset(Bits.String | Bits.Symbol))) {
          editor.replaceWithValue(node, node.value(0));
          return node.value(0);
        }
        return undefined;
      case 'ToBoolean':
        return this.reduceToBoolean(node);
      case 'ObjectIsReceiver':
        return this.fold(node, Types.Receiver);
      case 'ObjectIsNumber':
        return this.fold(node, Types.Number);
      case 'ObjectIsString':
        return this.fold(node, Types.String);
      case 'ReferenceEqual':
        if (!mayBeSame(this.t(node.value(0)), this.t(node.value(1)))) return this.graph.heapConstant(StaticRoot.False);
        return undefined;
      default:
        return undefined;
    }
  }

  private fold(node: Node, type: Type): Node | undefined {
    const t = this.t(node.value(0));
    if (t.bits === 0) return undefined;
    if (is(t, type)) return this.graph.heapConstant(StaticRoot.True);
    if ((t.bits & type.bits) === 0) return this.graph.heapConstant(StaticRoot.False);
    return undefined;
  }

  private reduceToBoolean(node: Node): Node | undefined {
    const input = node.value(0);
    const t = this.t(input);
    if (t.bits === 0) return undefined;
    if (is(t, Types.Boolean)) return input;
    if (is(t, Types.Number)) {
      const out = this.graph.newNode('NumberToBoolean', undefined, [input]);
      out.type = Types.Boolean;
      return out;
    }
    if (is(t, bitset(Bits.Receiver | Bits.Symbol)) && (t.bits & Bits.Receiver) === 0)
      return this.graph.heapConstant(StaticRoot.True);
    if (is(t, bitset(Bits.Undefined | Bits.Null))) return this.graph.heapConstant(StaticRoot.False);
    return undefined;
  }

  private reduceAdd(node: Node, editor: Editor): Node | undefined {
    const { feedback } = node.parameter<FeedbackParameter>();
    const stringFeedback = this.broker.binaryFeedback(feedback) === 0x10;
    let [l, r] = [node.value(0), node.value(1)];
    if (!is(this.t(l), Types.String) || !is(this.t(r), Types.String)) {
      if (!stringFeedback) return undefined;
      if (!is(this.t(l), Types.String)) l = this.check(node, 'CheckString', l, feedback, Types.String);
      if (!is(this.t(r), Types.String)) r = this.check(node, 'CheckString', r, feedback, Types.String);
    }
    // Too long a result leaves optimized code; the interpreter throws.
    const lengthOf = (string: Node): Node => {
      const length = this.graph.newNode('StringLength', undefined, [string]);
      length.type = Types.StringLength;
      return length;
    };
    const sum = this.graph.newNode('NumberAdd', undefined, [lengthOf(l), lengthOf(r)]);
    sum.type = range(0, 2 * 0x1fffffe8);
    const limit = this.graph.number(0x1fffffe8 + 1);
    limit.type = range(0x1fffffe9, 0x1fffffe9);
    const length = this.graph.newNode('CheckBounds', { feedback, convert: false }, [
      sum,
      limit,
      node.effect,
      node.control,
    ]);
    length.type = Types.StringLength;
    length.position = node.position;
    length.inliningId = node.inliningId;
    node.replaceInput(node.effectIndex, length);
    return this.pure(node, editor, 'StringConcat', [length, l, r], Types.String);
  }

  private reduceEqual(node: Node, editor: Editor, strict: boolean): Node | undefined {
    const [l, r] = [node.value(0), node.value(1)];
    const [tl, tr] = [this.t(l), this.t(r)];
    if (tl.bits === 0 || tr.bits === 0) return undefined;
    if (this.both(node, Types.Number)) return this.pure(node, editor, 'NumberEqual', [l, r], Types.Boolean);
    if (this.both(node, Types.String))
      return this.pure(
        node,
        editor,
        this.both(node, Types.InternalizedString) ? 'ReferenceEqual' : 'StringEqual',
        [l, r],
        Types.Boolean,
      );
    const unique = bitset(
      Bits.Boolean | Bits.Null | Bits.Undefined | Bits.Hole | Bits.Receiver | Bits.Symbol | Bits.InternalizedString,
    );
    if (
      strict &&
      (is(tl, bitset(Bits.Oddball | Bits.Receiver | Bits.Symbol | Bits.Hole)) ||
        is(tr, bitset(Bits.Oddball | Bits.Receiver | Bits.Symbol | Bits.Hole)))
    )
      return this.pure(node, editor, 'ReferenceEqual', [l, r], Types.Boolean);
    if (strict && this.both(node, unique)) return this.pure(node, editor, 'ReferenceEqual', [l, r], Types.Boolean);
    if (this.both(node, Types.Boolean) || (this.both(node, Types.Receiver) && true))
      return this.pure(node, editor, 'ReferenceEqual', [l, r], Types.Boolean);
    if (!strict) {
      // x == null
      if (is(tl, bitset(Bits.Null | Bits.Undefined)))
        return this.pure(node, editor, 'ObjectIsUndetectable', [r], Types.Boolean);
      if (is(tr, bitset(Bits.Null | Bits.Undefined)))
        return this.pure(node, editor, 'ObjectIsUndetectable', [l], Types.Boolean);
    }
    const { feedback } = node.parameter<FeedbackParameter>();
    const hint = compareHint(this.broker.compareFeedback(feedback));
    switch (hint) {
      case 'InternalizedString': {
        const a = is(tl, Types.InternalizedString)
          ? l
          : this.check(
              node,
              'CheckInternalizedString',
              this.check(node, 'CheckHeapObject', l, feedback, tl),
              feedback,
              Types.InternalizedString,
            );
        const b = is(tr, Types.InternalizedString)
          ? r
          : this.check(
              node,
              'CheckInternalizedString',
              this.check(node, 'CheckHeapObject', r, feedback, tr),
              feedback,
              Types.InternalizedString,
            );
        return this.pure(node, editor, 'ReferenceEqual', [a, b], Types.Boolean);
      }
      case 'String': {
        const a = is(tl, Types.String) ? l : this.check(node, 'CheckString', l, feedback, Types.String);
        const b = is(tr, Types.String) ? r : this.check(node, 'CheckString', r, feedback, Types.String);
        return this.pure(node, editor, 'StringEqual', [a, b], Types.Boolean);
      }
      case 'Symbol': {
        const a = this.check(node, 'CheckSymbol', l, feedback, Types.Symbol);
        const b = this.check(node, 'CheckSymbol', r, feedback, Types.Symbol);
        return this.pure(node, editor, 'ReferenceEqual', [a, b], Types.Boolean);
      }
      case 'Receiver': {
        const a = this.check(node, 'CheckReceiver', l, feedback, Types.Receiver);
        const b = this.check(node, 'CheckReceiver', r, feedback, Types.Receiver);
        return this.pure(node, editor, 'ReferenceEqual', [a, b], Types.Boolean);
      }
      default:
        return undefined;
    }
  }
}

function mayBeSame(a: Type, b: Type): boolean {
  if (a.bits === 0 || b.bits === 0) return true;
  if (a.constant !== undefined && b.constant !== undefined) return a.constant === b.constant;
  const numbers = Bits.Number;
  return (a.bits & b.bits) !== 0 || ((a.bits & numbers) !== 0 && (b.bits & numbers) !== 0);
}

const STUBS: Partial<Record<Opcode, string>> = {
  JSAdd: 'TurbofanAdd',
  JSSubtract: 'TurbofanSubtract',
  JSMultiply: 'TurbofanMultiply',
  JSDivide: 'TurbofanDivide',
  JSModulus: 'TurbofanModulus',
  JSExponentiate: 'TurbofanExponentiate',
  JSBitwiseOr: 'TurbofanBitwiseOr',
  JSBitwiseXor: 'TurbofanBitwiseXor',
  JSBitwiseAnd: 'TurbofanBitwiseAnd',
  JSShiftLeft: 'TurbofanShiftLeft',
  JSShiftRight: 'TurbofanShiftRight',
  JSShiftRightLogical: 'TurbofanShiftRightLogical',
  JSIncrement: 'TurbofanIncrement',
  JSDecrement: 'TurbofanDecrement',
  JSNegate: 'TurbofanNegate',
  JSBitwiseNot: 'TurbofanBitwiseNot',
  JSEqual: 'TurbofanEqual',
  JSStrictEqual: 'TurbofanStrictEqual',
  JSLessThan: 'TurbofanLessThan',
  JSGreaterThan: 'TurbofanGreaterThan',
  JSLessThanOrEqual: 'TurbofanLessThanOrEqual',
  JSGreaterThanOrEqual: 'TurbofanGreaterThanOrEqual',
  JSInstanceOf: 'TurbofanInstanceOf',
  JSToNumber: 'TurbofanToNumber',
  JSToNumeric: 'TurbofanToNumeric',
  JSToString: 'TurbofanToString',
  JSToName: 'TurbofanToName',
  JSToObject: 'TurbofanToObject',
  JSCreate: 'TurbofanCreate',
  JSCreateArrayFromIterable: 'TurbofanCreateArrayFromIterable',
  JSForInEnumerate: 'TurbofanForInEnumerate',
  JSForInNext: 'TurbofanForInNext',
  JSGetSuperConstructor: 'TurbofanGetSuperConstructor',
};

/** Replaces every JavaScript operator by a Call. Runs after simplified lowering: all inputs are tagged. */
export class JSGenericLowering {
  private readonly graph: Graph;
  private readonly broker: HeapBroker;

  constructor(graph: Graph, broker: HeapBroker) {
    this.graph = graph;
    this.broker = broker;
  }

  run(): void {
    for (const node of this.graph.reachable()) if (node.op.row.category === 'js') this.lower(node);
  }

  private lower(node: Node): void {
    const smi = (n: number): Node => this.graph.smi(n);
    const word = (w: number): Node => ((w & 1) === 0 ? smi(w >> 1) : this.embed(w));
    const fb = (f: FeedbackSource): Node[] => [this.embed(f.vector), smi(f.slot)];
    const direct = STUBS[node.opcode];
    if (direct !== undefined) return this.runtime(node, direct, node.inputs.slice(0, node.op.valueIn));
    switch (node.opcode) {
      case 'JSStackCheck':
      case 'JSLoadMessage':
      case 'JSStoreMessage':
        return; // the linearizer's
      case 'JSCall':
        return this.call(node);
      case 'JSConstruct': {
        const p = node.op.valueIn;
        const descriptor: CallDescriptor = {
          kind: 'JSConstruct',
          argumentCount: p - 1,
          lazyDeopt: true,
          canThrow: true,
          name: 'Construct',
        };
        return this.makeCall(node, descriptor, node.inputs.slice(0, p));
      }
      case 'JSLoadNamed': {
        const p = node.parameter<NamedAccess>();
        return this.runtime(node, 'TurbofanLoadNamed', [node.value(0), word(p.name), ...fb(p.feedback)]);
      }
      case 'JSSetNamedProperty': {
        const p = node.parameter<NamedAccess>();
        return this.runtime(node, 'TurbofanStoreNamed', [
          node.value(0),
          word(p.name),
          node.value(1),
          ...fb(p.feedback),
          smi(p.strict ? 1 : 0),
        ]);
      }
      case 'JSDefineNamedOwnProperty': {
        const p = node.parameter<NamedAccess>();
        return this.runtime(node, 'TurbofanDefineNamedOwn', [
          node.value(0),
          word(p.name),
          node.value(1),
          ...fb(p.feedback),
        ]);
      }
      case 'JSLoadProperty':
        return this.runtime(node, 'TurbofanLoadKeyed', [
          node.value(0),
          node.value(1),
          ...fb(node.parameter<FeedbackParameter>().feedback),
        ]);
      case 'JSSetKeyedProperty': {
        const p = node.parameter<FeedbackParameter & { strict: boolean }>();
        return this.runtime(node, 'TurbofanStoreKeyed', [
          node.value(0),
          node.value(1),
          node.value(2),
          ...fb(p.feedback),
          smi(p.strict ? 1 : 0),
        ]);
      }
      case 'JSDefineKeyedOwnProperty': {
        const p = node.parameter<FeedbackParameter & { flags: number }>();
        return this.runtime(node, 'TurbofanDefineKeyedOwnInLiteral', [
          node.value(0),
          node.value(1),
          node.value(2),
          smi(p.flags),
          ...fb(p.feedback),
        ]);
      }
      case 'JSStoreInArrayLiteral':
        return this.runtime(node, 'TurbofanStoreInArrayLiteral', [node.value(0), node.value(1), node.value(2)]);
      case 'JSDeleteProperty':
        return this.runtime(node, 'TurbofanDelete', [
          node.value(0),
          node.value(1),
          smi(node.parameter<{ strict: boolean }>().strict ? 1 : 0),
        ]);
      case 'JSHasProperty':
        return this.runtime(node, 'TurbofanHasProperty', [node.value(1), node.value(0)]);
      case 'JSLoadGlobal': {
        const p = node.parameter<LoadGlobalParameters>();
        return this.runtime(node, 'TurbofanLoadGlobal', [word(p.name), smi(p.insideTypeof ? 1 : 0)]);
      }
      case 'JSStoreGlobal': {
        const p = node.parameter<NamedAccess>();
        return this.runtime(node, 'TurbofanStoreGlobal', [word(p.name), node.value(0), smi(p.strict ? 1 : 0)]);
      }
      case 'JSCallRuntime': {
        const name = node.parameter<RuntimeCallParameters>().name.replace(/^_/, '');
        if (
          turbofanStubId(name) === undefined &&
          runtimeFunctionByName(name) === undefined &&
          libraryFunctionByName(name) === undefined
        )
          throw new CompilationBailout(`runtime function ${name} cannot be called from optimized code`);
        if (/DebugTrace|FunctionForCurrentFrame|CurrentFrame|BeingInterpreted|ActiveTier/.test(name))
          throw new CompilationBailout(`%${name} looks at its frame`);
        return this.runtime(node, name, node.inputs.slice(0, node.op.valueIn));
      }
      case 'JSCreateFunctionContext': {
        const p = node.parameter<ScopeInfoParameters>();
        return this.runtime(node, 'TurbofanCreateFunctionContext', [word(p.scopeInfo), smi(p.slots), node.context]);
      }
      case 'JSCreateBlockContext':
        return this.runtime(node, 'TurbofanCreateBlockContext', [
          word(node.parameter<ScopeInfoParameters>().scopeInfo),
          node.context,
        ]);
      case 'JSCreateCatchContext':
        return this.runtime(node, 'TurbofanCreateCatchContext', [
          word(node.parameter<ScopeInfoParameters>().scopeInfo),
          node.value(0),
          node.context,
        ]);
      case 'JSCreateClosure': {
        const p = node.parameter<CreateClosureParameters>();
        return this.runtime(node, 'TurbofanCreateClosure', [word(p.shared), word(p.feedbackCell), node.context]);
      }
      case 'JSCreateLiteralObject':
      case 'JSCreateLiteralArray': {
        const p = node.parameter<CreateLiteralParameters>();
        return this.runtime(
          node,
          node.opcode === 'JSCreateLiteralObject' ? 'TurbofanCreateObjectLiteral' : 'TurbofanCreateArrayLiteral',
          [word(p.constant), ...fb(p.feedback)],
        );
      }
      case 'JSCreateEmptyLiteralObject':
        return this.runtime(node, 'TurbofanCreateEmptyObjectLiteral', []);
      case 'JSCreateEmptyLiteralArray':
        return this.runtime(node, 'TurbofanCreateEmptyArrayLiteral', fb(node.parameter<FeedbackParameter>().feedback));
      case 'JSCreateArguments':
        return this.createArguments(node);
      case 'JSCreateInlinedArguments':
        return this.createInlinedArguments(node);
      case 'JSLoadNamedFromSuper':
        return this.runtime(node, 'TurbofanLoadFromSuper', [
          node.value(0),
          node.value(1),
          word(node.parameter<NamedAccess>().name),
        ]);
      case 'JSDefineKeyedOwnPropertyInLiteral': {
        const p = node.parameter<FeedbackParameter & { flags: number }>();
        return this.runtime(node, 'TurbofanDefineKeyedOwnInLiteral', [
          node.value(0),
          node.value(1),
          node.value(2),
          smi(p.flags),
          ...fb(p.feedback),
        ]);
      }
      case 'JSCloneObject':
        return this.runtime(node, 'TurbofanCloneObject', [node.value(0)]);
      case 'JSCreateLiteralRegExp': {
        const p = node.parameter<CreateLiteralParameters>();
        return this.runtime(node, 'TurbofanCreateRegExp', [word(p.constant), smi(p.flags)]);
      }
      case 'JSGetTemplateObject': {
        const p = node.parameter<CreateLiteralParameters>();
        return this.runtime(node, 'TurbofanGetTemplateObject', [word(p.constant), ...fb(p.feedback)]);
      }
      case 'JSCallWithSpread':
        return this.runtime(node, 'TurbofanCallWithSpread', node.inputs.slice(0, node.op.valueIn));
      case 'JSConstructWithSpread':
        return this.runtime(node, 'TurbofanConstructWithSpread', node.inputs.slice(0, node.op.valueIn));
      case 'JSGetIterator': {
        const p = node.parameter<{ load: FeedbackSource; call: FeedbackSource }>();
        return this.runtime(node, 'TurbofanGetIterator', [node.value(0), ...fb(p.load)]);
      }
      case 'JSForInPrepare':
        return this.forInPrepare(node);
      default:
        throw new CompilationBailout(`${node.opcode} is not supported by the optimizer yet`);
    }
  }

  private embed(w: number): Node {
    if (!this.broker.canEmbed(w)) throw new CompilationBailout('an object in new space would stand in code');
    return this.graph.heapConstant(w);
  }

  /** Turns the node into a call of a runtime function with these arguments. */
  private runtime(node: Node, name: string, args: readonly Node[]): void {
    const descriptor: CallDescriptor = {
      kind: 'Runtime',
      runtime: name,
      argumentCount: args.length,
      lazyDeopt: node.op.frameStateIn > 0,
      canThrow: !node.op.row.noThrow,
      name,
    };
    this.makeCall(node, descriptor, args);
  }

  private makeCall(node: Node, descriptor: CallDescriptor, args: readonly Node[]): void {
    const { op } = node;
    const context = op.contextIn > 0 ? node.context : this.graph.heapConstant(StaticRoot.Undefined);
    const rest = node.inputs.slice(node.frameStateIndex, node.inputCount);
    node.truncateInputs(0);
    for (const input of [...args, context, ...rest]) node.appendInput(input);
    node.op = operator('Call', descriptor, {
      valueIn: args.length,
      contextIn: 1,
      frameStateIn: op.frameStateIn,
      effectIn: 1,
      controlIn: 1,
      valueOut: 1,
      effectOut: 1,
      controlOut: 1,
    });
    node.machineType = MachineTypes.AnyTagged;
  }

  private call(node: Node): void {
    const { convertMode } = node.parameter<CallParameters>();
    const target = node.value(0);
    const count = node.op.valueIn - 2;
    const args = node.inputs.slice(2, node.op.valueIn);
    let receiver = node.value(1);
    if (target.opcode === 'HeapConstant' && this.broker.isJSFunction(target.parameter<number>())) {
      const fn = target.parameter<number>();
      const shared = this.broker.sharedOf(fn);
      const bytecode = this.broker.bytecodeOf(shared);
      const flags = this.broker.sharedFlags(shared);
      const sloppy = (flags & (SharedFunctionFlags.Strict | SharedFunctionFlags.Native)) === 0;
      const known = !sloppy || convertMode === 'nullOrUndefined' || is(receiver.type ?? Types.Any, Types.Receiver);
      if (bytecode !== 0 && (flags & SharedFunctionFlags.ClassConstructor) === 0 && known) {
        if (sloppy && convertMode === 'nullOrUndefined')
          receiver = this.graph.heapConstant(this.broker.intrinsic(NativeContextSlot.GlobalProxy));
        const parameters = this.broker.heap.getI32(bytecode, BytecodeArray.ParameterCount) - 1;
        const padded = [...args];
        while (padded.length < parameters) padded.push(this.graph.heapConstant(StaticRoot.Undefined));
        const descriptor: CallDescriptor = {
          kind: 'JSFunction',
          argumentCount: count + 1,
          lazyDeopt: true,
          canThrow: true,
          name: this.broker.functionName(shared),
        };
        this.makeCall(node, descriptor, [target, this.graph.heapConstant(StaticRoot.Undefined), receiver, ...padded]);
        // The callee's own context.
        const context = this.broker.heap.get(fn, 16);
        if (this.broker.canEmbed(context)) node.replaceInput(node.contextIndex, this.graph.heapConstant(context));
        else {
          const load = this.graph.newNode('LoadField', Fields.functionContext, [target, node.effect, node.control]);
          load.machineType = MachineTypes.TaggedPointer;
          node.replaceInput(node.effectIndex, load);
          node.replaceInput(node.contextIndex, load);
        }
        return;
      }
    }
    const descriptor: CallDescriptor = {
      kind: 'JSCall',
      argumentCount: count + 1,
      lazyDeopt: true,
      canThrow: true,
      name: 'Call',
    };
    this.makeCall(node, descriptor, [target, receiver, ...args]);
  }

  /** arguments and rest objects of the frame. */
  private createArguments(node: Node): void {
    const type = this.graph.smi(argumentsTypes.indexOf(node.parameter<InlinedArgumentsParameters['type']>()));
    const state = node.frameState;
    const closure = state.inputs[4]!;
    const formal = this.graph.smi(state.parameter<FrameStateInfo>().parameterCount - 1);
    this.runtime(node, 'TurbofanCreateArguments', [type, formal, closure, node.context]);
  }

  private createInlinedArguments(node: Node): void {
    const p = node.parameter<InlinedArgumentsParameters>();
    const [closure, ...values] = Array.from({ length: node.op.valueIn }, (_, i) => node.value(i));
    this.runtime(node, 'TurbofanCreateInlinedArguments', [
      this.graph.smi(argumentsTypes.indexOf(p.type)),
      this.graph.smi(p.formalParameterCount),
      closure!,
      node.context,
      ...values,
    ]);
  }

  private forInPrepare(node: Node): void {
    const enumerator = node.value(0);
    const projections = node.uses.map((u) => u.user).filter((u) => u.opcode === 'Projection');
    this.runtime(node, 'TurbofanForInArray', [enumerator]);
    const length = this.graph.newNode('LoadField', Fields.fixedArrayLength, [node, node, node]);
    length.machineType = MachineTypes.TaggedSigned;
    for (const use of [...node.uses])
      if (use.user !== length && use.user.isEffectUse(use.index) && use.user.opcode !== 'IfException')
        use.user.replaceInput(use.index, length);
    for (const p of projections) {
      const { index } = p.parameter<{ index: number }>();
      p.replaceUses(index === 0 ? enumerator : index === 1 ? node : length);
      p.kill();
    }
  }
}

/** In the order of their numbers in stubs. */
const argumentsTypes: readonly InlinedArgumentsParameters['type'][] = ['mapped', 'unmapped', 'rest'];

export { SharedFunctionInfo };
