// How to compute, from what is in registers, a value that optimized code computes later or in another form: selection places what has no
// effect where it is needed. A debugger follows the recipe (debug/code-recipes.ts); the code knows nothing of it.
//
// Invariant: nothing is read from the heap, so a recipe gives the same wherever its places hold their values.

import { isFloatingPoint } from '../graph/machine-type.ts';
import { machineTypeOf, type Node } from '../graph/node.ts';
import type { Location } from './instruction.ts';
import { constantOf } from './operands.ts';

/** Machine operators without an effect that a debugger computes itself. */
export const recipeOpcodes = [
  'Word32And',
  'Word32Or',
  'Word32Xor',
  'Word32Shl',
  'Word32Shr',
  'Word32Sar',
  'Word32Equal',
  'Int32LessThan',
  'Int32LessThanOrEqual',
  'Uint32LessThan',
  'Uint32LessThanOrEqual',
  'Int32Add',
  'Int32Sub',
  'Int32Mul',
  'Int32AddWithOverflow',
  'Int32SubWithOverflow',
  'Int32MulWithOverflow',
  'Float64Add',
  'Float64Sub',
  'Float64Mul',
  'Float64Div',
  'Float64Abs',
  'Float64Sqrt',
  'Float64RoundDown',
  'Float64RoundUp',
  'Float64RoundTruncate',
  'Float64Equal',
  'Float64LessThan',
  'Float64LessThanOrEqual',
  'ChangeInt32ToFloat64',
  'ChangeUint32ToFloat64',
  'ChangeFloat64ToInt32',
  'ChangeFloat64ToUint32',
  'TruncateFloat64ToWord32',
  'BitcastTaggedToWord32',
  'BitcastWord32ToTaggedSigned',
] as const;
export type RecipeOpcode = (typeof recipeOpcodes)[number];

export type Recipe =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'place'; readonly location: Location; readonly isDouble: boolean }
  | { readonly kind: 'operation'; readonly opcode: RecipeOpcode; readonly inputs: readonly Recipe[] };

/** @param placeOf where a node's value is, if it is anywhere */
export function recipeOf(node: Node, placeOf: (node: Node) => Location | undefined): Recipe | undefined {
  const known = new Map<Node, Recipe | undefined>();
  const make = (at: Node): Recipe | undefined => {
    // a phase took it out of the graph: nobody computes it
    if (at.inputs.length < at.op.valueIn) return undefined;
    const constant = constantOf(at);
    if (constant !== undefined)
      return constant.kind === 'int64' ? undefined : { kind: 'constant', value: constant.value };
    const location = placeOf(at);
    if (location !== undefined) return { kind: 'place', location, isDouble: isFloatingPoint(machineTypeOf(at).rep) };
    if (at.opcode === 'Projection')
      return at.parameterOf('Projection').index === 0 && /WithOverflow$/.test(at.value(0).opcode)
        ? recipe(at.value(0))
        : undefined;
    if (!isRecipeOpcode(at.opcode)) return undefined;
    const inputs: Recipe[] = [];
    for (let i = 0; i < at.op.valueIn; i++) {
      const input = recipe(at.value(i));
      if (input === undefined) return undefined;
      inputs.push(input);
    }
    return { kind: 'operation', opcode: at.opcode, inputs };
  };
  const recipe = (at: Node): Recipe | undefined => {
    if (!known.has(at)) {
      known.set(at, undefined);
      known.set(at, make(at));
    }
    return known.get(at);
  };
  return recipe(node);
}

const opcodes: ReadonlySet<string> = new Set(recipeOpcodes);
const isRecipeOpcode = (opcode: string): opcode is RecipeOpcode => opcodes.has(opcode);
