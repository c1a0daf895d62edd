// JSNativeContextSpecialization (V8: js-native-context-specialization.cc) and JSContextSpecialization: property, element,
// global and context accesses become guards and memory operations, according to feedback.
//
//   JSLoadNamed ─▶ CheckHeapObject, CheckMaps, LoadField                one kind of access
//               ─▶ CompareMaps + Branch … last one CheckMaps, Phi       up to four
//
// A prototype's constant needs no guard on the prototype: the receiver's map is guarded, the prototypes' maps are stable
// dependencies.

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import type { Tagged } from '../../heap/index.ts';
import {
  Context,
  detailsCellType,
  InstanceType,
  isReadOnly,
  isStableMap,
  JSFunction,
  type JSObject,
  MapObject,
  mapBackPointer,
  mapInstanceType,
  mapPrototype,
  mapUnusedPropertyFields,
  PropertyCell,
  PropertyCellType,
  Representation,
  Root,
  root,
  ScopeInfo,
  StaticRoot,
  scriptContextAt,
  scriptContextTableLength,
} from '../../objects/index.ts';
import { contextSlot, Fields, jsArrayLength, propertyField } from '../broker/access-builder.ts';
import type { HeapBroker, PropertyAccessInfo } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import type { Editor, Reducer } from '../graph/graph-reducer.ts';
import type { Node } from '../graph/node.ts';
import { BranchHint, type CallParameters, type FeedbackSource } from '../graph/parameters.ts';
import { bitset, is, type Type, Types } from '../graph/types.ts';
import { JSElementAccess } from './js-element-access.ts';
import { JSGuardedOperations, type NamedGuards } from './js-guarded-operations.ts';
import { type Chain, PropertyAccessBuilder } from './property-access-builder.ts';

export class JSNativeContextSpecialization implements Reducer, NamedGuards {
  readonly name = 'JSNativeContextSpecialization';
  private readonly graph: Graph;
  private readonly broker: HeapBroker;
  private readonly access: PropertyAccessBuilder;
  private readonly elements: JSElementAccess;
  private readonly guarded: JSGuardedOperations;

  /** Context of the closure being compiled, where only this closure uses the code; 0 otherwise. */
  private readonly specializationContext: Tagged;

  constructor(graph: Graph, broker: HeapBroker, specializationContext: Tagged = 0) {
    this.graph = graph;
    this.broker = broker;
    this.specializationContext = specializationContext;
    this.access = new PropertyAccessBuilder(graph, broker);
    this.elements = new JSElementAccess(graph, broker, this.access);
    this.guarded = new JSGuardedOperations(graph, broker, this.access, this.elements, this);
  }

  /** The context `depth` steps out, as a constant where it is one. */
  private outerContext(context: Node, depth: number): { context: Node; depth: number } {
    let word = context.opcode === 'HeapConstant' ? context.parameterOf('HeapConstant') : 0;
    if (word === 0 && context.opcode === 'Parameter' && context.op.parameter === -4) word = this.specializationContext;
    if (word === 0) return { context, depth };
    for (; depth > 0; depth--) {
      const next = this.broker.contextSlot(word, 1);
      if (!this.broker.canEmbed(next)) break;
      word = next;
    }
    return { context: this.graph.heapConstant(word), depth };
  }

  reduce(node: Node, editor: Editor): Node | undefined {
    switch (node.opcode) {
      case 'JSLoadContext':
        return this.reduceLoadContext(node, editor);
      case 'JSStoreContext':
        return this.reduceStoreContext(node, editor);
      case 'JSLoadScriptContext':
        return this.reduceLoadScriptContext(node, editor);
      // Script context slots are plain context slots: nothing tracks whether they are constant.
      case 'JSStoreScriptContext':
        return this.reduceStoreContext(node, editor);
      case 'JSLoadGlobal':
        return this.reduceLoadGlobal(node, editor);
      case 'JSStoreGlobal':
        return this.reduceStoreGlobal(node, editor);
      case 'JSLoadNamed':
        return this.reduceNamed(node, editor, 'load');
      case 'JSSetNamedProperty':
        return this.reduceNamed(node, editor, 'store');
      case 'JSDefineNamedOwnProperty':
        return this.reduceNamed(node, editor, 'define');
      case 'JSLoadProperty':
        return this.reduceKeyed(node, editor, 'load');
      case 'JSSetKeyedProperty':
        return this.reduceKeyed(node, editor, 'store');
      case 'JSDefineKeyedOwnProperty':
        // a function that is named by its key is left to the runtime
        return node.parameterOf('JSDefineKeyedOwnProperty').flags === 0
          ? this.reduceKeyed(node, editor, 'define')
          : undefined;
      case 'JSStoreInArrayLiteral':
        return this.reduceKeyed(node, editor, 'store');
      default:
        return this.guarded.reduce(node, editor);
    }
  }

  private finish(node: Node, editor: Editor, value: Node, c: Chain): Node {
    editor.replaceWithValue(node, value, c.effect, c.control);
    return value;
  }

  // --- contexts ---------------------------------------------------------------------------------------------------------

  private reduceLoadContext(node: Node, editor: Editor): Node | undefined {
    const access = node.parameterOf('JSLoadContext', 'JSLoadScriptContext');
    let { context, depth } = this.outerContext(node.context, access.depth);
    const c: Chain = { effect: node.effect, control: this.graph.start };
    if (context.opcode === 'HeapConstant' && access.immutable) {
      const value = this.broker.contextSlot(context.parameterOf('HeapConstant'), access.index);
      if (
        value !== StaticRoot.Undefined &&
        value !== StaticRoot.TheHole &&
        ((value & 1) === 0 || this.broker.canEmbed(value) || this.broker.isHeapNumber(value))
      )
        return this.finish(node, editor, this.access.constant(value), {
          effect: node.effect,
          control: this.graph.start,
        });
    }
    while (depth > 0) {
      context = this.access.loadField(Fields.contextPrevious, context, c);
      depth--;
    }
    const value = this.access.loadField({ ...contextSlot(access.index), immutable: access.immutable }, context, c);
    return this.finish(node, editor, value, c);
  }

  private reduceStoreContext(node: Node, editor: Editor): Node | undefined {
    const access = node.parameterOf('JSStoreContext', 'JSStoreScriptContext');
    let { context, depth } = this.outerContext(node.context, access.depth);
    const c: Chain = { effect: node.effect, control: node.control };
    while (depth > 0) {
      context = this.access.loadField(Fields.contextPrevious, context, c);
      depth--;
    }
    this.access.storeField(contextSlot(access.index), context, node.value(0), c);
    editor.replaceWithValue(node, undefined, c.effect, c.control);
    return this.graph.dead;
  }

  /** Script context slots without const tracking are plain context slots. */
  private reduceLoadScriptContext(node: Node, editor: Editor): Node | undefined {
    const access = node.parameterOf('JSLoadScriptContext');
    let { context, depth } = this.outerContext(node.context, access.depth);
    const c: Chain = { effect: node.effect, control: node.control };
    while (depth > 0) {
      context = this.access.loadField(Fields.contextPrevious, context, c);
      depth--;
    }
    return this.finish(node, editor, this.access.loadField(contextSlot(access.index), context, c), c);
  }

  // --- globals ------------------------------------------------------------------------------------------------------------

  private globalCell(feedback: FeedbackSource): { cell: Tagged } | { context: Tagged; slot: number } | undefined {
    const first = this.broker.rawFeedback(feedback);
    if (first === StaticRoot.UninitializedSymbol || first === StaticRoot.MegamorphicSymbol || first === 3)
      return undefined;
    if ((first & 1) === 0) {
      // script context index | slot << 12
      const value = first >> 1;
      const table = root(this.broker.heap, Root.ScriptContextTable);
      const i = (value & 0xfff) - 1;
      const context =
        i < scriptContextTableLength(this.broker.heap, table) ? scriptContextAt(this.broker.heap, table, i) : 0;
      return context === 0 ? undefined : { context, slot: (value >> 12) & 0xffff };
    }
    if ((first & 3) === 3 && this.broker.mapOf(first & ~2) === StaticRoot.PropertyCellMap) return { cell: first & ~2 };
    return undefined;
  }

  private isConstSlot(context: Tagged, slot: number): boolean {
    const heap = this.broker.heap;
    const scopeInfo = heap.get(context, Context.ScopeInfo);
    const first = ((heap.get(scopeInfo, ScopeInfo.Flags) >> 1) & (1 << 5)) !== 0 ? 3 : 2;
    return ((heap.getElement(scopeInfo, ScopeInfo.Locals, 2 * (slot - first) + 1) >> 1) & 3) >= 2;
  }

  private reduceLoadGlobal(node: Node, editor: Editor): Node | undefined {
    const { feedback } = node.parameterOf('JSLoadGlobal');
    const place = this.globalCell(feedback);
    const c: Chain = { effect: node.effect, control: node.control };
    if (place === undefined) return undefined;
    if ('context' in place) {
      const value = this.broker.contextSlot(place.context, place.slot);
      if (value === StaticRoot.TheHole) return undefined;
      const immutable = this.isConstSlot(place.context, place.slot);
      if (immutable && ((value & 1) === 0 || this.broker.canEmbed(value)))
        return this.finish(node, editor, this.access.constant(value), c);
      return this.finish(
        node,
        editor,
        this.access.loadField({ ...contextSlot(place.slot), immutable }, this.graph.heapConstant(place.context), c),
        c,
      );
    }
    const heap = this.broker.heap;
    const value = heap.get(place.cell, PropertyCell.Value);
    const details = heap.get(place.cell, PropertyCell.Details);
    if (value === StaticRoot.TheHole) return undefined;
    const type = detailsCellType(details);
    if (
      isReadOnly(details) &&
      (details & (4 << 3)) !== 0 &&
      ((value & 1) === 0 || this.broker.canEmbed(value) || this.broker.isHeapNumber(value))
    )
      return this.finish(node, editor, this.access.constant(value), c);
    this.broker.dependOnPropertyCell(place.cell);
    switch (type) {
      case PropertyCellType.Undefined:
        return this.finish(node, editor, this.graph.heapConstant(StaticRoot.Undefined), c);
      case PropertyCellType.Constant:
        if ((value & 1) === 0 || this.broker.canEmbed(value) || this.broker.isHeapNumber(value))
          return this.finish(node, editor, this.access.constant(value), c);
        break;
      case PropertyCellType.ConstantType: {
        if ((value & 1) === 0) {
          const load = this.access.loadField(
            propertyField('PropertyCell.value', PropertyCell.Value, Representation.Smi, Types.SignedSmall),
            this.graph.heapConstant(place.cell),
            c,
          );
          return this.finish(node, editor, load, c);
        }
        const map = this.broker.mapOf(value);
        const load = this.access.loadField(
          propertyField(
            'PropertyCell.value',
            PropertyCell.Value,
            Representation.HeapObject,
            bitset(this.broker.typeBits(map)),
          ),
          this.graph.heapConstant(place.cell),
          c,
        );
        return this.finish(node, editor, load, c);
      }
    }
    return this.finish(
      node,
      editor,
      this.access.loadField(Fields.propertyCellValue, this.graph.heapConstant(place.cell), c),
      c,
    );
  }

  private reduceStoreGlobal(node: Node, editor: Editor): Node | undefined {
    const { feedback } = node.parameterOf('JSStoreGlobal');
    const place = this.globalCell(feedback);
    if (place === undefined) return undefined;
    const c: Chain = { effect: node.effect, control: node.control };
    let value = node.value(0);
    if ('context' in place) {
      const current = this.broker.contextSlot(place.context, place.slot);
      if (current === StaticRoot.TheHole || this.isConstSlot(place.context, place.slot)) return undefined;
      this.access.storeField(contextSlot(place.slot), this.graph.heapConstant(place.context), value, c);
      editor.replaceWithValue(node, value, c.effect, c.control);
      return value;
    }
    const heap = this.broker.heap;
    const current = heap.get(place.cell, PropertyCell.Value);
    const details = heap.get(place.cell, PropertyCell.Details);
    if (current === StaticRoot.TheHole || isReadOnly(details)) return undefined;
    switch (detailsCellType(details)) {
      case PropertyCellType.Undefined:
        return undefined;
      case PropertyCellType.Constant: {
        if ((current & 1) !== 0 && !this.broker.canEmbed(current)) return undefined;
        // Storing the same constant again changes nothing.
        this.broker.dependOnPropertyCell(place.cell);
        this.access.checkIf(
          this.graph.newNode('ReferenceEqual', undefined, [value, this.access.constant(current)]),
          DeoptimizeReason.ValueMismatch,
          c,
          feedback,
        );
        break;
      }
      case PropertyCellType.ConstantType:
        this.broker.dependOnPropertyCell(place.cell);
        if ((current & 1) === 0) {
          value = this.access.check('CheckSmi', value, c, feedback);
          this.access.storeField(
            propertyField('PropertyCell.value', PropertyCell.Value, Representation.Smi, Types.SignedSmall),
            this.graph.heapConstant(place.cell),
            value,
            c,
          );
        } else {
          const map = this.broker.mapOf(current);
          if (!this.broker.dependOnStableMap(map) && map !== StaticRoot.HeapNumberMap) return undefined;
          value = this.access.check('CheckHeapObject', value, c, feedback);
          this.access.checkMaps(value, [map], c, feedback);
          this.access.storeField(
            propertyField('PropertyCell.value', PropertyCell.Value, Representation.HeapObject, Types.NonInternal),
            this.graph.heapConstant(place.cell),
            value,
            c,
          );
        }
        break;
      default:
        this.broker.dependOnPropertyCell(place.cell);
        this.access.storeField(Fields.propertyCellValue, this.graph.heapConstant(place.cell), value, c);
    }
    editor.replaceWithValue(node, value, c.effect, c.control);
    return value;
  }

  // --- named -----------------------------------------------------------------------------------------------------------------

  private reduceNamed(node: Node, editor: Editor, mode: 'load' | 'store' | 'define'): Node | undefined {
    const { name, feedback } = node.parameterOf('JSLoadNamed', 'JSSetNamedProperty', 'JSDefineNamedOwnProperty');
    const object = node.value(0);
    const value = mode === 'load' ? undefined : node.value(1);
    const known = this.inferMaps(object, node.effect);
    const maps = known ?? this.broker.icMaps(feedback);
    // A function's prototype is a constant of the function.
    if (mode === 'load' && object.opcode === 'HeapConstant') {
      const folded = this.foldPrototype(object, name);
      if (folded !== undefined)
        return this.finish(node, editor, folded, { effect: node.effect, control: node.control });
    }
    if (maps.length === 0) return undefined;
    return this.namedAccess(node, editor, object, value, name, maps, mode, feedback, undefined, known !== undefined);
  }

  private foldPrototype(object: Node, name: Tagged): Node | undefined {
    const fn = object.parameterOf('HeapConstant');
    if (name !== this.broker.rt.names.prototype || !this.broker.isJSFunction(fn)) return undefined;
    const initial = this.broker.heap.get(fn, JSFunction.PrototypeOrInitialMap);
    if ((initial & 1) === 0 || this.broker.mapOf(initial) !== this.broker.mapOf(this.broker.mapOf(fn)))
      return undefined;
    const map = this.broker.dependOnInitialMap(fn);
    return this.access.constant(mapPrototype(this.broker.heap, map));
  }

  /** Maps that are certain: of a constant with a stable map, or guarded earlier on the effect chain. */
  inferMaps(object: Node, effect: Node): Tagged[] | undefined {
    if (object.opcode === 'HeapConstant') {
      const map = this.broker.mapOf(object.parameterOf('HeapConstant'));
      if (
        mapInstanceType(this.broker.heap, map) >= InstanceType.FirstJSReceiver &&
        isStableMap(this.broker.heap, map)
      ) {
        this.broker.dependOnStableMap(map);
        return [map];
      }
    }
    let e = effect;
    for (let i = 0; i < 200; i++) {
      if (e.opcode === 'CheckMaps' && e.value(0) === object) return [...e.parameterOf('CheckMaps').maps];
      if (e === object && e.opcode === 'FinishRegion') return undefined;
      if (e.op.effectIn !== 1 || !e.op.row.noWrite) return undefined;
      e = e.effect;
    }
    return undefined;
  }

  infosOf(node: Node, maps: readonly Tagged[], name: Tagged, mode: 'load' | 'has'): PropertyAccessInfo[] | undefined {
    const infos = this.accessInfos(maps, name, mode);
    if (infos === undefined || infos.length === 0) return undefined;
    for (const info of infos) if (!this.canBuild(info, mode, node)) return undefined;
    for (const info of infos) this.recordPrototypes(info);
    return infos;
  }

  private accessInfos(
    maps: readonly Tagged[],
    name: Tagged,
    mode: 'load' | 'store' | 'define' | 'has',
  ): PropertyAccessInfo[] | undefined {
    const infos: PropertyAccessInfo[] = [];
    for (const map of maps) {
      const info = this.broker.propertyAccess(map, name, mode);
      if (info === undefined) return undefined;
      infos.push(info);
    }
    return this.broker.mergeAccess(infos);
  }

  private namedAccess(
    node: Node,
    editor: Editor,
    object: Node,
    value: Node | undefined,
    name: Tagged,
    maps: readonly Tagged[],
    mode: 'load' | 'store' | 'define',
    feedback: FeedbackSource,
    key: Node | undefined,
    mapsAreKnown: boolean,
  ): Node | undefined {
    const infos = this.accessInfos(maps, name, mode);
    if (infos === undefined || infos.length === 0) return undefined;
    for (const info of infos) if (!this.canBuild(info, mode, node)) return undefined;
    if (infos.some((info) => this.growsProperties(info)))
      return this.guarded.guard(node, (c) => {
        if (key !== undefined) this.access.checkName(name, key, c);
        if (!mapsAreKnown) this.checkReceiver(object, maps, c, feedback);
        for (const info of infos) this.recordPrototypes(info);
        return true;
      });
    const c: Chain = { effect: node.effect, control: node.control };
    if (key !== undefined) this.access.checkName(name, key, c);
    if (infos.length === 1) {
      const info = infos[0]!;
      if (!mapsAreKnown) this.checkReceiver(object, info.maps, c, feedback);
      const result = this.buildAccess(node, info, object, value, c, name, mode, feedback);
      if (result === undefined) return undefined;
      return this.finish(node, editor, result, c);
    }
    // Polymorphic.
    if (infos.some((i) => i.kind === 'accessor')) return undefined;
    const smis =
      mapsAreKnown || !infos.some((i) => i.maps.includes(StaticRoot.HeapNumberMap))
        ? undefined
        : this.smisApart(object, c);
    if (!mapsAreKnown && smis === undefined) this.access.check('CheckHeapObject', object, c, feedback);
    const build = (info: PropertyAccessInfo, at: Chain): Node =>
      this.buildAccess(node, info, object, value, at, name, mode, feedback)!;
    return this.finish(node, editor, this.access.byMaps(object, infos, c, feedback, build, mapsAreKnown, smis), c);
  }

  checkReceiver(object: Node, maps: readonly Tagged[], c: Chain, feedback: FeedbackSource): void {
    const heap = this.broker.heap;
    if (maps.every((m) => mapInstanceType(heap, m) < InstanceType.FirstNonstring)) {
      this.access.check('CheckString', object, c, feedback);
      return;
    }
    if (maps.length === 1 && maps[0] === StaticRoot.HeapNumberMap) {
      this.access.check('CheckNumber', object, c, feedback);
      return;
    }
    const migrate = maps.some((m) => this.isMigrationTarget(m));
    if (maps.includes(StaticRoot.HeapNumberMap)) {
      // Smis are among what was seen.
      const smis = this.smisApart(object, c);
      this.access.checkMaps(object, maps, c, feedback, migrate);
      this.access.join(c, smis);
      return;
    }
    this.access.check('CheckHeapObject', object, c, feedback);
    this.access.checkMaps(object, maps, c, feedback, migrate);
  }

  /** Where `object` is a Smi; `c` goes on where it is not. */
  private smisApart(object: Node, c: Chain): Chain {
    const isSmi = this.graph.newNode('ObjectIsSmi', undefined, [object]);
    isSmi.type = Types.Boolean;
    const branch = this.graph.newNode('Branch', { hint: BranchHint.None }, [isSmi, c.control]);
    const smis = { effect: c.effect, control: this.graph.newNode('IfTrue', undefined, [branch]) };
    c.control = this.graph.newNode('IfFalse', undefined, [branch]);
    return smis;
  }

  private isMigrationTarget(map: Tagged): boolean {
    return (this.broker.heap.getI32(map, MapObject.BitField3) & (1 << 26)) !== 0;
  }

  /** Left to the runtime, behind its guards. */
  private growsProperties(info: PropertyAccessInfo): boolean {
    const { heap } = this.broker;
    return (
      info.kind === 'field' &&
      info.transition !== 0 &&
      !info.inObject &&
      mapUnusedPropertyFields(heap, mapBackPointer(heap, info.transition)) === 0
    );
  }

  private canBuild(info: PropertyAccessInfo, mode: string, node: Node): boolean {
    // The prototypes between must be stable.
    if (info.kind !== 'stringLength' && info.kind !== 'arrayLength') {
      const needsPrototypes =
        info.holder !== 0 || info.kind === 'notFound' || (info.kind === 'field' && info.transition !== 0);
      if (needsPrototypes)
        for (const map of info.maps) if (!this.broker.dependOnPrototypes(map, info.holder, false)) return false;
    }
    if (mode === 'has') return true;
    switch (info.kind) {
      case 'field':
        if (info.transition !== 0) {
          if (info.representation === Representation.Double && info.fieldMap !== 0) return false;
        }
        return true;
      case 'constant':
        return (info.value & 1) === 0 || this.broker.canEmbed(info.value) || this.broker.isHeapNumber(info.value);
      case 'accessor':
        return this.broker.canEmbed(info.accessor) && node.op.frameStateIn > 0;
      case 'notFound':
        return mode === 'load';
      default:
        return mode === 'load';
    }
  }

  private recordPrototypes(info: PropertyAccessInfo): void {
    if (info.holder !== 0 || info.kind === 'notFound' || (info.kind === 'field' && info.transition !== 0))
      for (const map of info.maps) this.broker.dependOnPrototypes(map, info.holder, true);
  }

  private buildAccess(
    node: Node,
    info: PropertyAccessInfo,
    receiver: Node,
    value: Node | undefined,
    c: Chain,
    name: Tagged,
    mode: 'load' | 'store' | 'define',
    feedback: FeedbackSource,
  ): Node | undefined {
    this.recordPrototypes(info);
    switch (info.kind) {
      case 'notFound':
        return this.graph.heapConstant(StaticRoot.Undefined);
      case 'constant':
        return this.access.constant(info.value);
      case 'stringLength': {
        const length = this.graph.newNode('StringLength', undefined, [receiver]);
        length.type = Types.StringLength;
        return length;
      }
      case 'arrayLength':
        return this.access.loadField(jsArrayLength(info.elementsKind), receiver, c);
      case 'accessor':
        return this.buildAccessorCall(node, info.accessor, receiver, value, c);
      case 'field':
        return value === undefined
          ? this.buildLoad(info, receiver, c, name)
          : this.buildStore(info, receiver, value, c, name, mode, feedback);
    }
  }

  private buildAccessorCall(node: Node, accessor: Tagged, receiver: Node, value: Node | undefined, c: Chain): Node {
    const args = value === undefined ? [] : [value];
    const parameter: CallParameters = {
      arity: 2 + args.length,
      feedback: undefined,
      convertMode: 'notNullOrUndefined',
      frequency: 1,
    };
    const call = this.graph.newNode(
      'JSCall',
      parameter,
      [this.graph.heapConstant(accessor), receiver, ...args, node.context, node.frameState, c.effect, c.control],
      { valueIn: 2 + args.length },
    );
    call.position = node.position;
    call.inliningId = node.inliningId;
    c.effect = call;
    c.control = call;
    // The handler of the access becomes the call's.
    for (const use of [...node.uses]) {
      if (use.user.opcode === 'IfException') use.user.replaceInput(use.index, call);
      else if (use.user.opcode === 'IfSuccess') {
        use.user.replaceInput(use.index, call);
        c.control = use.user;
      }
    }
    if (c.control !== call) {
      // Control users of the old IfSuccess keep it; the caller's replacement must not touch it.
      const success = this.graph.newNode('IfSuccess', undefined, [call]);
      c.control.replaceUses(success);
      c.control.kill();
      c.control = success;
    }
    return value ?? call;
  }

  private buildLoad(info: PropertyAccessInfo & { kind: 'field' }, receiver: Node, c: Chain, name: Tagged): Node {
    const holder =
      info.holder !== 0 ? info.holder : receiver.opcode === 'HeapConstant' ? receiver.parameterOf('HeapConstant') : 0;
    if (holder !== 0 && info.isConst) {
      const folded = this.broker.constantField(holder, info);
      if (folded !== undefined)
        return folded.number !== undefined ? this.graph.number(folded.number) : this.access.constant(folded.value);
    }
    if (info.representation !== Representation.Tagged) this.broker.dependOnFieldRepresentation(info);
    if (info.fieldMap !== 0) this.broker.dependOnFieldType(info);
    // An immutable load stays known over calls.
    if (info.isConst) this.broker.dependOnFieldConstness(info);
    let storage = info.holder !== 0 ? this.graph.heapConstant(info.holder) : receiver;
    if (!info.inObject) storage = this.access.loadField(Fields.properties, storage, c);
    const access = {
      ...propertyField(this.broker.nameOf(name), info.offset, info.representation, info.fieldType),
      immutable: info.isConst,
    };
    const load = this.access.loadField(access, storage, c);
    if (info.representation === Representation.Double) return this.access.loadField(Fields.heapNumberValue, load, c);
    return load;
  }

  private buildStore(
    info: PropertyAccessInfo & { kind: 'field' },
    receiver: Node,
    value: Node,
    c: Chain,
    name: Tagged,
    mode: 'load' | 'store' | 'define',
    feedback: FeedbackSource,
  ): Node {
    const original = value;
    if (info.representation !== Representation.Tagged) this.broker.dependOnFieldRepresentation(info);
    let storage = receiver;
    if (!info.inObject) storage = this.access.loadField(Fields.properties, receiver, c);
    const access = propertyField(this.broker.nameOf(name), info.offset, info.representation, info.fieldType);
    if (info.isConst && info.transition === 0 && mode === 'store') {
      // The field may only be written with what it holds.
      this.broker.dependOnFieldConstness(info);
      let current = this.access.loadField(access, storage, c);
      if (info.representation === Representation.Double)
        current = this.access.loadField(Fields.heapNumberValue, current, c);
      const numbers = info.representation === Representation.Double;
      let checked = value;
      if (numbers) checked = this.access.check('CheckNumber', value, c, feedback);
      const same = this.graph.newNode('SameValue', undefined, [current, checked]);
      this.access.checkIf(same, DeoptimizeReason.StoreToConstant, c, feedback);
      return original;
    }
    switch (info.representation) {
      case Representation.Smi:
        value = this.access.check('CheckSmi', value, c, feedback);
        break;
      case Representation.Double:
        value = this.access.check('CheckNumber', value, c, feedback);
        if (info.transition === 0) {
          const box = this.access.loadField(access, storage, c);
          this.access.storeField(Fields.heapNumberValue, box, value, c);
          return original;
        }
        // A new box.
        value = this.allocateHeapNumber(value, c);
        break;
      case Representation.HeapObject:
        if (info.fieldMap !== 0) {
          this.broker.dependOnFieldType(info);
          value = this.access.check('CheckHeapObject', value, c, feedback);
          this.access.checkMaps(value, [info.fieldMap], c, feedback);
        } else value = this.access.check('CheckHeapObject', value, c, feedback);
        break;
    }
    if (info.transition !== 0) {
      this.broker.dependOnTransition(info.transition);
      c.effect = this.graph.newNode('BeginRegion', undefined, [c.effect]);
      this.access.storeField(Fields.map, receiver, this.graph.heapConstant(info.transition), c);
      this.access.storeField(access, storage, value, c);
      c.effect = this.graph.newNode('FinishRegion', undefined, [
        this.graph.heapConstant(StaticRoot.Undefined),
        c.effect,
      ]);
    } else this.access.storeField(access, storage, value, c);
    return original;
  }

  private allocateHeapNumber(value: Node, c: Chain): Node {
    const begin = this.graph.newNode('BeginRegion', undefined, [c.effect]);
    const allocate = this.graph.newNode('Allocate', undefined, [this.graph.number(16), begin, c.control]);
    allocate.type = Types.OtherInternal;
    c.effect = allocate;
    this.access.storeField(Fields.map, allocate, this.graph.heapConstant(StaticRoot.HeapNumberMap), c);
    this.access.storeField(Fields.heapNumberValue, allocate, value, c);
    const finish = this.graph.newNode('FinishRegion', undefined, [allocate, c.effect]);
    finish.type = Types.OtherInternal;
    c.effect = finish;
    return finish;
  }

  // --- keyed -------------------------------------------------------------------------------------------------------------------

  private reduceKeyed(node: Node, editor: Editor, mode: 'load' | 'store' | 'define'): Node | undefined {
    const { feedback } = node.parameterOf(
      'JSLoadProperty',
      'JSSetKeyedProperty',
      'JSDefineKeyedOwnProperty',
      'JSStoreInArrayLiteral',
    );
    const object = node.value(0);
    const index = node.value(1);
    const value = mode === 'load' ? undefined : node.value(2);
    const name = this.broker.icName(feedback);
    if (name !== 0)
      return this.namedAccess(
        node,
        editor,
        object,
        value,
        name,
        this.broker.icMaps(feedback),
        mode,
        feedback,
        index,
        false,
      );
    const state = this.broker.icState(feedback);
    if (state !== 'monomorphic' && state !== 'polymorphic') return undefined;
    const c: Chain = { effect: node.effect, control: node.control };
    const result = this.elements.reduce(object, index, value, c, feedback);
    return result === undefined ? undefined : this.finish(node, editor, result, c);
  }
}

export const typeIs = (node: Node, type: Type): boolean => node.type !== undefined && is(node.type, type);
export type { JSObject };
