// Shapes of `lowering` parts that many operators share.

import type { Rep } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import type { RepresentationSelector } from '../phases/simplified-lowering.ts';
import type { UseInfo } from './use-info.ts';

type Lowering = (selector: RepresentationSelector, node: Node) => void;

/** One value input. */
export const unop =
  (use: UseInfo, rep: Rep): Lowering =>
  (selector, node) =>
    selector.unop(node, use, rep);

/** Two value inputs. */
export const binop =
  (left: UseInfo, right: UseInfo, rep: Rep): Lowering =>
  (selector, node) =>
    selector.binop(node, left, right, rep);

/** These value inputs, and a result. */
export const uses =
  (inputs: readonly UseInfo[], rep?: Rep): Lowering =>
  (selector, node) => {
    inputs.forEach((use, i) => {
      selector.input(node, i, use);
    });
    selector.rest(node, inputs.length);
    if (rep !== undefined) selector.output(node, rep);
  };

/** No inputs to convert. */
export const produces =
  (rep: Rep): Lowering =>
  (selector, node) =>
    selector.output(node, rep);
