// Modules in memory: their records, contexts' cells and namespace objects. Linking and evaluation are the standard library's
// (builtins/modules.ts); finding and reading files is the isolate's.
//
//   NativeContextSlot.Modules: FixedArray of records, by module id
//   record: FixedArray, ModuleRecord            cell (V8: Cell): one exported variable; an importer holds the exporter's cell
//   module context: slot 2 holds the record    LdaModuleVariable i: cell i - 1 of Exports, or -i - 1 of Imports
//
// Invariant: records and cells stand in old space; ids, not addresses, are kept on the host.

import { elementAt, Space, type Tagged } from '../heap/index.ts';
import {
  addAccessorProperty,
  addDataProperty,
  Cell,
  Context,
  ElementsKind,
  FixedArray,
  HeapObject,
  InstanceType,
  JSModuleNamespace,
  ModuleRecord,
  nameDictionaryAdd,
  newNameDictionary,
  PropertyAttributes,
  preventExtensions,
  rootSymbol,
  SharedFunctionInfo,
  StaticRoot,
  setPrototype,
  type TaggedField,
} from '../objects/index.ts';
import { closureFeedbackCell } from './contexts.ts';
import { newClosure } from './functions.ts';
import { AccessorInfoKind } from './native-accessors.ts';
import { NativeContextSlot } from './native-context.ts';
import type { Runtime } from './runtime.ts';

const field = (i: number): TaggedField => elementAt(FixedArray.Elements, i);

const fieldCount = 10;

export const moduleRecord = (rt: Runtime, id: number): Tagged =>
  rt.heap.get(rt.shared(NativeContextSlot.Modules), field(id));

export const newModuleRecord = (rt: Runtime, id: number, exports: number, imports: number): void => {
  const { heap, factory } = rt;
  const cells = factory.newFixedArray(exports, StaticRoot.Undefined, Space.Old);
  for (let i = 0; i < exports; i++) heap.set(cells, field(i), factory.newCell(StaticRoot.Undefined));
  const record = factory.newFixedArray(fieldCount, StaticRoot.Undefined, Space.Old);
  heap.set(record, ModuleRecord.Exports, cells);
  heap.set(record, ModuleRecord.Imports, factory.newFixedArray(imports, StaticRoot.Undefined, Space.Old));
  heap.init(record, ModuleRecord.Id, id << 1);
  heap.init(record, ModuleRecord.Error, StaticRoot.TheHole);
  let registry = rt.shared(NativeContextSlot.Modules);
  const length = registry === StaticRoot.Undefined ? 0 : heap.get(registry, FixedArray.Length) >> 1;
  if (id >= length) {
    const grown = factory.newFixedArray(2 * id + 8, StaticRoot.Undefined, Space.Old);
    for (let i = 0; i < length; i++) heap.set(grown, field(i), heap.get(registry, field(i)));
    registry = grown;
    rt.setShared(NativeContextSlot.Modules, registry);
  }
  heap.set(registry, field(id), record);
};

/** Record of the module whose code is running. */
export const currentModule = (rt: Runtime): Tagged => {
  const { heap } = rt;
  let context = rt.currentContext;
  while (heap.get(context, HeapObject.Map) !== StaticRoot.ModuleContextMap)
    context = heap.get(context, Context.Previous);
  return heap.get(context, Context.Extension);
};

export const moduleId = (rt: Runtime, record: Tagged): number => rt.heap.get(record, ModuleRecord.Id) >> 1;

/** DeclareModuleExports: the_hole for a variable's cell (Smi); a closure for a function's (SharedFunctionInfo, slot, cell). */
export const declareModuleExports = (rt: Runtime, declarations: Tagged, closure: Tagged): void => {
  const { heap } = rt;
  const context = rt.currentContext;
  const cells = heap.get(currentModule(rt), ModuleRecord.Exports);
  const length = heap.get(declarations, FixedArray.Length) >> 1;
  for (let i = 0; i < length; i++) {
    const word = heap.get(declarations, field(i));
    if ((word & 1) === 0) {
      heap.set(heap.get(cells, field((word >> 1) - 1)), Cell.Value, StaticRoot.TheHole);
      continue;
    }
    const slot = heap.get(declarations, field(++i)) >> 1;
    const cell = heap.get(declarations, field(++i)) >> 1;
    const fn = newClosure(rt, word, context, closureFeedbackCell(rt, closure, slot));
    heap.set(heap.get(cells, field(cell - 1)), Cell.Value, fn);
  }
};

export const newExportTable = (rt: Runtime, entries: readonly (readonly [name: string, cell: Tagged])[]): Tagged => {
  let table = newNameDictionary(rt.factory, 2 * entries.length + 2);
  for (const [name, cell] of entries)
    table = nameDictionaryAdd(rt.factory, table, rt.factory.internalize(name), cell, 0);
  return table;
};

/** A module namespace exotic object (ECMA-262 §10.4.6) for exports in the order of their names. */
export const newModuleNamespace = (rt: Runtime, record: Tagged, names: readonly string[]): Tagged => {
  const { heap, factory } = rt;
  const map = factory.newMap(InstanceType.JSModuleNamespace, JSModuleNamespace.Size, ElementsKind.Holey, 0);
  const object = factory.newJSObject(map, Space.Old);
  heap.set(object, JSModuleNamespace.Module, record);
  setPrototype(heap, factory, object, StaticRoot.Null);
  for (const name of names) {
    const word = factory.internalize(name);
    const accessor = factory.newAccessorInfo(word, AccessorInfoKind.ModuleNamespaceEntry);
    addAccessorProperty(heap, factory, object, word, accessor, PropertyAttributes.DontDelete);
  }
  const tag = rootSymbol(heap, 'to_string_tag_symbol');
  addDataProperty(
    heap,
    factory,
    object,
    tag,
    factory.internalize('Module'),
    PropertyAttributes.Frozen | PropertyAttributes.DontEnum,
  );
  preventExtensions(heap, factory, object, PropertyAttributes.None);
  return object;
};

/** Name of the script that a function belongs to: what its imports are relative to. */
export const scriptOf = (rt: Runtime, sharedFunctionInfo: Tagged): Tagged =>
  rt.heap.get(sharedFunctionInfo, SharedFunctionInfo.Script);
