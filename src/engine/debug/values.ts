// Values as a client shows and expands them. What runs code (getters) is lazy: it runs only when asked.

import { isSmi, smiValue, type Tagged } from '../heap/index.ts';
import {
  descriptorDetails,
  descriptorKey,
  detailsConstness,
  detailsRepresentation,
  elementsKindNames,
  type FieldRow,
  fieldLabel,
  fieldValue,
  findInternalized,
  HeapObject,
  heapTypeOfObject,
  InstanceType,
  instanceTypeOf,
  isDeprecatedMap,
  isDictionaryMap,
  isExtensibleMap,
  isStableMap,
  isString,
  MapObject,
  mapBackPointer,
  mapConstructor,
  mapDescriptors,
  mapElementsKind,
  mapInstanceSize,
  mapInstanceType,
  mapOwnDescriptors,
  mapPrototype,
  mapUnusedPropertyFields,
  orderedFind,
  orderedValueAt,
  ownPropertyNames,
  PropertyConstness,
  Representation,
  Root,
  restField,
  restLength,
  root,
  StaticRoot,
  transitionCount,
  transitionKey,
  transitionTarget,
} from '../objects/index.ts';
import { constructorName, type Runtime } from '../runtime/index.ts';
import { addressText } from './addresses.ts';
import type { Functions } from './functions.ts';
import { InternalSlots } from './internal-slots.ts';
import type { ObjectTable } from './object-table.ts';
import { describeMap, preview, typeName } from './preview.ts';
import {
  elementOf,
  findProperty,
  indexedCount,
  isFunction,
  isReceiver,
  keyText,
  type OwnPropertyView,
  ownProperty,
} from './properties.ts';
import type { Value, Variable } from './protocol.ts';
import type { References, VariableNode } from './references.ts';
import type { Sources } from './sources.ts';

/** Properties that one group shows. */
const namesInGroup = 1000;

/** Operations that need the rest of the debugger. */
export interface ValueActions {
  /** Runs a getter. */
  callGetter(getter: Tagged, receiver: Tagged): Tagged;
  /** What a `[Symbol.for('debug.description')]()` says; undefined when it throws or says no text. @neverCollects */
  describe(method: Tagged, receiver: Tagged): string | undefined;
  /** Evaluates an expression and stores it: `object[key] = value`. */
  setProperty(object: Tagged, key: string, text: string): Tagged;
}

export class Values {
  private readonly rt: Runtime;
  private readonly objects: ObjectTable;
  private readonly references: References;
  private readonly functions: Functions;
  private readonly sources: Sources;
  private readonly internals: InternalSlots;
  private readonly actions: ValueActions | undefined;

  /** @param actions undefined where nothing may run */
  constructor(
    rt: Runtime,
    objects: ObjectTable,
    references: References,
    functions: Functions,
    sources: Sources,
    actions: ValueActions | undefined,
  ) {
    this.rt = rt;
    this.objects = objects;
    this.references = references;
    this.functions = functions;
    this.sources = sources;
    this.actions = actions;
    this.internals = new InternalSlots(rt, objects, functions, sources, this);
  }

  /** A tagged word as a value. */
  value(word: Tagged): Value {
    const { heap } = this.rt;
    if (isSmi(word)) return { value: String(smiValue(word)), type: 'Smi', ref: 0 };
    if ((word & 2) !== 0) return this.weakValue(word);
    const node = this.nodeOf(word);
    return {
      value: this.described(word) ?? preview(this.rt, word),
      type: typeName(this.rt, word),
      ref: node === undefined ? 0 : this.references.add(node),
      indexedCount: node?.indexedCount !== undefined && node.indexedCount > 0 ? node.indexedCount : undefined,
      memory: word === StaticRoot.Undefined || heap.get(word, HeapObject.Map) === 0 ? undefined : addressText(word - 1),
    };
  }

  /** What an object says of itself, if it has a method for that. */
  private described(word: Tagged): string | undefined {
    const { heap, factory } = this.rt;
    const { actions } = this;
    if (actions === undefined || !isReceiver(heap, word)) return undefined;
    const name = findInternalized(heap, 'debug.description');
    const registry = root(heap, Root.SymbolRegistry);
    if (name === undefined || registry === StaticRoot.Undefined) return undefined;
    const entry = orderedFind(heap, factory, registry, name);
    if (entry < 0) return undefined;
    const method = findProperty(this.rt, word, orderedValueAt(heap, registry, entry))?.value;
    return method === undefined || !isFunction(heap, method) ? undefined : actions.describe(method, word);
  }

  private weakValue(word: Tagged): Value {
    if (word === 3) return { value: '<cleared>', type: 'weak', ref: 0 };
    const strong = this.value(word & ~2);
    return { ...strong, value: `weak ${strong.value}` };
  }

  variable(name: string, word: Tagged, more: Partial<Variable> = {}): Variable {
    const { heap } = this.rt;
    const declaration =
      isFunction(heap, word) && more.declaration === undefined
        ? this.sources.declarationOf(this.functions.sfiOf(word))
        : undefined;
    return { name, ...this.value(word), ...(declaration === undefined ? {} : { declaration }), ...more };
  }

  /** A line without children. */
  text(name: string, value: string, more: Partial<Variable> = {}): Variable {
    return { name, value, ref: 0, readOnly: true, ...more };
  }

  /** A line with children. */
  group(name: string, value: string, children: () => readonly Variable[], more: Partial<Variable> = {}): Variable {
    return { name, value, ref: this.references.add({ named: children }), readOnly: true, ...more };
  }

  // --- children ---------------------------------------------------------------------------------------------------------

  private nodeOf(word: Tagged): VariableNode | undefined {
    const { heap } = this.rt;
    const type = instanceTypeOf(heap, word);
    if (type >= InstanceType.FirstJSReceiver) return this.receiverNode(word);
    if (type < InstanceType.Map || isString(heap, word)) return undefined;
    if (type === InstanceType.Map) return this.mapNode(word);
    if (word < StaticRoot.Undefined) return undefined;
    return this.internalNode(word);
  }

  private receiverNode(word: Tagged): VariableNode {
    const key = this.objects.keep(word);
    const { heap, factory } = this.rt;
    const count = indexedCount(heap, word);
    return {
      indexedCount: count,
      indexed: (start, length) => {
        const object = this.objects.at(key);
        const result: Variable[] = [];
        for (let i = start; i < start + length; i++) {
          const element = elementOf(heap, factory, object, i);
          if (element === undefined) result.push(this.text(String(i), '(accessor)'));
          else if (element !== StaticRoot.TheHole) result.push(this.variable(String(i), element));
          else result.push(this.text(String(i), 'empty', { hint: 'virtual' }));
        }
        return result;
      },
      named: () => this.namedOf(this.objects.at(key)),
      set: (name, text) => {
        const { actions } = this;
        if (actions === undefined) throw new Error('Nothing can be changed now.');
        return this.value(actions.setProperty(this.objects.at(key), name, text));
      },
    };
  }

  private namedOf(object: Tagged): Variable[] {
    const { heap } = this.rt;
    const result: Variable[] = [];
    const names = this.namesOf(object);
    if (names.length > namesInGroup) result.push(...this.nameGroups(object, names));
    else for (const name of names) result.push(...this.property(object, ownProperty(this.rt, object, name)!));
    result.push(...this.internals.of(object));
    const map = heap.get(object, HeapObject.Map);
    result.push(this.variable('[[Prototype]]', mapPrototype(heap, map), { hint: 'internal', readOnly: true }));
    result.push(this.mapLine('[[Map]]', map));
    return result;
  }

  private namesOf(object: Tagged): Tagged[] {
    return instanceTypeOf(this.rt.heap, object) === InstanceType.JSProxy ? [] : ownPropertyNames(this.rt.heap, object);
  }

  /** More properties than anybody reads, in groups that are made when they are opened. */
  private nameGroups(object: Tagged, names: readonly Tagged[]): Variable[] {
    const key = this.objects.keep(object);
    return Array.from({ length: Math.ceil(names.length / namesInGroup) }, (_, g) => {
      const first = g * namesInGroup;
      const last = Math.min(first + namesInGroup, names.length) - 1;
      const children = (): Variable[] => {
        const at = this.objects.at(key);
        return this.namesOf(at)
          .slice(first, last + 1)
          .flatMap((name) => this.property(at, ownProperty(this.rt, at, name)!));
      };
      return this.group(`[${first} … ${last}]`, `${keyText(this.rt.heap, names[first]!)} …`, children);
    });
  }

  private property(object: Tagged, property: OwnPropertyView): Variable[] {
    const hint = property.enumerable ? undefined : 'internal';
    if (property.value !== undefined) {
      const isMethod = isFunction(this.rt.heap, property.value);
      return [this.variable(property.name, property.value, { hint: isMethod && hint === undefined ? 'method' : hint })];
    }
    const lines: Variable[] = [];
    if (property.getter !== undefined) {
      const receiver = this.objects.keep(object);
      const getter = this.objects.keep(property.getter);
      // Expanding the line runs the getter: a client shows the lazy value in its place.
      const ref = this.references.add({
        named: () => {
          const result =
            this.actions?.callGetter(this.objects.at(getter), this.objects.at(receiver)) ?? StaticRoot.Undefined;
          return [this.variable('', result)];
        },
      });
      lines.push({ name: property.name, value: '(...)', ref, hint: 'lazy' });
    } else lines.push(this.text(property.name, 'undefined'));
    if (property.getter !== undefined)
      lines.push(this.variable(`get ${property.name}`, property.getter, { hint: 'internal', readOnly: true }));
    if (property.setter !== undefined)
      lines.push(this.variable(`set ${property.name}`, property.setter, { hint: 'internal', readOnly: true }));
    return lines;
  }

  /** A hidden class: name, fields, where it came from and leads to. */
  mapLine(name: string, map: Tagged): Variable {
    return {
      name,
      value: describeMap(this.rt, map),
      type: 'Map',
      ref: this.references.add(this.mapNode(map)),
      memory: addressText(map - 1),
      hint: 'internal',
      readOnly: true,
    };
  }

  private mapNode(map: Tagged): VariableNode {
    const { heap } = this.rt;
    const key = this.objects.keep(map);
    return {
      named: () => {
        const m = this.objects.at(key);
        const lines = [
          this.text('address', addressText(m - 1), { memory: addressText(m - 1) }),
          this.text('instance type', InstanceType[mapInstanceType(heap, m)] ?? 'unknown'),
          this.text('instance size', `${mapInstanceSize(heap, m)} bytes`),
        ];
        if (mapInstanceType(heap, m) < InstanceType.FirstJSReceiver) return lines;
        lines.push(
          this.text('elements kind', elementsKindNames[mapElementsKind(heap, m)] ?? 'unknown'),
          this.text('unused property fields', String(mapUnusedPropertyFields(heap, m))),
          this.text(
            'state',
            [
              isDeprecatedMap(heap, m) ? 'deprecated' : '',
              isStableMap(heap, m) ? 'stable' : 'unstable',
              isDictionaryMap(heap, m) ? 'dictionary' : 'fast',
              isExtensibleMap(heap, m) ? '' : 'not extensible',
            ]
              .filter((s) => s !== '')
              .join(', '),
          ),
        );
        const count = isDictionaryMap(heap, m) ? 0 : mapOwnDescriptors(heap, m);
        lines.push(this.group('descriptors', `(${count})`, () => this.descriptors(this.objects.at(key))));
        lines.push(this.variable('prototype', mapPrototype(heap, m), { readOnly: true }));
        const constructor = mapConstructor(heap, m);
        if (!isSmi(constructor) && isReceiver(heap, constructor))
          lines.push(this.variable('constructor', constructor, { readOnly: true }));
        const back = mapBackPointer(heap, m);
        if (!isSmi(back) && back !== StaticRoot.Undefined && instanceTypeOf(heap, back) === InstanceType.Map)
          lines.push(this.mapLine('back pointer', back));
        const transitions = transitionCount(heap, m);
        if (transitions > 0)
          lines.push(this.group('transitions', `(${transitions})`, () => this.transitions(this.objects.at(key))));
        if (heap.get(m, MapObject.DependentCode) !== StaticRoot.EmptyFixedArray)
          lines.push(this.variable('dependent code', heap.get(m, MapObject.DependentCode), { readOnly: true }));
        return lines;
      },
    };
  }

  private descriptors(map: Tagged): Variable[] {
    const { heap } = this.rt;
    const descriptors = mapDescriptors(heap, map);
    return Array.from({ length: mapOwnDescriptors(heap, map) }, (_, i) => {
      const details = descriptorDetails(heap, descriptors, i);
      const constness = detailsConstness(details) === PropertyConstness.Const ? 'const' : 'mutable';
      return this.text(
        keyText(heap, descriptorKey(heap, descriptors, i)),
        `${Representation[detailsRepresentation(details)]}, ${constness}`,
      );
    });
  }

  private transitions(map: Tagged): Variable[] {
    const { heap } = this.rt;
    return Array.from({ length: transitionCount(heap, map) }, (_, i) =>
      this.mapLine(`+ ${keyText(heap, transitionKey(heap, map, i))}`, transitionTarget(heap, map, i)),
    );
  }

  /** Objects without properties, as the rows of their heap types say: fields by name, elements by index. */
  private internalNode(word: Tagged): VariableNode | undefined {
    const { heap } = this.rt;
    const type = heapTypeOfObject(heap, word);
    if (type === undefined) return undefined;
    const key = this.objects.keep(word);
    const { rest } = type;
    const named = (): Variable[] => {
      const object = this.objects.at(key);
      const fields = type.fields.filter(
        ({ name, kind }) => name !== 'Map' && name !== rest?.countField && kind !== 'padding',
      );
      return [
        ...fields.map((field) => this.field(object, field)),
        this.mapLine('[[Map]]', heap.get(object, HeapObject.Map)),
      ];
    };
    if (rest === undefined) return { named };
    return {
      named,
      indexedCount: restLength(heap, word, rest),
      indexed: (first, length) =>
        Array.from({ length }, (_, i) => this.field(this.objects.at(key), restField(rest, first + i))),
    };
  }

  private field(object: Tagged, field: FieldRow): Variable {
    const value = fieldValue(this.rt.heap, object, field);
    const name = fieldLabel(field.name);
    return 'word' in value ? this.variable(name, value.word, { readOnly: true }) : this.text(name, value.text);
  }

  /** `Point`, for exceptions and logs. */
  constructorNameOf(word: Tagged): string {
    return isReceiver(this.rt.heap, word) ? constructorName(this.rt, word) : typeName(this.rt, word);
  }
}
