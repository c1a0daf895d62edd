// Methods of strings in optimized code (V8: ReduceStringPrototype…). The receiver and what is searched for are checked to be strings,
// positions to be Smis; a missing or undefined end is the string's.

import { InstanceType } from '../../objects/index.ts';
import type { Node } from '../graph/node.ts';
import { BranchHint } from '../graph/parameters.ts';
import { Types } from '../graph/types.ts';
import type { BuiltinCall } from './builtin-call.ts';

type Reduction = (call: BuiltinCall) => Node | undefined;

/** No guards without a place for what they learn. */
const guarded =
  (leastArguments: number, reduce: Reduction): Reduction =>
  (call) =>
    call.feedback === undefined || call.count < leastArguments ? undefined : reduce(call);

const zero = (call: BuiltinCall): Node => call.graph.number(0);

/** A number of [0, length]. */
const clamp = (call: BuiltinCall, value: Node, length: Node): Node =>
  call.pure('NumberMin', call.pure('NumberMax', value, zero(call)), length);

// --- one character ---------------------------------------------------------------------------------------------------------

/** @param index what the argument, or its absence, has to be */
const characterAt =
  (index: (call: BuiltinCall) => Node, read: (call: BuiltinCall, string: Node, index: Node) => Node): Reduction =>
  (call) => {
    const string = call.string(call.receiver);
    const position = index(call);
    return read(call, string, call.bounds(position, call.lengthOf(string)));
  };

const anyIndex = (call: BuiltinCall): Node => call.argument(0, zero(call));
const smiIndex = (call: BuiltinCall): Node => call.smi(anyIndex(call));

function codeAt({ graph, at }: BuiltinCall, string: Node, index: Node): Node {
  at.effect = graph.newNode('StringCharCodeAt', undefined, [string, index, at.effect, at.control]);
  return at.effect;
}

const codePointAt = (call: BuiltinCall, string: Node, index: Node): Node =>
  call.pure('StringCodePointAt', string, index);

const charAt = (call: BuiltinCall, string: Node, index: Node): Node =>
  call.pure('StringFromSingleCharCode', codeAt(call, string, index));

// --- parts -------------------------------------------------------------------------------------------------------------------

function substring(call: BuiltinCall): Node {
  const string = call.string(call.receiver);
  const start = call.smi(call.argument(0));
  const length = call.lengthOf(string);
  const end = call.smiUnlessUndefined(1, length);
  const [a, b] = [clamp(call, start, length), clamp(call, end, length)];
  return call.pure('StringSubstring', string, call.pure('NumberMin', a, b), call.pure('NumberMax', a, b));
}

/** A position that counts from the end if it is negative. */
function fromEnd(call: BuiltinCall, position: Node, length: Node): Node {
  const { graph, at } = call;
  const isNegative = call.pure('NumberLessThan', position, zero(call));
  const branch = graph.newNode('Branch', { hint: BranchHint.False }, [isNegative, at.control]);
  const [negative, other] = [
    graph.newNode('IfTrue', undefined, [branch]),
    graph.newNode('IfFalse', undefined, [branch]),
  ];
  at.control = graph.merge([negative, other]);
  const fromStart = call.pure('NumberMax', call.pure('NumberAdd', length, position), zero(call));
  const phi = graph.phi([fromStart, call.pure('NumberMin', position, length)], at.control);
  phi.type = Types.StringLength;
  return phi;
}

function slice(call: BuiltinCall): Node {
  const string = call.string(call.receiver);
  const start = call.smi(call.argument(0));
  const length = call.lengthOf(string);
  const end = call.smiUnlessUndefined(1, length);
  const from = fromEnd(call, start, length);
  // nothing where the end is before the start
  return call.pure('StringSubstring', string, from, call.pure('NumberMax', from, fromEnd(call, end, length)));
}

function substr(call: BuiltinCall): Node {
  const string = call.string(call.receiver);
  const start = call.smi(call.argument(0));
  const length = call.lengthOf(string);
  const count = call.smiUnlessUndefined(1, length);
  const from = fromEnd(call, start, length);
  const rest = call.pure('NumberSubtract', length, from);
  const to = call.pure('NumberAdd', from, clamp(call, count, rest));
  to.type = Types.StringLength;
  return call.pure('StringSubstring', string, from, to);
}

function concat(call: BuiltinCall): Node | undefined {
  if (call.count > 1) return undefined;
  const string = call.string(call.receiver);
  if (call.count === 0) return string;
  const other = call.string(call.argument(0));
  const sum = call.pure('NumberAdd', call.lengthOf(string), call.lengthOf(other));
  return call.pure('StringConcat', call.bounds(sum, call.graph.number(maxLength + 1)), string, other);
}
const maxLength = 0x1fffffe8;

// --- searching ---------------------------------------------------------------------------------------------------------------

function indexOf(call: BuiltinCall): Node {
  const string = call.string(call.receiver);
  const search = call.string(call.argument(0));
  const position = call.count > 1 ? call.smi(call.argument(1)) : zero(call);
  return call.pure('StringIndexOf', string, search, position);
}

const includes = (call: BuiltinCall): Node => call.pure('NumberLessThanOrEqual', zero(call), indexOf(call));

/** A constant that is no string is for the builtin: it throws, or converts it. */
function searchesForOther({ broker }: BuiltinCall, search: Node): boolean {
  if (search.opcode !== 'HeapConstant') return false;
  return broker.instanceType(search.parameterOf('HeapConstant')) >= InstanceType.FirstNonstring;
}

function startsWith(call: BuiltinCall): Node | undefined {
  if (searchesForOther(call, call.argument(0))) return undefined;
  const string = call.string(call.receiver);
  const search = call.string(call.argument(0));
  const start = call.smi(call.argument(1, zero(call)));
  return call.pure('StringMatchesAt', string, search, clamp(call, start, call.lengthOf(string)));
}

function endsWith(call: BuiltinCall): Node | undefined {
  if (searchesForOther(call, call.argument(0))) return undefined;
  const string = call.string(call.receiver);
  const search = call.string(call.argument(0));
  const length = call.lengthOf(string);
  const end = clamp(call, call.smiUnlessUndefined(1, length), length);
  return call.pure('StringMatchesAt', string, search, call.pure('NumberSubtract', end, call.lengthOf(search)));
}

// --- from codes ----------------------------------------------------------------------------------------------------------------

const fromCharCode = (call: BuiltinCall): Node | undefined =>
  call.count === 1 ? call.pure('StringFromSingleCharCode', call.number(call.argument(0))) : undefined;

const fromCodePoint = (call: BuiltinCall): Node | undefined =>
  call.count === 1
    ? call.pure('StringFromSingleCodePoint', call.bounds(call.argument(0), call.graph.number(0x110000), true))
    : undefined;

// biome-ignore format: one builtin, one line
export const stringReductions: Readonly<Record<string, Reduction>> = {
  'String.prototype.charCodeAt': guarded(0, characterAt(anyIndex, codeAt)),
  'String.prototype.codePointAt': guarded(0, characterAt(anyIndex, codePointAt)),
  'String.prototype.charAt': guarded(0, characterAt(smiIndex, charAt)),
  'String.prototype.substring': guarded(1, substring),
  'String.prototype.slice': guarded(1, slice),
  'String.prototype.substr': guarded(1, substr),
  'String.prototype.concat': guarded(0, concat),
  'String.prototype.indexOf': guarded(1, indexOf),
  'String.prototype.includes': guarded(1, includes),
  'String.prototype.startsWith': guarded(0, startsWith),
  'String.prototype.endsWith': guarded(0, endsWith),
  'String.fromCharCode': guarded(1, fromCharCode),
  'String.fromCodePoint': guarded(1, fromCodePoint),
};
