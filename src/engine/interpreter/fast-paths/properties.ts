// Property access through inline caches: monomorphic and polymorphic fields, prototype constants, elements.
// The formats of handlers are drawn in feedback/handlers.ts.

import {
  DataHandler,
  ElementHandlerBits,
  handlerOffsetShift,
  LoadHandlerWord,
  StoreHandlerKind,
} from '../../feedback/index.ts';
import { smi } from '../../heap/index.ts';
import {
  Cell,
  DescriptorArray,
  ElementsKind,
  FixedArray,
  HeapNumber,
  holeNanWord,
  JSArray,
  JSObject,
  MapBits3,
  MapObject,
  PropertyCell,
  Representation,
  Root,
  rootAddress,
  StaticRoot,
  StringObject,
} from '../../objects/index.ts';
import {
  add,
  and,
  block,
  branch,
  branchIf,
  type Code,
  eq,
  eq64,
  eqz,
  fne,
  geU,
  i64,
  Label,
  type Local,
  load,
  load8U,
  load64,
  loadF64,
  ltS,
  ltU,
  mul,
  ne,
  or,
  set,
  shl,
  shrS,
  store,
  store64,
  storeF64,
  sub,
  toF64S,
  when,
} from '../../wasm/index.ts';
import type { InterpreterAssembler } from '../interpreter-assembler.ts';
import type { FastPath, FastPaths } from './table.ts';

/** `handler = ` the receiver's handler in the slot that is operand `slotOperand`; Smi receivers go to the handler. */
const lookUp = (a: InterpreterAssembler, receiver: Local, handler: Local, slotOperand: number): Code =>
  a.f.scope(() => {
    const map = a.local();
    const slot = a.local();
    return [
      a.slowIf(a.isSmi(receiver)),
      set(map, a.map(receiver)),
      set(slot, a.slot(slotOperand)),
      a.findHandler(map, slot, handler),
    ];
  });

/** A copy of a double field's box; a field that became tagged in place holds something else. */
const copyBox = (a: InterpreterAssembler, box: Local): Code => {
  const x = a.double();
  const copy = a.local();
  return [
    a.slowIf(a.isSmi(box)),
    a.slowUnless(a.isHeapNumber(box)),
    set(x, loadF64(box, HeapNumber.Value - 1)),
    a.allocateHeapNumber(copy, x),
    a.result(copy),
  ];
};

/** Loads the field of `holder` that the Smi `handler` describes, in the object or its property array. */
const loadField = (a: InterpreterAssembler, holder: Local, handler: Local): Code => {
  const kind = a.local();
  const base = a.local();
  const value = a.local();
  const outOfObject = LoadHandlerWord.FieldInObject ^ LoadHandlerWord.FieldOutOfObject;
  const isDouble = LoadHandlerWord.FieldInObject ^ LoadHandlerWord.FieldInObjectDouble;
  return [
    set(kind, and(handler, LoadHandlerWord.Mask)),
    a.slowIf(
      ne(and(kind, ~(outOfObject | isDouble)), LoadHandlerWord.FieldInObject & LoadHandlerWord.FieldOutOfObject),
    ),
    set(base, holder),
    when(eqz(and(kind, outOfObject)), set(base, a.field(holder, JSObject.PropertiesOrHash))),
    set(value, load(sub(add(base, shrS(handler, handlerOffsetShift)), 1))),
    when(and(kind, isDouble), copyBox(a, value)),
    a.result(value),
  ];
};

const handlerField = (index: DataHandler): number => FixedArray.Elements + 4 * index;

const getNamedProperty: FastPath = (a) => {
  const object = a.local();
  const handler = a.local();
  const cell = a.local();
  const inner = a.local();
  const data = a.local();
  return [
    set(object, a.register(0)),
    lookUp(a, object, handler, 2),
    when(a.isSmi(handler), [
      when(eq(handler, LoadHandlerWord.StringLength), a.result(shl(a.field(object, StringObject.Length), 1))),
      loadField(a, object, handler),
    ]),
    // a data handler: on the prototype chain, while the validity cell holds
    a.slowIf(ne(and(handler, 3), 1)),
    a.slowIf(ne(a.map(handler), StaticRoot.FixedArrayMap)),
    set(cell, a.field(handler, handlerField(DataHandler.ValidityCell))),
    when(cell.get, a.slowIf(ne(a.field(cell, Cell.Value), 0))),
    set(inner, a.field(handler, handlerField(DataHandler.SmiHandler))),
    set(data, a.field(handler, handlerField(DataHandler.Data1))),
    when(eq(inner, LoadHandlerWord.ConstantFromPrototype), [
      when(eq(and(data, 3), 3), [a.slowIf(eq(data, 3)), set(data, sub(data, 2))]),
      a.result(data),
    ]),
    when(eq(inner, LoadHandlerWord.NonExistent), a.result(StaticRoot.Undefined)),
    a.slowIf(ne(and(data, 3), 3)),
    a.slowIf(eq(data, 3)),
    set(data, sub(data, 2)),
    loadField(a, data, inner),
  ];
};

/** Address of the descriptor that a store handler for `object` names. */
const descriptorOf = (a: InterpreterAssembler, object: Local, handler: Local): Code =>
  add(
    a.field(a.map(object), MapObject.InstanceDescriptors),
    mul(and(shrS(handler, 19), 0x3ff), DescriptorArray.EntrySize),
  );

/** A number into the box of a Double field. */
const storeInBox = (a: InterpreterAssembler, box: Local): Code => [
  when(a.isSmi(a.acc), storeF64(box, HeapNumber.Value - 1, toF64S(shrS(a.acc, 1))), [
    a.slowUnless(a.isHeapNumber(a.acc)),
    store64(box, HeapNumber.Value - 1, load64(a.acc, HeapNumber.Value - 1)), // NaN's bits are kept
  ]),
  a.next(),
];

/**
 * A store that adds a field: the handler is the weak Map to change to, which carries the validity cell of the prototype chain.
 * Only into fields that the object has room for.
 */
const storeTransition = (a: InterpreterAssembler, object: Local, handler: Local): Code => {
  const map = a.local();
  const cell = a.local();
  const bits = a.local();
  const descriptor = a.local();
  const details = a.local();
  const address = a.local();
  const value = a.local();
  const x = a.double();
  const fits = new Label('value fits');
  const representation = (r: Representation): Code => eq(and(details, 7 << 7), r << 7);
  return [
    a.slowIf(eq(handler, 3)),
    set(map, sub(handler, 2)),
    a.slowIf(ne(a.map(map), StaticRoot.MetaMap)),
    set(bits, a.field(map, MapObject.BitField3)),
    a.slowIf(and(bits, MapBits3.IsDeprecated | MapBits3.IsPrototypeMap)),
    set(cell, a.field(map, MapObject.PrototypeValidityCell)),
    when(cell.get, [a.slowIf(a.isSmi(cell)), a.slowIf(a.field(cell, Cell.Value))]),
    // the field is the last descriptor's
    set(
      descriptor,
      add(
        a.field(map, MapObject.InstanceDescriptors),
        mul(sub(and(shrS(bits, MapBits3.NumberOfOwnDescriptorsShift), 0x3ff), 1), DescriptorArray.EntrySize),
      ),
    ),
    set(details, a.field(descriptor, DescriptorArray.Entries + DescriptorArray.EntryDetails)),
    a.slowIf(and(details, 1 << 6)), // not a field
    set(address, and(shrS(details, 21), 0x3ff)),
    set(bits, load8U(map, MapObject.InObjectPropertiesStartInWords - 1)),
    a.slowIf(geU(address, sub(load8U(map, MapObject.InstanceSizeInWords - 1), bits))),
    set(address, sub(add(object, shl(add(address, bits), 2)), 1)),
    set(value, a.acc),
    block(fits, [
      branchIf(fits, representation(Representation.Tagged)),
      when(representation(Representation.Smi), [branchIf(fits, a.isSmi(value)), a.goSlow()]),
      when(representation(Representation.HeapObject), [
        a.slowIf(a.isSmi(value)),
        set(descriptor, a.field(descriptor, DescriptorArray.Entries + DescriptorArray.EntryValue)),
        branchIf(fits, eq(descriptor, or(a.map(value), 2))),
        a.slowIf(eq(and(descriptor, 3), 3)),
        branch(fits),
      ]),
      a.slowUnless(representation(Representation.Double)),
      when(a.isSmi(value), set(x, toF64S(shrS(value, 1))), [
        a.slowUnless(a.isHeapNumber(value)),
        set(x, loadF64(value, HeapNumber.Value - 1)),
      ]),
      a.allocateHeapNumber(value, x),
    ]),
    store(address, 0, value),
    a.writeBarrier(object, address, value),
    store(sub(object, 1), 0, map),
    a.next(),
  ];
};

/**
 * Stores to mutable fields that the value fits. The representation of a field may have been generalized in place since the
 * handler was made: a value that fitted still fits, but a box may be gone.
 */
const setNamedProperty: FastPath = (a) => {
  const object = a.local();
  const handler = a.local();
  const base = a.local();
  const address = a.local();
  const kind = a.local();
  const descriptor = a.local();
  const inObjectBit = 16 << 1;
  const field = (representation: Representation): Code =>
    eq(kind, (StoreHandlerKind.Field | (representation << 5)) << 1);
  const accepted = new Label('value fits');
  return [
    set(object, a.register(0)),
    lookUp(a, object, handler, 2),
    when(eq(and(handler, 3), 3), storeTransition(a, object, handler)),
    a.slowUnless(a.isSmi(handler)),
    set(kind, and(handler, 0x1ff & ~inObjectBit)),
    set(base, object),
    when(eqz(and(handler, inObjectBit)), set(base, a.field(object, JSObject.PropertiesOrHash))),
    set(address, sub(add(base, and(shrS(handler, 9), 0x3ff)), 1)),
    block(accepted, [
      branchIf(accepted, field(Representation.Tagged)),
      when(field(Representation.Smi), [branchIf(accepted, a.isSmi(a.acc)), a.goSlow()]),
      set(descriptor, descriptorOf(a, object, handler)),
      when(field(Representation.HeapObject), [
        a.slowIf(a.isSmi(a.acc)),
        set(descriptor, a.field(descriptor, DescriptorArray.Entries + DescriptorArray.EntryValue)),
        branchIf(accepted, eq(descriptor, or(a.map(a.acc), 2))),
        a.slowIf(eq(and(descriptor, 3), 3)), // another class
        branch(accepted),
      ]),
      a.slowUnless(field(Representation.Double)),
      a.slowUnless(
        eq(
          and(a.field(descriptor, DescriptorArray.Entries + DescriptorArray.EntryDetails), 7 << 7),
          Representation.Double << 7,
        ),
      ),
      set(base, load(address)),
      storeInBox(a, base),
    ]),
    store(address, 0, a.acc),
    a.writeBarrier(base, address, a.acc),
    a.next(),
  ];
};

// --- elements --------------------------------------------------------------------------------------------------------------

/** Leaves for the handler unless a hole on the way up the prototypes means undefined. */
const slowUnlessHolesArePlain = (a: InterpreterAssembler, handler: Local, flag: ElementHandlerBits): Code => {
  const cell = a.local();
  return [
    a.slowUnless(and(handler, flag)),
    set(cell, load(0, rootAddress(Root.NoElementsProtector))),
    a.slowIf(ne(a.field(cell, PropertyCell.Value), smi(1))),
  ];
};

/** Elements and bound of an element access; sets `kind` to the handler's elements kind. */
const elementsFor = (
  a: InterpreterAssembler,
  object: Local,
  handler: Local,
  elements: Local,
  length: Local,
  kind: Local,
): Code => [
  a.slowIf(and(handler, 0x1f)), // a Smi of kind Element
  set(elements, a.field(object, JSObject.Elements)),
  when(
    and(handler, ElementHandlerBits.IsJSArray),
    set(length, a.field(object, JSArray.Length)),
    set(length, a.field(elements, FixedArray.Length)),
  ),
  set(kind, shrS(handler, handlerOffsetShift)),
];

const holeNan = (BigInt(holeNanWord >>> 0) << 32n) | BigInt(holeNanWord >>> 0);

const getKeyedProperty: FastPath = (a) => {
  const object = a.local();
  const handler = a.local();
  const elements = a.local();
  const length = a.local();
  const kind = a.local();
  const value = a.local();
  const x = a.double();
  const readsUndefined = (flag: ElementHandlerBits): Code => [
    slowUnlessHolesArePlain(a, handler, flag),
    a.result(StaticRoot.Undefined),
  ];
  return [
    a.slowUnless(a.isSmi(a.acc)),
    set(object, a.register(0)),
    lookUp(a, object, handler, 1),
    elementsFor(a, object, handler, elements, length, kind),
    a.slowUnless(ltU(kind, ElementsKind.PackedNonextensible)),
    when(geU(a.acc, length), [a.slowIf(ltS(a.acc, 0)), readsUndefined(ElementHandlerBits.AllowOutOfBounds)]),
    when(ltU(kind, ElementsKind.PackedDouble), [
      set(value, load(add(elements, shl(a.acc, 1)), FixedArray.Elements - 1)),
      when(eq(value, StaticRoot.TheHole), readsUndefined(ElementHandlerBits.ConvertHole)),
      a.result(value),
    ]),
    set(object, add(elements, shl(a.acc, 2))),
    when(eq64(load64(object, FixedArray.Elements - 1), i64(holeNan)), readsUndefined(ElementHandlerBits.ConvertHole)),
    set(x, loadF64(object, FixedArray.Elements - 1)),
    a.allocateHeapNumber(value, x),
    a.result(value),
  ];
};

/** The Smi of an element store's data handler, while the prototypes are as they were; a store that transitions first is slow. */
const withValidChain = (a: InterpreterAssembler, handler: Local): Code => {
  const cell = a.local();
  return [
    a.slowIf(ne(and(handler, 3), 1)),
    a.slowIf(ne(a.map(handler), StaticRoot.FixedArrayMap)),
    a.slowIf(a.field(handler, handlerField(DataHandler.Data1))),
    set(cell, a.field(handler, handlerField(DataHandler.ValidityCell))),
    when(cell.get, a.slowIf(a.field(cell, Cell.Value))),
    set(handler, a.field(handler, handlerField(DataHandler.SmiHandler))),
  ];
};

const setKeyedProperty: FastPath = (a) => {
  const object = a.local();
  const key = a.local();
  const handler = a.local();
  const elements = a.local();
  const length = a.local();
  const kind = a.local();
  const address = a.local();
  const x = a.double();
  const fillsHole = (): Code => slowUnlessHolesArePlain(a, handler, ElementHandlerBits.PlainHoles);
  return [
    set(object, a.register(0)),
    set(key, a.register(1)),
    a.slowUnless(a.isSmi(key)),
    lookUp(a, object, handler, 2),
    when(a.isSmi(handler), [], withValidChain(a, handler)),
    elementsFor(a, object, handler, elements, length, kind),
    a.slowUnless(ltU(kind, ElementsKind.PackedNonextensible)),
    a.slowIf(geU(key, length)),
    when(ltU(kind, ElementsKind.PackedDouble), [
      when(ltU(kind, ElementsKind.Packed), a.slowUnless(a.isSmi(a.acc))),
      a.slowUnless(eq(a.map(elements), StaticRoot.FixedArrayMap)), // else copy on write
      set(address, add(add(elements, shl(key, 1)), FixedArray.Elements - 1)),
      when(eq(load(address), StaticRoot.TheHole), fillsHole()),
      store(address, 0, a.acc),
      a.writeBarrier(elements, address, a.acc),
      a.next(),
    ]),
    set(address, add(elements, shl(key, 2))),
    when(eq64(load64(address, FixedArray.Elements - 1), i64(holeNan)), fillsHole()),
    when(a.isSmi(a.acc), set(x, toF64S(shrS(a.acc, 1))), [
      a.slowUnless(a.isHeapNumber(a.acc)),
      set(x, loadF64(a.acc, HeapNumber.Value - 1)),
      a.slowIf(fne(x, x)), // only one NaN may stand in an array
    ]),
    storeF64(address, FixedArray.Elements - 1, x),
    a.next(),
  ];
};

export const properties: FastPaths = {
  GetNamedProperty: getNamedProperty,
  SetNamedProperty: setNamedProperty,
  DefineNamedOwnProperty: setNamedProperty,
  GetKeyedProperty: getKeyedProperty,
  SetKeyedProperty: setKeyedProperty,
  StaInArrayLiteral: setKeyedProperty,
};
