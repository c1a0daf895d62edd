// JSTypedLowering (V8's name): JavaScript operators whose inputs' types or feedback tell what they do become simplified ones.

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import { ElementsKind, StaticRoot } from '../../objects/index.ts';
import { elementAccess, Fields } from '../broker/access-builder.ts';
import type { HeapBroker } from '../broker/heap-broker.ts';
import { compareHint } from '../from-bytecode/type-hint-lowering.ts';
import type { Graph } from '../graph/graph.ts';
import type { Editor, Reducer } from '../graph/graph-reducer.ts';
import type { Node } from '../graph/node.ts';
import type { CheckMapsParameters, DeoptimizeParameters, FeedbackSource } from '../graph/parameters.ts';
import { Bits, bitset, is, range, type Type, Types } from '../graph/types.ts';
import type { Opcode } from '../operators/operators.ts';

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
      const hint = compareHint(
        this.broker.compareFeedback(
          node.parameterOf('JSLessThan', 'JSGreaterThan', 'JSLessThanOrEqual', 'JSGreaterThanOrEqual').feedback,
        ),
      );
      if (this.both(node, Types.String)) return this.pure(node, editor, compare[1], [a, b], Types.Boolean);
      if (hint === 'String' || hint === 'InternalizedString') {
        const { feedback } = node.parameterOf(
          'JSLessThan',
          'JSGreaterThan',
          'JSLessThanOrEqual',
          'JSGreaterThanOrEqual',
        );
        const l = this.check(node, 'CheckString', node.value(0), feedback, Types.String);
        const r = this.check(node, 'CheckString', node.value(1), feedback, Types.String);
        return this.pure(node, editor, compare[1], compare[2] ? [r, l] : [l, r], Types.Boolean);
      }
      return undefined;
    }
    switch (opcode) {
      case 'JSForInPrepare':
        return this.reduceForInPrepare(node);
      case 'JSForInNext':
        return this.reduceForInNext(node, editor);
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
      // What the typer found, once: a type that this phase narrows decides nothing any more, as in V8.
      case 'ObjectIsReceiver':
      case 'ObjectIsNumber':
      case 'ObjectIsString':
        return this.fold(node);
      case 'ReferenceEqual':
        if (!mayBeSame(this.t(node.value(0)), this.t(node.value(1)))) return this.graph.heapConstant(StaticRoot.False);
        return undefined;
      default:
        return undefined;
    }
  }

  private fold(node: Node): Node | undefined {
    const constant = node.type?.constant;
    return constant === undefined ? undefined : this.graph.heapConstant(constant);
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
    const { feedback } = node.parameterOf('JSAdd');
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
    if (strict && l === r) {
      const isNaN = this.graph.newNode('ObjectIsNaN', undefined, [l]);
      isNaN.type = Types.Boolean;
      return this.pure(node, editor, 'BooleanNot', [isNaN], Types.Boolean);
    }
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
    const { feedback } = node.parameterOf('JSEqual', 'JSStrictEqual');
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
      case 'Symbol':
        return this.sameAfter(node, editor, 'CheckSymbol', Types.Symbol, strict);
      case 'Receiver':
        return this.sameAfter(node, editor, 'CheckReceiver', Types.Receiver, strict);
      case 'ReceiverOrNullOrUndefined':
        if (strict) return this.sameAfter(node, editor, checkAnyReceiver, receiverOrNullOrUndefined, true);
        return this.reduceEqualOfReceivers(node, editor, feedback);
      default:
        return undefined;
    }
  }

  /** Values that are only equal to themselves; if that is strict, one that is checked is enough. */
  private sameAfter(node: Node, editor: Editor, check: Opcode, type: Type, strict: boolean): Node {
    const { feedback } = node.parameterOf('JSEqual', 'JSStrictEqual');
    const left = this.check(node, check, node.value(0), feedback, type);
    const right = strict ? node.value(1) : this.check(node, check, node.value(1), feedback, type);
    return this.pure(node, editor, 'ReferenceEqual', [left, right], Types.Boolean);
  }

  /** == of receivers, null and undefined: the undetectable ones are all equal. */
  private reduceEqualOfReceivers(node: Node, editor: Editor, feedback: FeedbackSource): Node {
    const checked = (value: Node): Node =>
      is(this.t(value), receiverOrNullOrUndefined)
        ? value
        : this.check(node, checkAnyReceiver, value, feedback, receiverOrNullOrUndefined);
    const [left, right] = [checked(node.value(0)), checked(node.value(1))];
    const isUndetectable = (value: Node): Node => {
      const test = this.graph.newNode('ObjectIsUndetectable', undefined, [value]);
      test.type = Types.Boolean;
      return test;
    };
    const same = this.graph.newNode('ReferenceEqual', undefined, [left, right]);
    same.type = Types.Boolean;
    const inputs = [isUndetectable(left), isUndetectable(right), same];
    return this.pure(node, editor, 'Select', inputs, Types.Boolean);
  }

  // --- for-in -----------------------------------------------------------------------------------------------------------

  /** Where the map has always said all, what ForInEnumerate gave must be a map. */
  private reduceForInPrepare(node: Node): undefined {
    const { feedback } = node.parameterOf('JSForInPrepare');
    if (!this.broker.usesEnumCache(feedback) || isMetaMapCheck(node.effect, node.value(0))) return undefined;
    const maps: CheckMapsParameters = { maps: [StaticRoot.MetaMap], tryMigrate: false, feedback: undefined };
    const check = this.graph.newNode('CheckMaps', maps, [node.value(0), node.effect, node.control]);
    check.position = node.position;
    check.inliningId = node.inliningId;
    node.replaceInput(node.effectIndex, check);
    return undefined;
  }

  /** … and while the receiver's map has not changed, the next key is in the cache. */
  private reduceForInNext(node: Node, editor: Editor): Node | undefined {
    const p = node.parameterOf('JSForInNext');
    if (p === undefined || !this.broker.usesEnumCache(p.feedback)) return undefined;
    const { graph } = this;
    const [receiver, cacheArray, cacheType, index] = [node.value(0), node.value(1), node.value(2), node.value(3)];
    const { control } = node;
    const at = <N extends Node>(made: N): N => {
      made.position = node.position;
      made.inliningId = node.inliningId;
      return made;
    };
    const map = at(graph.newNode('LoadField', Fields.map, [receiver, node.effect, control]));
    map.type = Fields.map.type;
    const same = graph.newNode('ReferenceEqual', undefined, [map, cacheType]);
    same.type = Types.Boolean;
    const reason: DeoptimizeParameters = { reason: DeoptimizeReason.WrongMap, feedback: undefined };
    const check = at(graph.newNode('CheckIf', reason, [same, map, control]));
    const small = at(graph.newNode('TypeGuard', Types.UnsignedSmall, [index, check, control]));
    small.type = Types.UnsignedSmall;
    const access = { ...elementAccess(ElementsKind.Packed), type: Types.InternalizedString };
    const key = at(graph.newNode('LoadElement', access, [cacheArray, small, small, control]));
    key.type = access.type;
    editor.replaceWithValue(node, key, key, control);
    return key;
  }
}

const checkAnyReceiver = 'CheckReceiverOrNullOrUndefined';
const receiverOrNullOrUndefined = bitset(Bits.Receiver | Bits.Null | Bits.Undefined);

function mayBeSame(a: Type, b: Type): boolean {
  if (a.bits === 0 || b.bits === 0) return true;
  if (a.constant !== undefined && b.constant !== undefined) return a.constant === b.constant;
  const numbers = Bits.Number;
  return (a.bits & b.bits) !== 0 || ((a.bits & numbers) !== 0 && (b.bits & numbers) !== 0);
}

const isMetaMapCheck = (effect: Node, object: Node): boolean =>
  effect.opcode === 'CheckMaps' &&
  effect.value(0) === object &&
  effect.parameterOf('CheckMaps').maps[0] === StaticRoot.MetaMap;
