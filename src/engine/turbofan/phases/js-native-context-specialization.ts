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
  FixedArray,
  HeapObject,
  InstanceType,
  JSFunction,
  JSObject,
  MapObject,
  mapBackPointer,
  mapInstanceType,
  mapPrototype,
  mapUnusedPropertyFields,
  Representation,
  StaticRoot,
} from '../../objects/index.ts';
import { Fields, jsArrayLength, propertyField } from '../broker/access-builder.ts';
import type { PropertyAccessInfo } from '../broker/heap-broker.ts';
import type { Editor, Reducer } from '../graph/graph-reducer.ts';
import type { Node } from '../graph/node.ts';
import { BranchHint, type CallParameters, type FeedbackSource } from '../graph/parameters.ts';
import { is, type Type, Types } from '../graph/types.ts';
import { JSContextSpecialization } from './js-context-specialization.ts';
import { JSElementAccess } from './js-element-access.ts';
import { reduceEnumeratedLoad } from './js-enumerated-load.ts';
import { JSGuardedOperations, type NamedGuards } from './js-guarded-operations.ts';
import { JSSuperConstructors } from './js-super-constructors.ts';
import { type InferredMaps, inferCertainMaps, possibleMaps } from './map-inference.ts';
import type { Chain } from './property-access-builder.ts';

export class JSNativeContextSpecialization extends JSContextSpecialization implements Reducer, NamedGuards {
  readonly name = 'JSNativeContextSpecialization';
  private readonly elements = new JSElementAccess(this.graph, this.broker, this.access);
  private readonly superConstructors = new JSSuperConstructors(this.graph, this.broker);
  private readonly guarded = new JSGuardedOperations(this.graph, this.broker, this.access, this.elements, this);

  reduce(node: Node, editor: Editor): Node | undefined {
    switch (node.opcode) {
      case 'JSLoadModule':
        return this.reduceLoadModule(node, editor);
      case 'JSStoreModule':
        return this.reduceStoreModule(node, editor);
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
        return reduceEnumeratedLoad(this.graph, this.broker, node, editor) ?? this.reduceKeyed(node, editor, 'load');
      case 'JSSetKeyedProperty':
        return this.reduceKeyed(node, editor, 'store');
      case 'JSDefineKeyedOwnProperty':
        // a function that is named by its key is left to the runtime
        return node.parameterOf('JSDefineKeyedOwnProperty').flags === 0
          ? this.reduceKeyed(node, editor, 'define')
          : undefined;
      case 'JSDefineKeyedOwnPropertyInLiteral':
        return this.reduceDefineInLiteral(node, editor);
      case 'JSStoreInArrayLiteral':
        return this.reduceKeyed(node, editor, 'store');
      default:
        return this.superConstructors.reduce(node, editor) ?? this.guarded.reduce(node, editor);
    }
  }

  // --- named -----------------------------------------------------------------------------------------------------------------

  private reduceNamed(node: Node, editor: Editor, mode: 'load' | 'store' | 'define'): Node | undefined {
    const { name, feedback } = node.parameterOf('JSLoadNamed', 'JSSetNamedProperty', 'JSDefineNamedOwnProperty');
    const object = node.value(0);
    const value = mode === 'load' ? undefined : node.value(1);
    // A function's prototype is a constant of the function.
    if (mode === 'load' && object.opcode === 'HeapConstant') {
      const folded = this.foldPrototype(object, name);
      if (folded !== undefined)
        return this.finish(node, editor, folded, { effect: node.effect, control: node.control });
    }
    return this.namedAccess(node, editor, object, value, name, mode, feedback, undefined);
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

  mapsOf(object: Node, effect: Node, feedback: FeedbackSource): InferredMaps {
    const { broker } = this;
    const inferred = inferCertainMaps(broker, object, effect);
    const maps = possibleMaps(broker, object, inferred?.maps ?? broker.icMaps(feedback));
    return { maps, isReliable: inferred?.isReliable ?? false };
  }

  infosOf(node: Node, maps: readonly Tagged[], name: Tagged, mode: 'load' | 'has'): PropertyAccessInfo[] | undefined {
    const infos = this.accessInfos(maps, name, mode);
    if (infos === undefined || infos.length === 0) return undefined;
    for (const info of infos) if (!this.canBuild(info, mode, node)) return undefined;
    for (const info of infos) this.recordPrototypes(info);
    return infos;
  }

  constantOf(info: PropertyAccessInfo): Tagged {
    if (info.kind === 'constant') return info.value;
    if (info.kind !== 'field' || info.holder === 0) return 0;
    return this.broker.constantField(info.holder, info)?.value ?? 0;
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
    mode: 'load' | 'store' | 'define',
    feedback: FeedbackSource,
    key: Node | undefined,
  ): Node | undefined {
    const { maps, isReliable: mapsAreKnown } = this.mapsOf(object, node.effect, feedback);
    const infos = this.accessInfos(maps, name, mode);
    if (infos === undefined || infos.length === 0) return undefined;
    for (const info of infos) if (!this.canBuild(info, mode, node)) return undefined;
    const isCalled = infos.length > 1 && infos.some(({ kind }) => kind === 'accessor');
    if (isCalled || infos.some((info) => this.growsProperties(info)))
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

  /** A known element of a known array that still shares its literal's elements: a write would give it others. */
  private literalElement(object: Node, index: Node, c: Chain): Node | undefined {
    const { broker, access } = this;
    const { heap } = broker;
    if (object.opcode !== 'HeapConstant' || index.opcode !== 'NumberConstant') return undefined;
    const array = object.parameterOf('HeapConstant');
    const at = index.parameterOf('NumberConstant');
    if (mapInstanceType(heap, heap.get(array, HeapObject.Map)) !== InstanceType.JSArray) return undefined;
    const elements = heap.get(array, JSObject.Elements);
    if (broker.mapOf(elements) !== StaticRoot.CowFixedArrayMap || !broker.canEmbed(elements)) return undefined;
    if (!Number.isInteger(at) || at < 0 || at >= heap.get(elements, FixedArray.Length) >> 1) return undefined;
    const value = heap.getElement(elements, FixedArray.Elements, at);
    if (value === StaticRoot.TheHole || ((value & 1) !== 0 && !broker.canEmbed(value))) return undefined;
    const actual = access.loadField(Fields.elements, object, c);
    const same = this.graph.newNode('ReferenceEqual', undefined, [actual, this.graph.heapConstant(elements)]);
    access.checkIf(same, DeoptimizeReason.CowArrayElementsChanged, c);
    return access.constant(value);
  }

  private reduceDefineInLiteral(node: Node, editor: Editor): Node | undefined {
    const { feedback, flags } = node.parameterOf('JSDefineKeyedOwnPropertyInLiteral');
    const name = this.broker.icName(feedback);
    if (flags !== 0 || name === 0) return undefined;
    return this.namedAccess(node, editor, node.value(0), node.value(2), name, 'define', feedback, node.value(1));
  }

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
    if (name !== 0) return this.namedAccess(node, editor, object, value, name, mode, feedback, index);
    const c: Chain = { effect: node.effect, control: node.control };
    const known = mode === 'load' ? this.literalElement(object, index, c) : undefined;
    if (known !== undefined) return this.finish(node, editor, known, c);
    const state = this.broker.icState(feedback);
    if (state !== 'monomorphic' && state !== 'polymorphic') return undefined;
    const result = this.elements.reduce(object, index, value, c, feedback);
    if (result !== undefined) return this.finish(node, editor, result, c);
    return this.guarded.guard(node, (at) => this.elements.guardBigInts(object, index, value, at, feedback));
  }
}

export const typeIs = (node: Node, type: Type): boolean => node.type !== undefined && is(node.type, type);
export type { JSObject };
