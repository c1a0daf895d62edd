// What stands in the place of a call may throw where the call might have: its exceptions go to the call's handler.

import type { Graph } from '../graph/graph.ts';
import type { Editor } from '../graph/graph-reducer.ts';
import type { Node } from '../graph/node.ts';

/** The handler of a node's exceptions in this function. */
export function exceptionProjection(node: Node): Node | undefined {
  return node.uses.find(({ user, index }) => user.opcode === 'IfException' && user.isControlUse(index))?.user;
}

/** Each of `throwing` goes on where it succeeds, and else to what used `handler`, which is free then. */
export function wireExceptions(graph: Graph, throwing: readonly Node[], handler: Node, editor: Editor): void {
  if (throwing.length === 0) return;
  const projections: Node[] = [];
  for (const node of throwing) {
    const uses = node.uses.filter(({ user, index }) => user.isControlUse(index) && user.opcode !== 'Projection');
    const success = graph.newNode('IfSuccess', undefined, [node]);
    node.moveWeakUses(undefined, undefined, success);
    for (const { user, index } of uses) user.replaceInput(index, success);
    projections.push(graph.newNode('IfException', undefined, [node, node]));
  }
  joinExceptions(graph, projections, handler, editor);
}

/** What was thrown, wherever, goes to what used `handler`, which is free then. */
export function joinExceptions(graph: Graph, projections: readonly Node[], handler: Node, editor: Editor): void {
  let value = projections[0]!;
  let effect = projections[0]!;
  let control = projections[0]!;
  if (projections.length > 1) {
    control = graph.merge(projections);
    effect = graph.effectPhi(projections, control);
    value = graph.phi(projections, control);
  }
  handler.replaceUsesByKind(value, effect, control);
  for (const projection of projections) editor.revisit(projection);
}
