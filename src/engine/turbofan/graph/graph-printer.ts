// Text and Turbolizer dumps of a graph. The text dump survives broken graphs.

import type { Graph } from './graph.ts';
import { machineTypeName } from './machine-type.ts';
import type { Node } from './node.ts';
import { typeName } from './types.ts';

function parameterText(node: Node): string {
  const p = node.op?.parameter;
  if (p === undefined || p === null) return '';
  if (typeof p === 'number')
    return node.opcode === 'HeapConstant' ? `[0x${(p >>> 0).toString(16)}]` : `[${Object.is(p, -0) ? '-0' : p}]`;
  if (typeof p !== 'object') return `[${String(p)}]`;
  const parts: string[] = [];
  for (const [key, value] of Object.entries(p)) {
    if (value === undefined || key === 'feedback' || key === 'type' || key === 'barrier') continue;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) continue;
    parts.push(
      `${key}: ${Array.isArray(value) ? `[${value.map((v) => (typeof v === 'object' ? '…' : String(v))).join()}]` : String(value)}`,
    );
  }
  return parts.length ? `[${parts.join(', ')}]` : '';
}

/** One line: `#12:NumberAdd(#3, #4) [Range(0, 9)] Word32`. */
export function printNode(node: Node): string {
  const inputs = (node.inputs ?? []).map((n) => (n === undefined ? '?' : `#${n.id}:${n.opcode}`)).join(', ');
  const type = node.type === undefined ? '' : `  {${typeName(node.type)}}`;
  const machine = node.machineType === undefined ? '' : `  ${machineTypeName(node.machineType)}`;
  return `#${node.id}:${node.op?.opcode ?? '?'}${parameterText(node)}(${inputs})${type}${machine}`;
}

export function printGraph(graph: Graph): string {
  let nodes: Node[];
  try {
    nodes = graph.reachable();
  } catch (error) {
    return `<broken graph: ${(error as Error).message}>`;
  }
  return nodes.map(printNode).join('\n');
}

/** Turbolizer's graph JSON of one phase. */
export function turbolizerGraph(graph: Graph): { nodes: object[]; edges: object[] } {
  const nodes: object[] = [];
  const edges: object[] = [];
  for (const node of graph.reachable()) {
    nodes.push({
      id: node.id,
      label: `${node.opcode}${parameterText(node)}`,
      title: printNode(node),
      live: true,
      properties: '',
      sourcePosition: node.position >= 0 ? { scriptOffset: node.position, inliningId: node.inliningId } : undefined,
      origin: node.bytecodeOffset >= 0 ? { bytecodePosition: node.bytecodeOffset } : undefined,
      opcode: node.opcode,
      control: node.op.controlOut > 0,
      opinfo: `${node.op.valueIn} v ${node.op.effectIn} eff ${node.op.controlIn} ctrl in, ${node.op.valueOut} v ${node.op.effectOut} eff ${node.op.controlOut} ctrl out`,
      type: node.type === undefined ? undefined : typeName(node.type),
    });
    node.inputs.forEach((input, index) => {
      const type = node.isControlUse(index)
        ? 'control'
        : node.isEffectUse(index)
          ? 'effect'
          : index >= node.frameStateIndex
            ? 'frame-state'
            : index >= node.contextIndex
              ? 'context'
              : 'value';
      edges.push({ source: input.id, target: node.id, index, type });
    });
  }
  return { nodes, edges };
}
