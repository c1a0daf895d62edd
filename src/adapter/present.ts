// Engine values → protocol values. Pure; one function per kind of thing.

import path from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type {
  BailoutReport,
  BreakpointStatus,
  Completion,
  Frame,
  FrameTranslation,
  Instruction,
  Location,
  Scope,
  SourceRef,
  Stop,
  Value,
  Variable,
} from '../engine/debug/index.ts';

export const threadId = 1;

const mimeTypes: Readonly<Record<SourceRef['kind'], string>> = {
  script: 'text/javascript',
  bytecode: 'text/x-bailout-bytecode',
  code: 'text/x-bailout-x64',
};

export const mimeType = (kind: SourceRef['kind']): string => mimeTypes[kind];

export function source(ref: SourceRef): DebugProtocol.Source {
  if (ref.id === 0) return { name: ref.name, path: ref.path };
  return {
    name: ref.name,
    path: ref.name, // clients name the document, and guess its language, by it
    sourceReference: ref.id,
    origin: ref.kind === 'script' ? 'eval' : ref.kind === 'bytecode' ? 'Ignition bytecode' : 'TurboFan x64 code',
  };
}

/** `shapes.js:12:5`, as people and link detectors read it. */
export function place(location: Location): string {
  return `${location.source.path === undefined ? location.source.name : path.basename(location.source.path)}:${location.line}:${location.column}`;
}

export function stackFrame(frame: Frame, index: number): DebugProtocol.StackFrame {
  const { location } = frame;
  return {
    id: frame.id,
    name: frame.name,
    source: location && source(location.source),
    line: location?.line ?? 0,
    column: location?.column ?? 0,
    endLine: location?.endLine,
    endColumn: location?.endColumn,
    instructionPointerReference: frame.instructionPointer,
    canRestart: false,
    presentationHint: frame.kind === 'label' ? 'label' : frame.kind === 'inlined' && index > 0 ? 'subtle' : 'normal',
  };
}

/** A frame of the Deoptimizer without a place of its own shows where the frame below it is: without one, clients grey it out. */
export function stackFrames(frames: readonly Frame[], start: number): DebugProtocol.StackFrame[] {
  return frames.map((frame, i) => {
    if (frame.kind !== 'deoptimizer' && frame.kind !== 'output') return stackFrame(frame, start + i);
    const location = frame.location ?? frames.slice(i).find((other) => other.location !== undefined)?.location;
    return stackFrame({ ...frame, location }, start + i);
  });
}

export function scope(s: Scope): DebugProtocol.Scope {
  return {
    name: s.name,
    presentationHint: s.kind === 'locals' ? 'locals' : s.kind === 'registers' ? 'registers' : undefined,
    variablesReference: s.ref,
    namedVariables: s.namedCount,
    indexedVariables: s.indexedCount,
    expensive: s.expensive,
    source: s.location && source(s.location.source),
    line: s.location?.line,
    column: s.location?.column,
    endLine: s.location?.endLine,
    endColumn: s.location?.endColumn,
  };
}

/** The part that `variables`, `evaluate` and `setVariable` answers share. */
export function value(v: Value) {
  return {
    type: v.type,
    variablesReference: v.ref,
    namedVariables: v.namedCount,
    indexedVariables: v.indexedCount,
    memoryReference: v.memory,
  };
}

export function variable(v: Variable): DebugProtocol.Variable {
  const attributes = v.readOnly ? ['readOnly'] : undefined;
  const kind = v.hint === 'changed' ? 'data' : v.hint === 'lazy' ? 'property' : v.hint;
  const presentationHint: DebugProtocol.VariablePresentationHint | undefined =
    kind === undefined && attributes === undefined
      ? undefined
      : { kind, attributes, lazy: v.hint === 'lazy' || undefined };
  return { name: v.name, value: v.value, evaluateName: v.evaluateName, presentationHint, ...value(v) };
}

export function breakpoint(status: BreakpointStatus): DebugProtocol.Breakpoint {
  const { location } = status;
  return {
    id: status.id,
    verified: status.verified,
    message: status.message,
    reason: status.verified ? undefined : status.isWrong ? 'failed' : 'pending',
    source: location && source(location.source),
    line: location?.line,
    column: location?.column,
    endLine: location?.endLine,
    endColumn: location?.endColumn,
    instructionReference: status.address,
  };
}

export function instruction(i: Instruction): DebugProtocol.DisassembledInstruction {
  return {
    address: i.address,
    instructionBytes: i.bytes,
    instruction: i.text,
    symbol: i.symbol,
    location: i.location && source(i.location.source),
    line: i.location?.line,
    column: i.location?.column,
    endLine: i.location?.endLine,
    endColumn: i.location?.endColumn,
  };
}

/** Exactly `count` entries: the ones that do not exist are marked, at addresses that stay in order. */
export function disassembly(
  instructions: readonly Instruction[],
  missing: number,
  count: number,
  address: string,
): DebugProtocol.DisassembledInstruction[] {
  const found = instructions.slice(0, Math.max(0, count - missing)).map(instruction);
  const invalid = (at: bigint): DebugProtocol.DisassembledInstruction => ({
    address: hex(at < 0n ? 0n : at),
    instruction: '(no code)',
    presentationHint: 'invalid',
  });
  const first = found.length > 0 ? BigInt(found[0]!.address) : BigInt(address);
  const before = Math.min(missing, count);
  const result = Array.from({ length: before }, (_, i) => invalid(first - BigInt(before - i))).concat(found);
  let next = found.length > 0 ? BigInt(found.at(-1)!.address) + BigInt(byteCount(found.at(-1)!)) : first;
  while (result.length < count) result.push(invalid(next++));
  return result;
}

const byteCount = (i: DebugProtocol.DisassembledInstruction): number =>
  Math.max(1, (i.instructionBytes ?? '').split(' ').length);
const hex = (address: bigint): string => `0x${address.toString(16)}`;

export function completion(item: Completion, column: number): DebugProtocol.CompletionItem {
  const type =
    item.kind === 'variable' || item.kind === 'keyword' || item.kind === 'method' || item.kind === 'class'
      ? item.kind
      : 'property';
  return { label: item.label, type, start: column - 1 - item.replaces, length: item.replaces };
}

const stopReasons: Readonly<Record<Stop['reason'], string>> = {
  entry: 'entry',
  step: 'step',
  pause: 'pause',
  breakpoint: 'breakpoint',
  'function breakpoint': 'function breakpoint',
  'instruction breakpoint': 'instruction breakpoint',
  'debugger statement': 'breakpoint',
  exception: 'exception',
  bailout: 'bailout', // no exception, which clients paint red: nothing is wrong with the program
  deoptimizer: 'step',
};

export function stopped(stop: Stop): DebugProtocol.StoppedEvent['body'] {
  return {
    reason: stopReasons[stop.reason],
    description: stop.description,
    text: stop.text,
    threadId,
    allThreadsStopped: true,
    hitBreakpointIds: stop.hitBreakpoints.length > 0 ? [...stop.hitBreakpoints] : undefined,
  };
}

export function exceptionInfo(stop: Stop): DebugProtocol.ExceptionInfoResponse['body'] | undefined {
  if (stop.bailout !== undefined) {
    const { bailout } = stop;
    return {
      exceptionId: `Bailout: ${bailout.reason}`,
      description: bailout.explanation,
      breakMode: 'always',
      details: {
        typeName: `deopt-${bailout.kind}`,
        message: bailout.reason,
        stackTrace: bailout.inlined
          .map((level) => `    in ${level.function}${level.location ? ` (${place(level.location)})` : ''}`)
          .join('\n'),
      },
    };
  }
  if (stop.exception === undefined) return undefined;
  const { name, message, stack, uncaught } = stop.exception;
  return {
    exceptionId: name,
    description: message,
    breakMode: uncaught ? 'unhandled' : 'always',
    details: { typeName: name, message, stackTrace: stack },
  };
}

/** Every document that a picture names. */
export function sourcesOf({ frames, source, bytecode, code }: FrameTranslation): SourceRef[] {
  const quoted = [source, bytecode, ...code, ...frames.flatMap((frame) => [frame.source, frame.bytecode])];
  return quoted.flatMap((quote) => (quote?.place === undefined ? [] : [quote.place.source]));
}

/** One line of the Debug Console. */
export function bailoutLine(b: BailoutReport): string {
  const where =
    b.inlined.length > 1
      ? `, inlined into ${b.inlined
          .slice(1)
          .map((level) => level.function)
          .join(' ← ')}`
      : '';
  const time = b.microseconds === undefined ? '' : ` (${Math.round(b.microseconds)} µs)`;
  return `⚡ bailout ${b.number}: ${b.inlined[0]?.function ?? b.function}${where} — ${b.kind}, ${b.reason}, bytecode offset ${b.bytecodeOffset}${time}\n`;
}
