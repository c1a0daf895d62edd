// One debug session: requests of the client → commands for the engine, events of the engine → events for the client. The
// routing table in the constructor is the whole surface, one line per request.

import { AsyncLocalStorage } from 'node:async_hooks';
import path from 'node:path';
import { DebugSession, Event, InitializedEvent, Response } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type {
  BailoutReport,
  CommandName,
  Commands,
  EventName,
  Events,
  LaunchArguments,
  SourceRef,
  StepKind,
  Stop,
} from '../engine/debug/index.ts';
import {
  bareLine,
  isRequestName,
  type LaunchConfiguration,
  type RequestArguments,
  type RequestName,
  requestArguments,
} from './arguments.ts';
import { Breakpoints, offsetAddress } from './breakpoints.ts';
import { capabilities } from './capabilities.ts';
import { EngineClient } from './engine-client.ts';
import { FrameTranslationStore } from './frame-translations.ts';
import * as present from './present.ts';
import { Timeline } from './timeline.ts';
import { Trace } from './trace.ts';

type Answer = object | undefined | Promise<object | undefined>;
type Routes = { readonly [N in RequestName]: (args: RequestArguments<N>) => Answer };

export interface SessionOptions {
  /** The engine thread's entry point. */
  readonly engine: URL;
  /** Whether the client may name a file that the adapter writes (`trace`): one that started this process may. */
  readonly mayNameFiles: boolean;
  /** Called after a `disconnect` was answered. */
  readonly disconnected?: () => void;
}

/** A request that is being worked on. */
interface Work {
  readonly seq: number;
  readonly cancel: AbortController;
}

const mostSingleOutputs = 50;
/** A longer text is sent in pieces. */
const longestOutput = 1024 * 1024;

export class BailoutSession extends DebugSession {
  readonly #options: SessionOptions;
  readonly #routes: Routes;
  readonly #breakpoints = new Breakpoints();
  readonly #sources = new Map<number, SourceRef>();
  readonly #inFlight = new Set<Work>();
  /** The request that the code which runs now works for. */
  readonly #work = new AsyncLocalStorage<Work>();
  readonly #trace = new Trace();
  #engine: EngineClient | undefined;
  #configuration: LaunchConfiguration = requestArguments.launch({}, '');
  /** Launches and restarts happen one after the other. */
  #starting: Promise<void> = Promise.resolve();
  #stop: Stop | undefined;
  #exited = false;
  readonly #timeline = new Timeline((entry) => this.sendEvent(new Event('bailout/timeline', entry)));
  #frameTranslations = new FrameTranslationStore();
  #outputs: Events['output'][] = [];
  #outputTimer: NodeJS.Immediate | undefined;

  constructor(options: SessionOptions) {
    super();
    this.#options = options;
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
      'bailout/timeline': () => ({ entries: this.#timeline.entries }),
      'bailout/frameTranslation': (args) => this.#frameTranslation(args),
      'bailout/machineView': (args) => this.#machineView(args),
      'bailout/heap': (args) => this.#heap(args),
      'bailout/setGuardBreakpoints': (args) => this.#setGuardBreakpoints(args),
    };
  }

  // ── Plumbing ───────────────────────────────────────────────────────────────────────────────────────────────────────

  protected override dispatchRequest(request: DebugProtocol.Request): void {
    this.#trace.message('From client', request.command, request.arguments);
    void this.#dispatch(request);
  }

  async #dispatch(request: DebugProtocol.Request): Promise<void> {
    const response: DebugProtocol.Response = new Response(request);
    const work: Work = { seq: request.seq, cancel: new AbortController() };
    this.#inFlight.add(work);
    try {
      const body = await this.#work.run(work, () => this.#route(request.command, request.arguments ?? {}));
      if (work.cancel.signal.aborted) throw new Error('cancelled');
      if (body !== undefined) response.body = body;
    } catch (error) {
      fail(response, work.cancel.signal.aborted ? 'cancelled' : error instanceof Error ? error.message : String(error));
    }
    this.#inFlight.delete(work);
    this.#respond(response);
    if (request.command === 'disconnect') this.#options.disconnected?.();
  }

  async #route(command: string, args: unknown): Promise<object | undefined> {
    if (!isRequestName(command)) throw new Error(`Bailout has no request '${command.slice(0, 100)}'.`);
    const route = this.#routes[command] as (args: object) => Answer;
    return route(requestArguments[command](args, ''));
  }

  #respond(response: DebugProtocol.Response): void {
    try {
      this.sendResponse(response);
    } catch {
      // Its JSON is longer than a string can be.
      const short: DebugProtocol.Response = { ...response, seq: 0, body: undefined };
      fail(short, 'The answer is too long to be sent.');
      this.sendResponse(short);
    }
    this.#trace.message('To client', `response to ${response.command}`, response.body);
  }

  override sendEvent(event: DebugProtocol.Event): void {
    super.sendEvent(event);
    // Not of its own lines.
    if (event.event !== 'output') this.#trace.message('To client', `event ${event.event}`, event.body);
  }

  /** Says that something could not be read, and lives on. */
  reportProblem(text: string): void {
    this.sendEvent(new Event('output', { category: 'important', output: `${text}\n` }));
  }

  async disposeEngine(): Promise<void> {
    await this.#engine?.terminate(200);
    this.#trace.close();
  }

  #need(): EngineClient {
    if (this.#engine === undefined) throw new Error('Nothing is running: the client has not sent launch yet.');
    return this.#engine;
  }

  /** A command of the request that is worked on: cancelled with it. */
  #send<N extends CommandName>(command: N, args: Commands[N]['args'], limit?: number): Promise<Commands[N]['result']> {
    return this.#need().send(command, args, { limit, signal: this.#work.getStore()?.cancel.signal });
  }

  #cancel({ requestId }: RequestArguments<'cancel'>): undefined {
    for (const work of this.#inFlight) if (work.seq === requestId) work.cancel.abort();
    return undefined;
  }

  // ── Beginning and end ──────────────────────────────────────────────────────────────────────────────────────────────

  async #launch(configuration: LaunchConfiguration): Promise<undefined> {
    if (this.#engine?.ended === false)
      throw new Error('A program is launched already: expected restart or disconnect.');
    this.#setTrace(configuration);
    this.#configuration = configuration;
    await this.#startEngine();
    this.sendEvent(new InitializedEvent());
    return undefined;
  }

  #setTrace({ trace }: LaunchConfiguration): void {
    if (typeof trace === 'string') {
      if (!this.#options.mayNameFiles)
        throw new Error(
          "'trace' names a file: over a port it can only be true, and the trace goes to the Debug Console.",
        );
      this.#trace.toFile(path.resolve(trace));
    } else if (trace)
      this.#trace.toClient((output) => this.sendEvent(new Event('output', { category: 'console', output })));
    else this.#trace.close();
  }

  #startEngine(): Promise<void> {
    const started = this.#starting.then(() => this.#startEngineNow());
    this.#starting = started.catch(() => {});
    return started;
  }

  async #startEngineNow(): Promise<void> {
    const { program, args, cwd, v8Flags, keepLocals, stopOnEntry, noDebug, allowFileAccess, allowFileWrite, env } =
      this.#configuration;
    if (program === undefined || program === '')
      throw new Error("The launch configuration needs 'program': the path of a JavaScript or TypeScript file.");
    const file = path.resolve(cwd ?? '.', program);
    await this.#engine?.dispose();
    this.#stop = undefined;
    this.#exited = false;
    this.#frameTranslations = new FrameTranslationStore();
    this.#sources.clear();
    this.#timeline.start();
    const engine = new EngineClient(this.#options.engine, (event, body) => {
      if (this.#engine === engine) this.#onEvent(event, body);
    });
    this.#engine = engine;
    const launch: LaunchArguments = {
      program: file,
      args,
      cwd: cwd ?? path.dirname(file),
      v8Flags: keepLocals ? [...v8Flags, '--no-analyze-environment-liveness'] : v8Flags,
      stopOnEntry,
      noDebug,
      permissions: {
        read: allowFileAccess,
        write: allowFileAccess ? allowFileWrite.map((folder) => path.resolve(cwd ?? path.dirname(file), folder)) : [],
      },
      env,
    };
    try {
      await engine.send('launch', launch, { limit: 30_000, signal: this.#work.getStore()?.cancel.signal });
    } catch (error) {
      await engine.dispose();
      throw error;
    }
  }

  async #configurationDone(): Promise<undefined> {
    await this.#sendFilters();
    await this.#send('run', {});
    return undefined;
  }

  async #restart({ arguments: changed }: RequestArguments<'restart'>): Promise<undefined> {
    if (changed?.program !== undefined) this.#configuration = changed;
    await this.#startEngine();
    const breakpoints = this.#breakpoints;
    for (const { source, breakpoints: lines } of breakpoints.lines.values()) {
      if (source.id === 0) this.#announce(await this.#send('setBreakpoints', { source, breakpoints: lines }));
    }
    this.#announce(await this.#send('setFunctionBreakpoints', { breakpoints: breakpoints.functions }));
    this.#announce(await this.#send('setGuardBreakpoints', { breakpoints: breakpoints.allGuards }));
    this.#announce(await this.#send('setEventBreakpoints', { breakpoints: breakpoints.events }));
    await this.#sendFilters();
    await this.#send('run', {});
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
    if (this.#configuration.sendFrameTranslations)
      for (const translations of this.#frameTranslations.inMessages())
        this.sendEvent(new Event('bailout/frameTranslations', { translations }));
    if (code !== undefined) this.sendEvent(new Event('exited', { exitCode: code }));
    this.sendEvent(new Event('terminated', {}));
  }

  // ── Breakpoints ────────────────────────────────────────────────────────────────────────────────────────────────────

  async #setBreakpoints(args: RequestArguments<'setBreakpoints'>): Promise<object> {
    const source = this.#sourceRef(args.source);
    const wanted = args.breakpoints ?? args.lines.map(bareLine);
    const breakpoints = this.#breakpoints.setLines(source, wanted);
    const statuses = await this.#send('setBreakpoints', { source, breakpoints });
    return { breakpoints: statuses.map((status) => this.#seen(status)) };
  }

  async #setFunctionBreakpoints(args: RequestArguments<'setFunctionBreakpoints'>): Promise<object> {
    const ids = this.#breakpoints.setFunctions(args.breakpoints);
    const functions = await this.#send('setFunctionBreakpoints', { breakpoints: this.#breakpoints.functions });
    const guards = await this.#send('setGuardBreakpoints', { breakpoints: this.#breakpoints.allGuards });
    const events = await this.#send('setEventBreakpoints', { breakpoints: this.#breakpoints.events });
    const statuses = [...functions, ...guards, ...events, ...this.#breakpoints.refused];
    const byId = new Map(statuses.map((status) => [status.id, status]));
    return { breakpoints: ids.map((id) => present.breakpoint(byId.get(id) ?? { id, verified: false })) };
  }

  async #setGuardBreakpoints(args: RequestArguments<'bailout/setGuardBreakpoints'>): Promise<object> {
    const ids = this.#breakpoints.setGuards(args.breakpoints).map((b) => b.id);
    const statuses = await this.#send('setGuardBreakpoints', { breakpoints: this.#breakpoints.allGuards });
    return { breakpoints: statuses.filter((status) => ids.includes(status.id)).map(present.breakpoint) };
  }

  async #setInstructionBreakpoints(args: RequestArguments<'setInstructionBreakpoints'>): Promise<object> {
    const breakpoints = this.#breakpoints.setInstructions(args.breakpoints);
    const statuses = await this.#send('setInstructionBreakpoints', { breakpoints });
    return { breakpoints: statuses.map(present.breakpoint) };
  }

  async #setExceptionBreakpoints(args: RequestArguments<'setExceptionBreakpoints'>): Promise<object | undefined> {
    this.#breakpoints.setFilters(args);
    await this.#sendFilters();
    return undefined;
  }

  async #sendFilters(): Promise<void> {
    const { filters } = this.#breakpoints;
    const all = this.#configuration.stopOnBailout;
    await this.#send('setExceptionFilters', {
      ...filters,
      eager: filters.eager || all,
      lazy: filters.lazy || all,
    });
  }

  async #breakpointLocations(args: RequestArguments<'breakpointLocations'>): Promise<object> {
    const found = await this.#send('breakpointLocations', {
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
    this.#goesOn();
    await this.#send('resume', {});
    return { allThreadsContinued: true };
  }

  async #step(kind: StepKind, args: RequestArguments<'next'>): Promise<undefined> {
    const granularity = args.granularity === 'instruction' ? 'instruction' : 'line';
    this.#goesOn();
    await this.#send('step', { kind, granularity });
    return undefined;
  }

  #pause(): undefined {
    this.#need().pause();
    return undefined;
  }

  // ── Looking ────────────────────────────────────────────────────────────────────────────────────────────────────────

  async #stackTrace(args: RequestArguments<'stackTrace'>): Promise<object> {
    if (this.#stop === undefined) throw new Error('The program is running.');
    const start = args.startFrame;
    const { frames, total } = await this.#send('stackTrace', { start, count: args.levels });
    for (const frame of frames) if (frame.location) this.#remember(frame.location.source);
    return { stackFrames: present.stackFrames(frames, start), totalFrames: total };
  }

  async #scopes({ frameId }: RequestArguments<'scopes'>): Promise<object> {
    return { scopes: (await this.#send('scopes', { frame: frameId })).map(present.scope) };
  }

  async #variables(args: RequestArguments<'variables'>): Promise<object> {
    const found = await this.#send('variables', {
      ref: args.variablesReference,
      start: args.start,
      count: args.count,
      filter: args.filter,
    });
    return { variables: found.map(present.variable) };
  }

  async #setVariable(args: RequestArguments<'setVariable'>): Promise<object> {
    const set = await this.#send('setVariable', {
      ref: args.variablesReference,
      name: args.name,
      value: args.value,
    });
    return { value: set.value, ...present.value(set) };
  }

  async #setExpression(args: RequestArguments<'setExpression'>): Promise<object> {
    const set = await this.#send('evaluate', {
      expression: `${args.expression} = (${args.value})`,
      frame: args.frameId,
      context: 'repl',
    });
    return { value: set.value, ...present.value(set) };
  }

  async #evaluate(args: RequestArguments<'evaluate'>): Promise<object> {
    const context =
      args.context === 'repl' || args.context === 'hover' || args.context === 'clipboard' ? args.context : 'watch';
    const { expression, frameId: frame } = args;
    // What the console is asked may take its time: the engine has a limit of its own.
    const limit = context === 'repl' ? 70_000 : undefined;
    const result = await this.#send('evaluate', { expression, frame, context }, limit);
    return { result: result.value, ...present.value(result) };
  }

  async #completions(args: RequestArguments<'completions'>): Promise<object> {
    const text = args.text.split('\n').slice(0, args.line);
    text[text.length - 1] = text.at(-1)!.slice(0, args.column - 1);
    const found = await this.#send('completions', { text: text.join('\n'), frame: args.frameId });
    return { targets: found.map((item) => present.completion(item, args.column)) };
  }

  async #source(args: RequestArguments<'source'>): Promise<object> {
    const id = args.source?.sourceReference || args.sourceReference;
    if (!id) throw new Error('Expected a sourceReference: files on disk are read by the client.');
    const { text, kind } = await this.#send('source', { id });
    return { content: text, mimeType: present.mimeType(kind) };
  }

  async #loadedSources(): Promise<object> {
    const found = await this.#send('loadedSources', {});
    return { sources: found.map((ref) => present.source(this.#remember(ref))) };
  }

  async #disassemble(args: RequestArguments<'disassemble'>): Promise<object> {
    const count = args.instructionCount;
    const address = offsetAddress(args.memoryReference, args.offset);
    const { instructions, missing } = await this.#send('disassemble', {
      address,
      offset: 0,
      instructionOffset: args.instructionOffset,
      count,
    });
    for (const i of instructions) if (i.location) this.#remember(i.location.source);
    return { instructions: present.disassembly(instructions, missing, count, address) };
  }

  async #readMemory(args: RequestArguments<'readMemory'>): Promise<object> {
    const { address, data } = await this.#send('readMemory', {
      address: args.memoryReference,
      offset: args.offset,
      count: args.count,
    });
    return {
      address,
      data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
      unreadableBytes: args.count - data.byteLength,
    };
  }

  async #writeMemory(args: RequestArguments<'writeMemory'>): Promise<object> {
    const { written } = await this.#send('writeMemory', {
      address: args.memoryReference,
      offset: args.offset,
      data: args.data,
    });
    this.sendEvent(new Event('memory', { memoryReference: args.memoryReference, offset: args.offset, count: written }));
    this.sendEvent(new Event('invalidated', { areas: ['variables'] }));
    return { bytesWritten: written };
  }

  async #listing(args: RequestArguments<'bailout/listing'>): Promise<object> {
    const found = await this.#send('listing', { kind: args.kind, frame: args.frameId, function: args.function });
    if (found === undefined) return {};
    return { source: present.source(this.#remember(found.source)), line: found.line, column: found.column };
  }

  async #frameTranslation({ bailout }: RequestArguments<'bailout/frameTranslation'>): Promise<object> {
    const translation =
      bailout === undefined
        ? this.#stop && (await this.#send('frameTranslation', {}))
        : this.#frameTranslations.get(bailout);
    if (translation !== undefined) for (const source of present.sourcesOf(translation)) this.#remember(source);
    return { translation };
  }

  async #machineView({ frameId }: RequestArguments<'bailout/machineView'>): Promise<object> {
    const view = this.#stop && (await this.#send('machineView', { frame: frameId }));
    for (const { sections } of view?.columns ?? []) for (const { document } of sections) this.#remember(document);
    return { view };
  }

  async #heap({ frameId, ...wanted }: RequestArguments<'bailout/heap'>): Promise<object> {
    if (!this.#stop) throw new Error('The heap can be looked at while the program is stopped.');
    return { heap: await this.#send('heap', { ...wanted, frame: frameId }) };
  }

  // ── Sources ────────────────────────────────────────────────────────────────────────────────────────────────────────

  #remember(ref: SourceRef): SourceRef {
    if (ref.id !== 0) this.#sources.set(ref.id, ref);
    return ref;
  }

  #sourceRef(s: RequestArguments<'breakpointLocations'>['source']): SourceRef {
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
        if (text.length > longestOutput) {
          this.#sendLong(category, text);
          continue;
        }
        const source = location && present.source(this.#remember(location.source));
        this.sendEvent(
          new Event('output', { category, output: text, source, line: location?.line, column: location?.column }),
        );
      }
      return;
    }
    for (let i = 0; i < outputs.length; ) {
      const { category } = outputs[i]!;
      const texts: string[] = [];
      for (let length = 0; i < outputs.length && outputs[i]!.category === category && length < longestOutput; i++) {
        texts.push(outputs[i]!.text);
        length += outputs[i]!.text.length;
      }
      for (const piece of texts.some((text) => text.length > longestOutput) ? texts : [texts.join('')])
        this.#sendLong(category, piece);
    }
  }

  #sendLong(category: Events['output']['category'], text: string): void {
    for (let i = 0; i < text.length; i += longestOutput)
      this.sendEvent(new Event('output', { category, output: text.slice(i, i + longestOutput) }));
  }

  readonly #events: { readonly [N in EventName]: (body: Events[N]) => void } = {
    ready: () => {},
    stopped: (stop) => {
      this.#stop = stop;
      this.#timeline.stopped();
      if (stop.bailout !== undefined) this.#bailoutEntry(stop.bailout, true);
      this.sendEvent(new Event('stopped', present.stopped(stop)));
    },
    continued: () => {
      this.#goesOn();
      this.sendEvent(new Event('continued', { threadId: present.threadId, allThreadsContinued: true }));
    },
    output: (output) => {
      this.#outputs.push(output);
      this.#outputTimer ??= setImmediate(() => this.#flushOutputs());
    },
    bailout: (bailout) => {
      this.#bailoutEntry(bailout);
      if (!this.#configuration.logBailouts || this.#configuration.noDebug) return;
      this.#events.output({ category: 'console', text: present.bailoutLine(bailout), location: bailout.location });
    },
    frameTranslation: ({ number, json }) => this.#frameTranslations.add(number, json),
    tierUp: (tierUp) =>
      this.#timeline.add({
        kind: 'tierUp',
        at: this.#timeline.now,
        tierUp,
        ...this.#sourcesOf(tierUp.location?.source, tierUp.code),
      }),
    codeInvalidated: (invalidated) => this.#timeline.add({ kind: 'invalidated', at: this.#timeline.now, invalidated }),
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

  #goesOn(): void {
    this.#stop = undefined;
    this.#timeline.goesOn();
  }

  #bailoutEntry(bailout: BailoutReport, isNow?: true): void {
    const sources = this.#sourcesOf(bailout.location?.source, bailout.code?.source);
    this.#timeline.add({ kind: 'bailout', at: this.#timeline.now, bailout, isNow, ...sources });
  }

  #sourcesOf(source: SourceRef | undefined, code: SourceRef | undefined) {
    return {
      source: source && present.source(this.#remember(source)),
      codeSource: code && present.source(this.#remember(code)),
    };
  }
}

function fail(response: DebugProtocol.Response, message: string): void {
  response.success = false;
  response.message = message;
  if (message === 'cancelled') return;
  const showUser = response.command === 'launch';
  response.body = { error: { id: 1, format: '{message}', variables: { message }, showUser } };
}
