// One debug session: requests of the client → commands for the engine, events of the engine → events for the client. The
// routing table in the constructor is the whole surface, one line per request.

import path from 'node:path';
import { Event, InitializedEvent, Logger, LoggingDebugSession, logger, Response } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type {
  BailoutReport,
  EventName,
  Events,
  Granularity,
  GuardBreakpoint,
  LaunchArguments,
  ListingKind,
  SourceRef,
  StepKind,
  Stop,
} from '../engine/index.ts';
import { Breakpoints, offsetAddress } from './breakpoints.ts';
import { capabilities } from './capabilities.ts';
import { EngineClient } from './engine-client.ts';
import * as present from './present.ts';

/** Attributes of a launch configuration; package.json describes them to users. */
export interface LaunchConfiguration extends DebugProtocol.LaunchRequestArguments {
  readonly program?: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly v8Flags?: readonly string[];
  readonly stopOnEntry?: boolean;
  readonly stopOnBailout?: boolean;
  readonly logBailouts?: boolean;
  readonly allowFileAccess?: boolean;
  readonly trace?: boolean | string;
}

/** What the timeline shows; the body of `bailout/timeline` events and the answer to the request of that name. */
export type TimelineEntry =
  | {
      readonly kind: 'bailout';
      readonly at: number;
      readonly bailout: BailoutReport;
      readonly source?: DebugProtocol.Source;
      readonly codeSource?: DebugProtocol.Source;
    }
  | {
      readonly kind: 'tierUp';
      readonly at: number;
      readonly tierUp: Events['tierUp'];
      readonly source?: DebugProtocol.Source;
      readonly codeSource?: DebugProtocol.Source;
    }
  | { readonly kind: 'invalidated'; readonly at: number; readonly invalidated: Events['codeInvalidated'] };

// biome-ignore lint/suspicious/noExplicitAny: the table's rows have the request's own argument type
type Route = (args: any, request: DebugProtocol.Request) => object | undefined | Promise<object | undefined>;

const longestTimeline = 10_000;
const mostSingleOutputs = 50;

export class BailoutSession extends LoggingDebugSession {
  readonly #engineScript: URL;
  readonly #routes: Readonly<Record<string, Route>>;
  readonly #breakpoints = new Breakpoints();
  readonly #sources = new Map<number, SourceRef>();
  readonly #inFlight = new Set<number>();
  readonly #cancelled = new Set<number>();
  #engine: EngineClient | undefined;
  #configuration: LaunchConfiguration = {};
  #noDebug = false;
  #stop: Stop | undefined;
  #started = 0;
  #exited = false;
  #timeline: TimelineEntry[] = [];
  #outputs: Events['output'][] = [];
  #outputTimer: NodeJS.Immediate | undefined;
  /** Called after a `disconnect` was answered. */
  onDisconnected: (() => void) | undefined;

  constructor(engineScript: URL) {
    super();
    this.#engineScript = engineScript;
    this.setDebuggerLinesStartAt1(true);
    this.setDebuggerColumnsStartAt1(true);
    this.#routes = {
      initialize: () => capabilities,
      launch: (args) => this.#launch(args),
      configurationDone: () => this.#configurationDone(),
      restart: (args) => this.#restart(args),
      terminate: () => this.#terminate(),
      disconnect: () => this.#disconnect(),
      cancel: (args) => this.#cancel(args),

      setBreakpoints: (args) => this.#setBreakpoints(args),
      setFunctionBreakpoints: (args) => this.#setFunctionBreakpoints(args),
      setInstructionBreakpoints: (args) => this.#setInstructionBreakpoints(args),
      setExceptionBreakpoints: (args) => this.#setExceptionBreakpoints(args),
      breakpointLocations: (args) => this.#breakpointLocations(args),
      exceptionInfo: () => this.#exceptionInfo(),

      threads: () => ({
        threads: [
          {
            id: present.threadId,
            name: this.#configuration.program ? path.basename(this.#configuration.program) : 'main',
          },
        ],
      }),
      stackTrace: (args) => this.#stackTrace(args),
      scopes: (args) => this.#scopes(args),
      variables: (args) => this.#variables(args),
      setVariable: (args) => this.#setVariable(args),
      setExpression: (args) => this.#setExpression(args),
      evaluate: (args) => this.#evaluate(args),
      completions: (args) => this.#completions(args),
      source: (args) => this.#source(args),
      loadedSources: () => this.#loadedSources(),

      continue: () => this.#resume(),
      next: (args) => this.#step('over', args),
      stepIn: (args) => this.#step('in', args),
      stepOut: (args) => this.#step('out', args),
      pause: () => this.#pause(),

      disassemble: (args) => this.#disassemble(args),
      readMemory: (args) => this.#readMemory(args),
      writeMemory: (args) => this.#writeMemory(args),

      'bailout/listing': (args) => this.#listing(args),
      'bailout/timeline': () => ({ entries: this.#timeline }),
      'bailout/setGuardBreakpoints': (args) => this.#setGuardBreakpoints(args),
    };
  }

  // ── Plumbing ───────────────────────────────────────────────────────────────────────────────────────────────────────

  protected override dispatchRequest(request: DebugProtocol.Request): void {
    logger.verbose(`From client: ${request.command}(${JSON.stringify(request.arguments)})`);
    void this.#dispatch(request);
  }

  async #dispatch(request: DebugProtocol.Request): Promise<void> {
    const response: DebugProtocol.Response = new Response(request);
    const route = Object.hasOwn(this.#routes, request.command) ? this.#routes[request.command] : undefined;
    this.#inFlight.add(request.seq);
    try {
      if (route === undefined) throw new Error(`Bailout has no request '${request.command}'.`);
      const body = await route(request.arguments ?? {}, request);
      if (body !== undefined) response.body = body;
      if (this.#cancelled.has(request.seq)) throw new Error('cancelled');
    } catch (error) {
      response.success = false;
      response.message = error instanceof Error ? error.message : String(error);
      if (response.message !== 'cancelled') {
        response.body = {
          error: {
            id: 1,
            format: '{message}',
            variables: { message: response.message },
            showUser: request.command === 'launch',
          },
        };
      }
    }
    this.#inFlight.delete(request.seq);
    this.#cancelled.delete(request.seq);
    this.sendResponse(response);
    if (request.command === 'disconnect') this.onDisconnected?.();
  }

  /** Says that something could not be read, and lives on. */
  reportProblem(text: string): void {
    this.sendEvent(new Event('output', { category: 'important', output: `${text}\n` }));
  }

  async disposeEngine(): Promise<void> {
    await this.#engine?.terminate(200);
  }

  #need(): EngineClient {
    if (this.#engine === undefined) throw new Error('Nothing is running: the client has not sent launch yet.');
    return this.#engine;
  }

  #cancel({ requestId }: DebugProtocol.CancelArguments): undefined {
    if (requestId !== undefined && this.#inFlight.has(requestId)) this.#cancelled.add(requestId);
    return undefined;
  }

  // ── Beginning and end ──────────────────────────────────────────────────────────────────────────────────────────────

  async #launch(configuration: LaunchConfiguration): Promise<undefined> {
    this.#trace(configuration);
    this.#configuration = configuration;
    this.#noDebug = configuration.noDebug ?? false;
    await this.#startEngine();
    this.sendEvent(new InitializedEvent());
    return undefined;
  }

  #trace({ trace }: LaunchConfiguration): void {
    if (trace === undefined || trace === false) logger.setup(Logger.LogLevel.Stop);
    else if (typeof trace === 'string') logger.setup(Logger.LogLevel.Error, path.resolve(trace));
    else logger.setup(Logger.LogLevel.Verbose);
  }

  async #startEngine(): Promise<void> {
    const { program, args, cwd, v8Flags, stopOnEntry, allowFileAccess } = this.#configuration;
    if (typeof program !== 'string' || program === '')
      throw new Error("The launch configuration needs 'program': the path of a JavaScript file.");
    if (!isListOfStrings(args)) throw new Error("'args' in the launch configuration must be a list of strings.");
    if (!isListOfStrings(v8Flags))
      throw new Error('\'v8Flags\' in the launch configuration must be a list of strings, for example ["--no-opt"].');
    const file = path.resolve(cwd ?? '.', program);
    await this.#engine?.dispose();
    this.#stop = undefined;
    this.#exited = false;
    this.#timeline = [];
    this.#sources.clear();
    this.#started = Date.now();
    const engine = new EngineClient(this.#engineScript, (event, body) => {
      if (this.#engine === engine) this.#onEvent(event, body);
    });
    this.#engine = engine;
    const launch: LaunchArguments = {
      program: file,
      args: args ?? [],
      cwd: cwd ?? path.dirname(file),
      v8Flags: v8Flags ?? [],
      stopOnEntry: stopOnEntry ?? false,
      noDebug: this.#noDebug,
      permissions: { read: allowFileAccess ?? true },
    };
    try {
      await engine.send('launch', launch, 30_000);
    } catch (error) {
      await engine.dispose();
      throw error;
    }
  }

  async #configurationDone(): Promise<undefined> {
    const engine = this.#need();
    await this.#sendFilters();
    await engine.send('run', {});
    return undefined;
  }

  async #restart({ arguments: changed }: { arguments?: LaunchConfiguration }): Promise<undefined> {
    if (changed?.program !== undefined) this.#configuration = changed;
    await this.#startEngine();
    const engine = this.#need();
    const breakpoints = this.#breakpoints;
    for (const { source, breakpoints: lines } of breakpoints.lines.values()) {
      if (source.id === 0) this.#announce(await engine.send('setBreakpoints', { source, breakpoints: lines }));
    }
    this.#announce(await engine.send('setFunctionBreakpoints', { breakpoints: breakpoints.functions }));
    this.#announce(await engine.send('setGuardBreakpoints', { breakpoints: breakpoints.allGuards }));
    await this.#sendFilters();
    await engine.send('run', {});
    return undefined;
  }

  #announce(statuses: readonly Events['breakpoint'][]): void {
    for (const status of statuses) this.#onEvent('breakpoint', status);
  }

  async #terminate(): Promise<undefined> {
    await this.#engine?.terminate();
    this.#end(0);
    return undefined;
  }

  async #disconnect(): Promise<undefined> {
    await this.#engine?.terminate(200);
    return undefined;
  }

  #end(code: number | undefined): void {
    if (this.#exited) return;
    this.#exited = true;
    if (code !== undefined) this.sendEvent(new Event('exited', { exitCode: code }));
    this.sendEvent(new Event('terminated', {}));
  }

  // ── Breakpoints ────────────────────────────────────────────────────────────────────────────────────────────────────

  async #setBreakpoints(args: DebugProtocol.SetBreakpointsArguments): Promise<object> {
    const source = this.#sourceRef(args.source);
    const wanted = args.breakpoints ?? (args.lines ?? []).map((line) => ({ line }));
    const breakpoints = this.#breakpoints.setLines(source, wanted);
    const statuses = await this.#need().send('setBreakpoints', { source, breakpoints });
    return { breakpoints: statuses.map((status) => this.#seen(status)) };
  }

  async #setFunctionBreakpoints(args: DebugProtocol.SetFunctionBreakpointsArguments): Promise<object> {
    const ids = this.#breakpoints.setFunctions(args.breakpoints);
    const engine = this.#need();
    const functions = await engine.send('setFunctionBreakpoints', { breakpoints: this.#breakpoints.functions });
    const guards = await engine.send('setGuardBreakpoints', { breakpoints: this.#breakpoints.allGuards });
    const byId = new Map([...functions, ...guards].map((status) => [status.id, status]));
    return { breakpoints: ids.map((id) => present.breakpoint(byId.get(id) ?? { id, verified: false })) };
  }

  async #setGuardBreakpoints(args: { breakpoints: readonly Omit<GuardBreakpoint, 'id'>[] }): Promise<object> {
    const ids = this.#breakpoints.setGuards(args.breakpoints).map((b) => b.id);
    const statuses = await this.#need().send('setGuardBreakpoints', { breakpoints: this.#breakpoints.allGuards });
    return { breakpoints: statuses.filter((status) => ids.includes(status.id)).map(present.breakpoint) };
  }

  async #setInstructionBreakpoints(args: DebugProtocol.SetInstructionBreakpointsArguments): Promise<object> {
    const breakpoints = this.#breakpoints.setInstructions(args.breakpoints);
    const statuses = await this.#need().send('setInstructionBreakpoints', { breakpoints });
    return { breakpoints: statuses.map(present.breakpoint) };
  }

  async #setExceptionBreakpoints(args: DebugProtocol.SetExceptionBreakpointsArguments): Promise<object | undefined> {
    this.#breakpoints.setFilters({ filters: args.filters ?? [], filterOptions: args.filterOptions });
    await this.#sendFilters();
    return undefined;
  }

  async #sendFilters(): Promise<void> {
    const { filters } = this.#breakpoints;
    const all = this.#configuration.stopOnBailout === true;
    await this.#need().send('setExceptionFilters', {
      ...filters,
      eager: filters.eager || all,
      lazy: filters.lazy || all,
    });
  }

  async #breakpointLocations(args: DebugProtocol.BreakpointLocationsArguments): Promise<object> {
    const found = await this.#need().send('breakpointLocations', {
      source: this.#sourceRef(args.source),
      line: args.line,
      endLine: args.endLine ?? args.line,
    });
    return { breakpoints: found };
  }

  async #exceptionInfo(): Promise<object> {
    const info = this.#stop && present.exceptionInfo(this.#stop);
    if (info === undefined) throw new Error('The program did not stop at an exception or a bailout.');
    return info;
  }

  // ── Running ────────────────────────────────────────────────────────────────────────────────────────────────────────

  async #resume(): Promise<object> {
    this.#stop = undefined;
    await this.#need().send('resume', {});
    return { allThreadsContinued: true };
  }

  async #step(kind: StepKind, args: { granularity?: DebugProtocol.SteppingGranularity }): Promise<undefined> {
    const granularity: Granularity = args.granularity === 'instruction' ? 'instruction' : 'line';
    this.#stop = undefined;
    await this.#need().send('step', { kind, granularity });
    return undefined;
  }

  #pause(): undefined {
    this.#need().pause();
    return undefined;
  }

  // ── Looking ────────────────────────────────────────────────────────────────────────────────────────────────────────

  async #stackTrace(args: DebugProtocol.StackTraceArguments): Promise<object> {
    if (this.#stop === undefined) throw new Error('The program is running.');
    const start = args.startFrame ?? 0;
    const { frames, total } = await this.#need().send('stackTrace', { start, count: args.levels ?? 0 });
    for (const frame of frames) if (frame.location) this.#remember(frame.location.source);
    return { stackFrames: present.stackFrames(frames, start), totalFrames: total };
  }

  async #scopes({ frameId }: DebugProtocol.ScopesArguments): Promise<object> {
    return { scopes: (await this.#need().send('scopes', { frame: frameId })).map(present.scope) };
  }

  async #variables(args: DebugProtocol.VariablesArguments): Promise<object> {
    const found = await this.#need().send('variables', {
      ref: args.variablesReference,
      start: args.start ?? 0,
      count: args.count ?? 0,
      filter: args.filter,
    });
    return { variables: found.map(present.variable) };
  }

  async #setVariable(args: DebugProtocol.SetVariableArguments): Promise<object> {
    const set = await this.#need().send('setVariable', {
      ref: args.variablesReference,
      name: args.name,
      value: args.value,
    });
    return { value: set.value, ...present.value(set) };
  }

  async #setExpression(args: DebugProtocol.SetExpressionArguments): Promise<object> {
    const set = await this.#need().send('evaluate', {
      expression: `${args.expression} = (${args.value})`,
      frame: args.frameId ?? 0,
      context: 'repl',
    });
    return { value: set.value, ...present.value(set) };
  }

  async #evaluate(args: DebugProtocol.EvaluateArguments): Promise<object> {
    const context =
      args.context === 'repl' || args.context === 'hover' || args.context === 'clipboard' ? args.context : 'watch';
    const result = await this.#need().send('evaluate', {
      expression: args.expression,
      frame: args.frameId ?? 0,
      context,
    });
    return { result: result.value, ...present.value(result) };
  }

  async #completions(args: DebugProtocol.CompletionsArguments): Promise<object> {
    const text = args.text.split('\n').slice(0, args.line ?? 1);
    text[text.length - 1] = text.at(-1)!.slice(0, args.column - 1);
    const found = await this.#need().send('completions', { text: text.join('\n'), frame: args.frameId ?? 0 });
    return { targets: found.map((item) => present.completion(item, args.column)) };
  }

  async #source(args: DebugProtocol.SourceArguments): Promise<object> {
    const id = args.source?.sourceReference || args.sourceReference;
    if (!id) throw new Error('Expected a sourceReference: files on disk are read by the client.');
    const { text, kind } = await this.#need().send('source', { id });
    return { content: text, mimeType: present.mimeType(kind) };
  }

  async #loadedSources(): Promise<object> {
    const found = await this.#need().send('loadedSources', {});
    return { sources: found.map((ref) => present.source(this.#remember(ref))) };
  }

  async #disassemble(args: DebugProtocol.DisassembleArguments): Promise<object> {
    const count = Math.min(Math.max(0, args.instructionCount), 100_000);
    const address = offsetAddress(args.memoryReference, args.offset ?? 0);
    const { instructions, missing } = await this.#need().send('disassemble', {
      address,
      offset: 0,
      instructionOffset: args.instructionOffset ?? 0,
      count,
    });
    for (const i of instructions) if (i.location) this.#remember(i.location.source);
    return { instructions: present.disassembly(instructions, missing, count, address) };
  }

  async #readMemory(args: DebugProtocol.ReadMemoryArguments): Promise<object> {
    const { address, data } = await this.#need().send('readMemory', {
      address: args.memoryReference,
      offset: args.offset ?? 0,
      count: args.count,
    });
    return {
      address,
      data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
      unreadableBytes: args.count - data.byteLength,
    };
  }

  async #writeMemory(args: DebugProtocol.WriteMemoryArguments): Promise<object> {
    const data = new Uint8Array(Buffer.from(args.data, 'base64'));
    const { written } = await this.#need().send('writeMemory', {
      address: args.memoryReference,
      offset: args.offset ?? 0,
      data,
    });
    this.sendEvent(
      new Event('memory', { memoryReference: args.memoryReference, offset: args.offset ?? 0, count: written }),
    );
    this.sendEvent(new Event('invalidated', { areas: ['variables'] }));
    return { bytesWritten: written };
  }

  async #listing(args: { kind: ListingKind; frameId?: number; function?: string }): Promise<object> {
    const found = await this.#need().send('listing', { kind: args.kind, frame: args.frameId, function: args.function });
    if (found === undefined) return {};
    return { source: present.source(this.#remember(found.source)), line: found.line, column: found.column };
  }

  // ── Sources ────────────────────────────────────────────────────────────────────────────────────────────────────────

  #remember(ref: SourceRef): SourceRef {
    if (ref.id !== 0) this.#sources.set(ref.id, ref);
    return ref;
  }

  #sourceRef(s: DebugProtocol.Source): SourceRef {
    if (s.sourceReference) {
      return this.#sources.get(s.sourceReference) ?? { kind: 'script', id: s.sourceReference, name: s.name ?? '' };
    }
    if (s.path === undefined) throw new Error("Expected a source with a 'path' or a 'sourceReference'.");
    return { kind: 'script', id: 0, path: path.normalize(s.path), name: path.basename(s.path) };
  }

  #seen(status: Events['breakpoint']): DebugProtocol.Breakpoint {
    if (status.location) this.#remember(status.location.source);
    return present.breakpoint(status);
  }

  // ── Events ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  #onEvent<N extends EventName>(event: N, body: Events[N]): void {
    if (event !== 'output') this.#flushOutputs();
    (this.#events[event] as (body: Events[N]) => void)(body);
  }

  /** A few lines keep their places in the source; a flood is sent in large pieces, or clients choke on it. */
  #flushOutputs(): void {
    clearImmediate(this.#outputTimer);
    this.#outputTimer = undefined;
    const outputs = this.#outputs;
    if (outputs.length === 0) return;
    this.#outputs = [];
    if (outputs.length <= mostSingleOutputs) {
      for (const { category, text, location } of outputs) {
        const source = location && present.source(this.#remember(location.source));
        this.sendEvent(
          new Event('output', { category, output: text, source, line: location?.line, column: location?.column }),
        );
      }
      return;
    }
    for (let i = 0; i < outputs.length; ) {
      const { category } = outputs[i]!;
      let text = '';
      while (i < outputs.length && outputs[i]!.category === category) text += outputs[i++]!.text;
      this.sendEvent(new Event('output', { category, output: text }));
    }
  }

  readonly #events: { readonly [N in EventName]: (body: Events[N]) => void } = {
    ready: () => {},
    stopped: (stop) => {
      this.#stop = stop;
      this.sendEvent(new Event('stopped', present.stopped(stop)));
    },
    continued: () => {
      this.#stop = undefined;
      this.sendEvent(new Event('continued', { threadId: present.threadId, allThreadsContinued: true }));
    },
    output: (output) => {
      this.#outputs.push(output);
      this.#outputTimer ??= setImmediate(() => this.#flushOutputs());
    },
    bailout: (bailout) => {
      this.#addToTimeline({
        kind: 'bailout',
        at: this.#now(),
        bailout,
        ...this.#sourcesOf(bailout.location?.source, bailout.code?.source),
      });
      if (this.#configuration.logBailouts === false || this.#noDebug) return;
      this.#events.output({ category: 'console', text: present.bailoutLine(bailout), location: bailout.location });
    },
    tierUp: (tierUp) =>
      this.#addToTimeline({
        kind: 'tierUp',
        at: this.#now(),
        tierUp,
        ...this.#sourcesOf(tierUp.location?.source, tierUp.code),
      }),
    codeInvalidated: (invalidated) => this.#addToTimeline({ kind: 'invalidated', at: this.#now(), invalidated }),
    breakpoint: (status) =>
      this.sendEvent(new Event('breakpoint', { reason: 'changed', breakpoint: this.#seen(status) })),
    loadedSource: ({ source, reason }) => {
      this.sendEvent(new Event('loadedSource', { reason, source: present.source(this.#remember(source)) }));
    },
    exited: ({ code }) => {
      this.#end(code);
      void this.#engine?.dispose();
    },
    fatal: ({ message, stack }) => {
      if (this.#exited) return;
      this.reportProblem(`The engine failed: ${message}\n${stack}`);
      this.#end(1);
      void this.#engine?.dispose();
    },
  };

  #now(): number {
    return Date.now() - this.#started;
  }

  #sourcesOf(source: SourceRef | undefined, code: SourceRef | undefined) {
    return {
      source: source && present.source(this.#remember(source)),
      codeSource: code && present.source(this.#remember(code)),
    };
  }

  #addToTimeline(entry: TimelineEntry): void {
    if (this.#timeline.length >= longestTimeline) this.#timeline.shift();
    this.#timeline.push(entry);
    this.sendEvent(new Event('bailout/timeline', entry));
  }
}

const isListOfStrings = (list: unknown): boolean =>
  list === undefined || (Array.isArray(list) && list.every((item) => typeof item === 'string'));
