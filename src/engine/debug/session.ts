// Everything about one launched program: the isolate, its shell, and the debugger's parts, wired.

import { Interrupt } from '../heap/index.ts';
import type { Isolate } from '../isolate/index.ts';
import { CodeViews } from '../isolate/index.ts';
import type { NodeShell } from '../node/index.ts';
import { Bindings } from './bindings.ts';
import { Breakpoints } from './breakpoints.ts';
import { CodePlaces } from './code-places.ts';
import { CodeTables } from './code-tables.ts';
import { Collections } from './collections.ts';
import { CurrentStop } from './current-stop.ts';
import { Disassembler } from './disassembler.ts';
import { Enclosing } from './enclosing.ts';
import { Evaluator, type LimitRun } from './evaluate.ts';
import { EventBreakpoints } from './event-breakpoints.ts';
import { FeedbackView } from './feedback-view.ts';
import { FrameNames } from './frame-names.ts';
import { FrameStateView } from './frame-state-view.ts';
import { FrameTranslations } from './frame-translations.ts';
import { Functions } from './functions.ts';
import { GuardView } from './guard-view.ts';
import { Guards } from './guards.ts';
import { HeapView } from './heap-view.ts';
import { isolateTarget } from './isolate-target.ts';
import { Listings } from './listings.ts';
import { MaterializationTexts } from './materialization-texts.ts';
import { Materialized } from './materialized.ts';
import { codeTableRoot, ObjectTable } from './object-table.ts';
import { References } from './references.ts';
import { RegisterScopes } from './registers.ts';
import { SideEffects } from './side-effects.ts';
import { Sources } from './sources.ts';
import { Stack } from './stack.ts';
import type { DebugTarget } from './target.ts';
import { TierUpSites } from './tier-up-sites.ts';
import { type ValueActions, Values } from './values.ts';

export class Session {
  readonly isolate: Isolate;
  readonly shell: NodeShell;
  readonly target: DebugTarget;
  readonly objects: ObjectTable;
  readonly references = new References();
  readonly functions: Functions;
  readonly sources: Sources;
  readonly codes: CodeViews;
  readonly codeTables: CodeTables;
  readonly codePlaces: CodePlaces;
  readonly listings: Listings;
  readonly values: Values;
  readonly materialized: Materialized;
  readonly stack: Stack;
  readonly enclosing: Enclosing;
  readonly bindings: Bindings;
  readonly sideEffects: SideEffects;
  readonly evaluator: Evaluator;
  readonly registers: RegisterScopes;
  readonly names: FrameNames;
  readonly madeTexts: MaterializationTexts;
  readonly translations: FrameTranslations;
  readonly frameStates: FrameStateView;
  readonly guardView: GuardView;
  readonly feedback: FeedbackView;
  readonly disassembler: Disassembler;
  readonly breakpoints: Breakpoints;
  readonly guards: Guards;
  readonly events = new EventBreakpoints();
  readonly tierUps = new TierUpSites();
  readonly collections: Collections;
  readonly heapView: HeapView;
  readonly stop: CurrentStop;

  /** @param limitRun watches code that runs for the debugger; without it values run none */
  constructor(isolate: Isolate, shell: NodeShell, limitRun?: LimitRun) {
    this.isolate = isolate;
    this.shell = shell;
    this.target = isolateTarget(isolate);
    const { target } = this;
    this.objects = new ObjectTable(target.factory);
    this.functions = new Functions(target);
    this.sources = new Sources(target, this.functions);
    this.codes = new CodeViews(target.heap);
    this.codeTables = new CodeTables(target.factory, new ObjectTable(target.factory, codeTableRoot));
    this.codePlaces = new CodePlaces(target, this.functions, this.codeTables);
    this.listings = new Listings(this.functions, this.sources, this.codes);
    const actions = limitRun === undefined ? undefined : this.valueActions();
    this.collections = new Collections(
      target.heap,
      (kind) => this.events.watches(kind),
      ({ kind, text }) => {
        if (this.events.happened(kind, [], text)) target.heap.requestInterrupt(Interrupt.Pause);
      },
    );
    this.heapView = new HeapView(target, isolate, this.functions, this.collections);
    this.stop = new CurrentStop(this.objects);
    this.values = new Values(target.rt, this.objects, this.references, this.functions, this.sources, actions);
    this.materialized = new Materialized(this.objects);
    this.stack = new Stack(target, this.functions, this.sources, this.codes, this.codeTables, this.materialized);
    this.enclosing = new Enclosing(target, this.functions, this.stack);
    this.bindings = new Bindings(
      target,
      this.functions,
      this.sources,
      this.stack,
      this.enclosing,
      this.materialized,
      this.objects,
    );
    this.registers = new RegisterScopes(target, this.values);
    this.sideEffects = new SideEffects(target, this.functions);
    this.evaluator = new Evaluator(
      target,
      this.bindings,
      this.values,
      this.objects,
      this.registers,
      this.stop,
      this.sideEffects,
      limitRun ?? (() => {}),
    );
    this.names = new FrameNames(this.bindings);
    this.madeTexts = new MaterializationTexts(target, this.functions, this.names);
    this.translations = new FrameTranslations(
      target,
      this.functions,
      this.sources,
      this.listings,
      this.names,
      this.madeTexts,
      this.registers,
    );
    this.frameStates = new FrameStateView(target, this.values, this.functions, this.names, this.madeTexts);
    this.guardView = new GuardView(target, this.values, this.names);
    this.feedback = new FeedbackView(target, this.values);
    this.disassembler = new Disassembler(target, this.functions, this.sources, this.codes);
    this.breakpoints = new Breakpoints(
      target,
      this.functions,
      this.sources,
      this.codes,
      this.codeTables,
      this.listings,
    );
    this.guards = new Guards(
      () => target.cpu,
      this.functions,
      this.codes,
      this.breakpoints,
      (id) => this.listings.codeOf(id),
    );
  }
  private valueActions(): ValueActions {
    return {
      callGetter: (getter, receiver) => this.evaluator.guarded(() => this.target.rt.call(getter, receiver)),
      describe: (method, receiver) => this.evaluator.description(method, receiver),
      setProperty: (object, key, text) => this.evaluator.assign(object, key, text, this.stop.frames[0]),
    };
  }
}
