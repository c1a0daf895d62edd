// --trace-turbo: each compilation as a file that Turbolizer opens: the graph after every phase, the code, the sources.
//
// The files are named as V8 names them, turbo-FUNCTION-OPTIMIZATION.json, and lie where --trace-turbo-path says, or where the
// process runs. A function's name is the program's: nothing of it but letters, digits, `$`, `.` and `-` comes into a file's name.

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Flags, passesFilter } from '../base/index.ts';
import type { Tagged } from '../heap/index.ts';
import { addressText, JSFunction, Script, SharedFunctionInfo, StaticRoot, toHostString } from '../objects/index.ts';
import { type CompileResult, type Graph, turbolizerGraph } from '../turbofan/index.ts';
import { CodeView } from './code-view.ts';
import type { Isolate } from './isolate.ts';

interface SourceOfFunction {
  readonly sourceId: number;
  readonly functionName: string;
  readonly sourceName: string;
  readonly sourceText: string;
  readonly startPosition: number;
  readonly endPosition: number;
}

/** The trace of one compilation. */
export class TurbolizerTrace {
  readonly onPhase = (name: string, graph: Graph): void => {
    this.phases.push({ name, type: 'graph', data: turbolizerGraph(graph) });
  };
  private readonly phases: object[] = [];
  private readonly isolate: Isolate;
  private readonly shared: Tagged;
  private readonly file: string;

  /** undefined where no trace is asked for this function. */
  static begin(isolate: Isolate, flags: Flags | undefined, fn: Tagged, id: number): TurbolizerTrace | undefined {
    if (flags === undefined || !flags.bool('trace-turbo')) return undefined;
    const shared = isolate.heap.get(fn, JSFunction.SharedFunctionInfo);
    const name = nameOf(isolate, shared);
    if (!passesFilter(flags.string('trace-turbo-filter'), name)) return undefined;
    const part = name === '' ? addressText(shared) : name.replace(/[^\w$.-]/g, '_').slice(0, 100);
    const file = `${flags.string('trace-turbo-file-prefix').replace(/[^\w$.-]/g, '_')}-${part}-${id}.json`;
    isolate.host.write('stdout', `${line}Begin compiling method ${name} using TurboFan\n`);
    return new TurbolizerTrace(isolate, shared, resolve(flags.string('trace-turbo-path') || '.', file));
  }

  private constructor(isolate: Isolate, shared: Tagged, file: string) {
    this.isolate = isolate;
    this.shared = shared;
    this.file = file;
  }

  end(result: CompileResult): void {
    const { host, heap } = this.isolate;
    const sources: Record<number, SourceOfFunction> = { [-1]: this.source(this.shared, -1) };
    const inlinings: Record<number, object> = {};
    if ('code' in result) {
      const data = new CodeView(heap, result.code).listing.text.join('\n');
      this.phases.push({ name: 'disassembly', type: 'disassembly', data });
      result.info.inlinedFunctions.forEach((shared, i) => {
        sources[i] = this.source(shared, i);
      });
      result.info.inliningPositions.forEach(({ functionIndex, position, parentInliningId }, inliningId) => {
        const inliningPosition = { scriptOffset: position, inliningId: parentInliningId };
        inlinings[inliningId] = { inliningId, sourceId: functionIndex, inliningPosition };
      });
    }
    const trace = { function: sources[-1], phases: this.phases, nodePositions: {}, sources, inlinings };
    try {
      writeFileSync(this.file, JSON.stringify(trace));
    } catch (error) {
      host.write('stderr', `--trace-turbo: cannot write ${this.file}: ${(error as Error).message}\n`);
    }
    const outcome = 'code' in result ? 'Finished compiling method' : 'Aborted compiling method';
    host.write('stdout', `${line}${outcome} ${nameOf(this.isolate, this.shared)} using TurboFan\n`);
  }

  private source(shared: Tagged, sourceId: number): SourceOfFunction {
    const { heap, scripts } = this.isolate;
    const script = heap.get(shared, SharedFunctionInfo.Script);
    const startPosition = heap.getI32(shared, SharedFunctionInfo.StartPosition);
    const endPosition = heap.getI32(shared, SharedFunctionInfo.EndPosition);
    const name = script === StaticRoot.Undefined ? StaticRoot.Undefined : heap.get(script, Script.Name);
    return {
      sourceId,
      functionName: nameOf(this.isolate, shared),
      sourceName: name === StaticRoot.Undefined ? '' : toHostString(heap, name),
      sourceText: script === StaticRoot.Undefined ? '' : scripts.sourceOf(script).slice(startPosition, endPosition),
      startPosition,
      endPosition,
    };
  }
}

const line = '---------------------------------------------------\n';

const nameOf = ({ heap }: Isolate, shared: Tagged): string => {
  const name = heap.get(shared, SharedFunctionInfo.Name);
  return name === StaticRoot.Undefined || (name & 1) === 0 ? '' : toHostString(heap, name);
};
