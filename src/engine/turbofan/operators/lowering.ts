// Shapes of `lowering` parts that many operators share. Each tells what it takes (row.ts).

import { Rep } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import type { RepresentationSelector } from '../phases/simplified-lowering.ts';
import type { Lowering } from './row.ts';
import type { UseInfo } from './use-info.ts';

const LETTERS: Partial<Record<Rep, string>> = {
  [Rep.Bit]: 'b',
  [Rep.Word32]: 'w',
  [Rep.Word64]: 'q',
  [Rep.Float64]: 'd',
  [Rep.TaggedSigned]: 's',
  [Rep.TaggedPointer]: 'p',
  [Rep.Tagged]: 't',
};

const shape = (
  inputs: readonly UseInfo[],
  run: (selector: RepresentationSelector, node: Node) => void,
): Lowering<unknown> => Object.assign(run, { takes: inputs.map(({ rep }) => LETTERS[rep] ?? '?').join('') });

/** One value input. */
export const unop = (use: UseInfo, rep: Rep): Lowering<unknown> =>
  shape([use], (selector, node) => selector.unop(node, use, rep));

/** Two value inputs. */
export const binop = (left: UseInfo, right: UseInfo, rep: Rep): Lowering<unknown> =>
  shape([left, right], (selector, node) => selector.binop(node, left, right, rep));

/** These value inputs, and a result. */
export const uses = (inputs: readonly UseInfo[], rep?: Rep): Lowering<unknown> =>
  shape(inputs, (selector, node) => {
    inputs.forEach((use, i) => {
      selector.input(node, i, use);
    });
    selector.rest(node, inputs.length);
    if (rep !== undefined) selector.output(node, rep);
  });

/** No inputs to convert. */
export const produces = (rep: Rep): Lowering<unknown> => shape([], (selector, node) => selector.output(node, rep));
