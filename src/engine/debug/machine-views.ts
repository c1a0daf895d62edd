// Builds the machine view (picture/machine-model.ts) of a frame at a stop: its three columns, where the program is in each, what
// registers hold, how often each guard failed.
//
// Invariant: nothing in the heap is allocated or changed.

import type {
  CodeExit,
  ListingColumn,
  ListingSection,
  MachineView,
  Mark,
  RowValues,
  ShownValue,
} from '../../picture/index.ts';
import { FrameOffset, registerOffset } from '../frames/index.ts';
import type { Tagged } from '../heap/index.ts';
import type { CodeView } from '../isolate/index.ts';
import { BytecodeArray, StaticRoot } from '../objects/index.ts';
import { GPR64_NAMES, XMM_NAMES } from '../x64/index.ts';
import type { Bailouts } from './bailouts.ts';
import type { GuardHit } from './guards.ts';
import { bytecodeRow, codeRow, groupOf, MachineColumns, sourceRow, type WholeSection } from './machine-columns.ts';
import { valuesAtRows } from './machine-values.ts';
import { numberText, preview } from './preview.ts';
import type { Session } from './session.ts';
import type { FrameView, StopPlace } from './stack.ts';
import { rebuiltText } from './translated-text.ts';

/** Rows of one section; the view is sent at every step. */
const mostRows = 600;
const longestValue = 48;

/** What is known of the stop. */
export interface MachineMoment {
  readonly place: StopPlace;
  readonly guard: GuardHit | undefined;
  /** Of the innermost frame, in the interpreter. */
  readonly accumulator: Tagged;
}

/** What a view is of. */
interface Subject {
  readonly frame: FrameView;
  readonly moment: MachineMoment;
  /** Undefined: the function is not optimized. */
  readonly view: CodeView | undefined;
  /** The function that was compiled, then those inlined into it; the frame's own among them. */
  readonly functions: readonly Tagged[];
}

export class MachineViews {
  private readonly session: Session;
  private readonly bailouts: Bailouts;
  private readonly columns: MachineColumns;
  /** Sections by what they show: they are the same at every stop. */
  private readonly ofCode = new Map<CodeView, WholeSection>();
  private readonly ofFunction = new Map<string, WholeSection | undefined>();

  constructor(session: Session, bailouts: Bailouts) {
    this.session = session;
    this.bailouts = bailouts;
    this.columns = new MachineColumns(session.target, session.functions, session.sources, session.listings);
  }

  /** @param frames of the stop, innermost first @param frame the one that is looked at */
  of(frames: readonly FrameView[], frame: FrameView, moment: MachineMoment): MachineView | undefined {
    const subject = this.subjectOf(frames, frame, moment);
    if (subject === undefined) return undefined;
    const { view, functions } = subject;
    const sources = functions.flatMap((sfi, i) => this.section('source', sfi, i) ?? []);
    const bytecodes = functions.flatMap((sfi, i) => this.section('bytecode', sfi, i) ?? []);
    const code = view === undefined ? [] : [this.codeSection(view, functions)];
    const marks = this.marksOf(subject, bytecodes);
    const column = (kind: ListingColumn['kind'], sections: readonly WholeSection[], empty: string): ListingColumn => ({
      kind,
      sections: sections.map((section) => shown(section, marks)),
      empty,
    });
    return {
      title: this.title(subject),
      state: this.state(subject),
      columns: [
        column('source', sources, 'No source: the engine wrote this code itself.'),
        column('bytecode', bytecodes, 'No bytecode: this is machine code of the engine.'),
        column('code', code, 'Not optimized: TurboFan has made no code of this function yet.'),
      ],
      marks,
      values: this.valuesOf(subject, sources, bytecodes, code, marks),
      exits: view === undefined ? [] : this.exitsOf(view, subject),
    };
  }

  // --- what it is of ----------------------------------------------------------------------------------------------------------

  private subjectOf(frames: readonly FrameView[], selected: FrameView, moment: MachineMoment): Subject | undefined {
    const { codes } = this.session;
    const frame = selected.kind === 'label' ? frames.find(({ kind }) => kind !== 'label') : selected;
    if (frame === undefined) return undefined;
    const deoptimization = frame.deoptimizer ?? frame.output?.deoptimization;
    const own = frame.machine?.view ?? (deoptimization === undefined ? undefined : codes.of(deoptimization.code));
    const isOwn = own !== undefined;
    // Entry code of the engine: its function is the one that is left.
    const below = frames.slice(frames.indexOf(frame)).find(({ sfi }) => sfi !== 0)?.sfi ?? 0;
    const sfi = frame.sfi !== 0 ? frame.sfi : own?.isOptimized === true ? own.sfi : below;
    const view = isOwn ? own : sfi === 0 ? undefined : codes.find(sfi);
    const compiled = view?.isOptimized === true ? [view.sfi, ...view.inlinedFunctions] : [];
    const functions = [...new Set([...compiled, sfi])].filter((word) => word !== 0);
    return { frame, moment, view, functions };
  }

  private title({ frame, view }: Subject): string {
    const { functions } = this.session;
    if (frame.sfi === 0) return frame.name;
    const name = functions.nameOf(frame.sfi);
    return frame.kind === 'inlined' && view !== undefined
      ? `${name}, inlined into ${functions.nameOf(view.sfi)}`
      : name;
  }

  private state({ frame, view }: Subject): string {
    if (frame.kind === 'awaiting') return 'waits';
    if (frame.deoptimizer !== undefined) return 'in the Deoptimizer';
    if (frame.output !== undefined) return 'being rebuilt for the interpreter';
    if (frame.machine !== undefined)
      return view?.isOptimized === true ? `in optimized code #${view.optimizationId}` : 'in code of the engine';
    return view === undefined ? 'in the interpreter' : 'in the interpreter, not in its optimized code';
  }

  // --- sections ---------------------------------------------------------------------------------------------------------------

  private section(kind: 'source' | 'bytecode', sfi: Tagged, fn: number): WholeSection | undefined {
    const { functions } = this.session;
    // A function gets its bytecode, and may lose it again.
    const key = `${kind} ${sfi} ${fn} ${functions.bytecodes(sfi)}`;
    if (!this.ofFunction.has(key))
      this.ofFunction.set(key, kind === 'source' ? this.columns.source(sfi, fn) : this.columns.bytecode(sfi, fn));
    return this.ofFunction.get(key);
  }

  private codeSection(view: CodeView, functions: readonly Tagged[]): WholeSection {
    let section = this.ofCode.get(view);
    if (section === undefined) {
      section = this.columns.code(view, functions);
      this.ofCode.set(view, section);
    }
    return section;
  }

  // --- where the program is ---------------------------------------------------------------------------------------------------

  private marksOf(subject: Subject, bytecodes: readonly WholeSection[]): Mark[] {
    const { frame, view, functions, moment } = subject;
    const deoptimization = frame.deoptimizer ?? frame.output?.deoptimization;
    if (frame.interpreted !== undefined || frame.suspended !== undefined) {
      const { bytecodes: array, offset } = (frame.interpreted ?? frame.suspended)!;
      return this.marksAt(functions, frame.sfi, array, offset, 'now');
    }
    if (view !== undefined && deoptimization !== undefined) {
      const exit = view.exitAt(deoptimization.pc - 4 - view.start);
      const guard = exit < 0 ? undefined : view.guards.get(exit)?.at(-1);
      const left: Mark[] = exit < 0 ? [] : [{ row: codeRow(guard ?? view.exitOffset(exit)), kind: 'left' }];
      return [...left, ...this.resumes(subject, frame)];
    }
    if (frame.machine === undefined || view === undefined) return [];
    const offset = view.instructions[view.indexAt(frame.machine.pc - view.start)]?.offset ?? 0;
    const marks: Mark[] = [{ row: codeRow(offset), kind: frame.machine.isTop ? 'now' : 'caller' }];
    if (!view.isOptimized) return marks;
    // Between exits the debugger's table knows the bytecode; what positions name may be the one before.
    if (frame.pending !== undefined && frame.translated !== undefined) {
      const { jsFrames } = frame.translated.state;
      const places = jsFrames.flatMap(({ sharedFunctionInfo, bytecodeArray, bytecodeOffset }, level) => {
        const kind = level === jsFrames.length - 1 ? 'now' : 'caller';
        return this.marksAt(functions, sharedFunctionInfo, bytecodeArray, bytecodeOffset, kind);
      });
      return [...marks, ...places];
    }
    const exit = moment.guard?.view === view && frame.machine.isTop ? moment.guard.exit : view.exitOfGuard(offset);
    const levels = exit >= 0 && !view.isLazyExit(exit) ? view.levelsOfExit(exit) : view.levelsAt(offset);
    levels.forEach(({ sfi, position }, i) => {
      const fn = functions.indexOf(sfi);
      const kind = i === 0 ? 'now' : 'caller';
      const line = this.session.sources.locationOf(sfi, position)?.line;
      if (line !== undefined) marks.push({ row: sourceRow(fn, line), kind });
      const row = bytecodes
        .find(({ id }) => id === `b${fn}`)
        ?.rows.find(({ groups }) => groups.includes(groupOf(fn, position)));
      if (row !== undefined) marks.push({ row: row.id, kind });
    });
    if (moment.guard !== undefined && frame.machine.isTop) marks.push(...this.resumes(subject, frame));
    return marks;
  }

  private marksAt(
    shownFunctions: readonly Tagged[],
    sfi: Tagged,
    bytecodes: Tagged,
    offset: number,
    kind: Mark['kind'],
  ): Mark[] {
    const { functions, sources } = this.session;
    const fn = shownFunctions.indexOf(sfi);
    const line = sources.locationOf(sfi, functions.positionAt(bytecodes, offset))?.line;
    const marks: Mark[] = [{ row: bytecodeRow(fn, Math.max(0, offset)), kind }];
    if (line !== undefined) marks.push({ row: sourceRow(fn, line), kind });
    return marks;
  }

  /** Where Ignition goes on: the innermost frame of the translation. */
  private resumes({ functions, moment, view }: Subject, frame: FrameView): Mark[] {
    const deoptimization = frame.deoptimizer ?? frame.output?.deoptimization;
    const state = frame.translated?.state ?? (deoptimization && this.bailouts.stateOf(deoptimization));
    const innermost = state?.frames.findLast(({ kind }) => kind === 'interpreted');
    if (innermost !== undefined) {
      const { sharedFunctionInfo: sfi, bytecodeArray, bytecodeOffset } = innermost;
      const marks = this.marksAt(functions, sfi, bytecodeArray, bytecodeOffset, 'resumes');
      // At the guard the source is marked where it fails.
      return deoptimization === undefined ? marks.slice(0, 1) : marks;
    }
    if (moment.guard === undefined || view === undefined) return [];
    const level = view.levelsOfExit(moment.guard.exit)[0];
    const offset = view.bytecodeOffsetOf(moment.guard.exit);
    return level === undefined || offset < 0
      ? []
      : [{ row: bytecodeRow(functions.indexOf(level.sfi), offset), kind: 'resumes' }];
  }

  // --- what registers hold ----------------------------------------------------------------------------------------------------

  private valuesOf(
    subject: Subject,
    sources: readonly WholeSection[],
    bytecodes: readonly WholeSection[],
    code: readonly WholeSection[],
    marks: readonly Mark[],
  ): RowValues[] {
    const { frame, moment } = subject;
    const result: RowValues[] = [];
    const registers = this.registersOf(subject);
    const indexOf = (section: WholeSection, kinds: readonly Mark['kind'][]): number =>
      section.rows.findIndex(({ id }) => marks.some((mark) => mark.row === id && kinds.includes(mark.kind)));
    // Optimized code knows the interpreter's registers as they will be where Ignition goes on; between exits, where it stands.
    const isHere = frame.interpreted !== undefined || frame.pending !== undefined;
    const kinds: readonly Mark['kind'][] = isHere ? ['now'] : ['resumes'];
    const fn = subject.functions.indexOf(frame.sfi);
    for (const section of bytecodes) {
      const at = section.id === `b${fn}` ? indexOf(section, kinds) : -1;
      if (at >= 0) result.push(...valuesAtRows(section.uses, at, (name) => registers.get(name)));
    }
    for (const section of sources)
      result.push(
        ...namedIn(section, indexOf(section, ['now']), section.id === `s${fn}` ? [...registers.values()] : []),
      );
    if (moment.place !== 'machine' || frame.machine?.isTop !== true) return result;
    for (const section of code) {
      const at = indexOf(section, ['now']);
      result.push(...valuesAtRows(section.uses, at, (name) => this.machineRegister(name)));
    }
    return result;
  }

  private machineRegister(name: string): ShownValue | undefined {
    const { registers, target } = this.session;
    const { cpu } = target;
    const isChanged = registers.isChanged(name) || undefined;
    const xmm = XMM_NAMES.indexOf(name);
    if (xmm >= 0) return { name, text: numberText(cpu.xmmF64(xmm)), isChanged };
    const index = GPR64_NAMES.indexOf(name as (typeof GPR64_NAMES)[number]);
    if (index < 0) return undefined;
    const [lo, hi] = [cpu.lo(index), cpu.hi(index)];
    return {
      name,
      text: short(
        registers.meaning(lo, hi) || `0x${(hi >>> 0).toString(16)}${(lo >>> 0).toString(16).padStart(8, '0')}`,
      ),
      isChanged,
    };
  }

  /** Bytecode registers of the frame by name; those that were optimized out are not there. */
  private registersOf({ frame, moment }: Subject): Map<string, ShownValue> {
    const found = new Map<string, ShownValue>();
    const { rt, heap } = this.session.target;
    const add = (register: string, variable: string | undefined, text: string): void =>
      void found.set(register, {
        name: variable === undefined ? register : `${register} ${variable}`,
        text: short(text),
      });
    if (frame.translated !== undefined) {
      const { state, frame: translated } = frame.translated;
      const names = this.session.names.ofValues(translated);
      for (const [i, value] of translated.values.entries())
        if (value.kind !== 'optimizedOut' && names[i] !== undefined)
          add(names[i].register, names[i].variable, rebuiltText(rt, state, value));
      return found;
    }
    if (frame.interpreted === undefined) return found;
    const { fp, bytecodes, offset, isTop } = frame.interpreted;
    const locals = this.session.bindings.localsAt(frame.sfi, bytecodes, offset);
    const variable = (index: number, isParameter: boolean): string | undefined =>
      locals.findLast((local) => local.isParameter === isParameter && local.index === index)?.name;
    const word = (at: number): string => preview(rt, heap.i32[(fp + at) >> 2]!);
    // What nothing reads any more was not rebuilt.
    const isGone = (at: number): boolean => heap.i32[(fp + at) >> 2] === StaticRoot.OptimizedOut;
    const parameters = heap.getI32(bytecodes, BytecodeArray.ParameterCount) - 1;
    const registers = heap.getI32(bytecodes, BytecodeArray.FrameSize) >> 3;
    if (isTop && moment.place === 'interpreter') add('accumulator', undefined, preview(rt, moment.accumulator));
    add('<this>', undefined, word(FrameOffset.Receiver));
    for (let i = 0; i < parameters; i++) add(`a${i}`, variable(i, true), word(FrameOffset.FirstArgument + 8 * i));
    for (let i = 0; i < registers; i++)
      if (!isGone(registerOffset(i))) add(`r${i}`, variable(i, false), word(registerOffset(i)));
    return found;
  }

  // --- exits --------------------------------------------------------------------------------------------------------------------

  private exitsOf(view: CodeView, { frame, moment }: Subject): CodeExit[] {
    const deoptimization = frame.deoptimizer ?? frame.output?.deoptimization;
    const now =
      deoptimization !== undefined
        ? view.exitAt(deoptimization.pc - 4 - view.start)
        : moment.guard?.view === view
          ? moment.guard.exit
          : -1;
    return Array.from({ length: view.exitCount }, (_, index): CodeExit => {
      const { count, last } = this.bailouts.through(view, index);
      const isLazy = view.isLazyExit(index);
      return {
        index,
        kind: isLazy ? 'lazy' : 'eager',
        reason: isLazy ? 'code invalidated' : view.reasonOf(index),
        bytecodeOffset: view.bytecodeOffsetOf(index),
        taken: count,
        last,
        isNow: index === now || undefined,
      };
    });
  }
}

const short = (text: string): string => (text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text);

/** The section without what is far from the marks. */
function shown({ uses: _, ...section }: WholeSection, marks: readonly Mark[]): ListingSection {
  const { rows } = section;
  if (rows.length <= mostRows) return { ...section, before: 0, after: 0 };
  const marked = rows.findIndex(({ id }) => marks.some(({ row }) => row === id));
  const first = Math.max(0, Math.min(rows.length - mostRows, marked - mostRows / 2));
  return {
    ...section,
    rows: rows.slice(first, first + mostRows),
    before: first,
    after: rows.length - first - mostRows,
  };
}

/** Variables that a source line names. */
function namedIn({ rows }: WholeSection, at: number, values: readonly ShownValue[]): RowValues[] {
  const row = rows[at];
  if (row === undefined) return [];
  const words = new Set(row.text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
  const named = values.flatMap(({ name, ...value }) => {
    const variable = name.split(' ')[1];
    return variable !== undefined && words.has(variable) ? [{ ...value, name: variable }] : [];
  });
  return named.length === 0 ? [] : [{ row: row.id, values: named.slice(0, 4) }];
}
