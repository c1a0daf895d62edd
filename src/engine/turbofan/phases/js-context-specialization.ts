// Contexts and globals: slots of known contexts, property cells, script contexts.

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import type { Tagged } from '../../heap/index.ts';
import {
  Context,
  detailsCellType,
  FixedArray,
  isReadOnly,
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
import { contextSlot, Fields, fixedArraySlot, propertyField } from '../broker/access-builder.ts';
import type { HeapBroker } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import type { Editor } from '../graph/graph-reducer.ts';
import type { Node } from '../graph/node.ts';
import type { FeedbackSource, ModuleAccess } from '../graph/parameters.ts';
import { bitset, Types } from '../graph/types.ts';
import { type Chain, PropertyAccessBuilder } from './property-access-builder.ts';

export abstract class JSContextSpecialization {
  protected readonly graph: Graph;
  protected readonly broker: HeapBroker;
  protected readonly access: PropertyAccessBuilder;

  /** Context of the closure being compiled, where only this closure uses the code; 0 otherwise. */
  private readonly specializationContext: Tagged;

  constructor(graph: Graph, broker: HeapBroker, specializationContext: Tagged = 0) {
    this.graph = graph;
    this.broker = broker;
    this.specializationContext = specializationContext;
    this.access = new PropertyAccessBuilder(graph, broker);
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

  protected finish(node: Node, editor: Editor, value: Node, c: Chain): Node {
    editor.replaceWithValue(node, value, c.effect, c.control);
    return value;
  }

  // --- contexts ---------------------------------------------------------------------------------------------------------

  protected reduceLoadContext(node: Node, editor: Editor): Node | undefined {
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

  protected reduceLoadModule(node: Node, editor: Editor): Node {
    const c: Chain = { effect: node.effect, control: node.control };
    const cell = this.moduleCell(node, node.parameterOf('JSLoadModule'), c);
    return this.finish(node, editor, this.access.loadField(Fields.cellValue, cell, c), c);
  }

  protected reduceStoreModule(node: Node, editor: Editor): Node {
    const c: Chain = { effect: node.effect, control: node.control };
    const cell = this.moduleCell(node, node.parameterOf('JSStoreModule'), c);
    this.access.storeField(Fields.cellValue, cell, node.value(0), c);
    editor.replaceWithValue(node, undefined, c.effect, c.control);
    return this.graph.dead;
  }

  /** The cell of a module's variable: a constant where the context is one, as modules do not change. */
  private moduleCell(node: Node, access: ModuleAccess, c: Chain): Node {
    let { context, depth } = this.outerContext(node.context, access.depth);
    for (; depth > 0; depth--) context = this.access.loadField(Fields.contextPrevious, context, c);
    const list = access.index > 0 ? 0 : 1;
    const at = Math.abs(access.index) - 1;
    if (context.opcode === 'HeapConstant') {
      const { heap } = this.broker;
      const module = heap.get(context.parameterOf('HeapConstant'), Context.Extension);
      const cell = heap.getElement(heap.getElement(module, FixedArray.Elements, list), FixedArray.Elements, at);
      if (this.broker.canEmbed(cell)) return this.graph.heapConstant(cell);
    }
    const module = this.access.loadField(Fields.contextExtension, context, c);
    const cells = this.access.loadField(fixedArraySlot(list), module, c);
    return this.access.loadField(fixedArraySlot(at), cells, c);
  }

  protected reduceStoreContext(node: Node, editor: Editor): Node | undefined {
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
  protected reduceLoadScriptContext(node: Node, editor: Editor): Node | undefined {
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

  protected reduceLoadGlobal(node: Node, editor: Editor): Node | undefined {
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

  protected reduceStoreGlobal(node: Node, editor: Editor): Node | undefined {
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
}
