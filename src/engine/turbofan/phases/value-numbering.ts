// Value numbering (V8: value-numbering-reducer.cc): pure nodes with the same operator and inputs become one.
//
// Operators that read through a tagged input (StringLength …) stay apart: what makes the read legal is a check on the
// effect chain, and one shared node could be scheduled above it.

import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { intersect, isNone } from '../graph/types.ts';

function key(node: Node): string {
  const p = node.op.parameter;
  let text: string = node.opcode;
  if (p !== undefined) text += typeof p === 'object' ? JSON.stringify(p) : String(p);
  if (node.machineType !== undefined) text += `:${node.machineType.rep}.${node.machineType.semantic}`;
  for (const input of node.inputs) text += `,${input.id}`;
  return text;
}

export function valueNumbering(graph: Graph): void {
  const seen = new Map<string, Node>();
  for (const node of graph.reachable()) {
    if (!node.op.row.pure || node.inputs.length === 0 || node.op.effectIn > 0 || node.op.row.apart) continue;
    const k = key(node);
    const same = seen.get(k);
    if (same === undefined) {
      seen.set(k, node);
      continue;
    }
    if (same.type !== undefined && node.type !== undefined) {
      const type = intersect(same.type, node.type);
      if (isNone(type) && !isNone(same.type)) continue;
      same.type = type;
    }
    node.replaceUses(same);
    node.kill();
  }
}
