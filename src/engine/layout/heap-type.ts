// A heap type is one row: what stands in an object, word by word. Everything else that is known of its layout follows: offsets
// and sizes here, pointer maps, static Maps, instance types, the verifier's rules, and what printers and the debugger show.
//
//   export const Cell = heapType({
//     parent: HeapObject,                 its fields come first
//     instanceTypes: { Cell: 0x9e },      numbers in Maps; none: only a parent of others
//     maps: { CellMap: 22 },              static Maps, by their place; of the instance type they are named after, or of the first
//     fields: { Value: tagged() },        in order, each at the next offset that suits its kind
//   });
//
//   Cell.Value is 4, a Field<'tagged'>; Cell.Size is 8, where the fields end.
//
//   rest     what follows the fields, as often as a field says. A child of such a type begins where the rest does: its fields are
//            names of the first elements. A rest without a count is the parent's.
//   first    names of the first elements, for types whose rest is counted from there
//   ends     names of places: where the given field ends
//
// In a bundle the offsets are literals: scripts/layout-literals.ts writes the rows out as enums.

declare const kindOf: unique symbol;

export type FieldKind = 'tagged' | 'smi' | 'weak' | 'i32' | 'u32' | 'u16' | 'u8' | 'f64' | 'padding';

/** An offset from an object's start at which something of this kind stands. A number alone is none. */
export type Field<K extends FieldKind> = number & { readonly [kindOf]: K };

/** A field that holds a tagged word: an object, a Smi, a weak reference. */
export type TaggedField = Field<'tagged' | 'smi' | 'weak'>;

export interface Kind<K extends FieldKind = FieldKind> {
  readonly kind: K;
  readonly size: number;
  /** Heap types (with their children), static roots or `Smi`: what may stand here; none: anything. */
  readonly holds?: readonly string[];
  /** What its bits mean: an enum of masks. */
  readonly bits?: Readonly<Record<string, number | string>>;
}

export const tagged = (...holds: readonly string[]): Kind<'tagged'> => ({ kind: 'tagged', size: 4, holds });
/** Weak references to objects, Smis, or what is held strongly. */
export const weak = (...holds: readonly string[]): Kind<'weak'> => ({ kind: 'weak', size: 4, holds });
export const smi: Kind<'smi'> = { kind: 'smi', size: 4 };
export const i32: Kind<'i32'> = { kind: 'i32', size: 4 };
export const u32: Kind<'u32'> = { kind: 'u32', size: 4 };
export const u16: Kind<'u16'> = { kind: 'u16', size: 2 };
export const u8: Kind<'u8'> = { kind: 'u8', size: 1 };
export const f64: Kind<'f64'> = { kind: 'f64', size: 8 };
/** Bytes that hold nothing; behind the last field they are tagged words, so that the collector may pass over them with the fields. */
export const padding = (size: number): Kind<'padding'> => ({ kind: 'padding', size });
/** A number whose bits have names. */
export const bits = <K extends FieldKind>(kind: Kind<K>, names: Kind['bits'] & object): Kind<K> => ({
  ...kind,
  bits: names,
});

type Fields = Readonly<Record<string, Kind>>;

/** How many elements there are: the number in a field, after a shift and under a mask. */
export interface Count {
  readonly field: string;
  readonly shift: number;
  readonly mask: number;
}

export interface Rest<K extends FieldKind = FieldKind, F extends Fields = Fields> {
  readonly element: Kind<K>;
  /** Fields of one element, where it is more than one word. */
  readonly record?: F;
  readonly count?: Count;
  /** Bytes before the first element that are counted, too (a filler's own two words). */
  readonly countsHeader?: true;
}

type NoFields = Readonly<Record<never, Kind>>;
export const elements = <K extends FieldKind>(element: Kind<K>, count?: Count): Rest<K, NoFields> => ({
  element,
  count,
});
export const records = <const F extends Fields>(record: F, count?: Count): Rest<'tagged', F> => ({
  element: tagged(),
  record,
  count,
});
/** The count is a Smi. */
export const smiCount = (field: string, mask = -1): Count => ({ field, shift: 1, mask });
/** The count is a number as it stands, or above some bits. */
export const count = (field: string, shift = 0, mask = -1): Count => ({ field, shift, mask });

export interface Row {
  readonly parent?: { readonly [row]: HeapTypeRow };
  readonly instanceTypes?: Readonly<Record<string, number>>;
  readonly maps?: Readonly<Record<string, number>>;
  readonly fields?: Fields;
  readonly rest?: Readonly<Record<string, Rest>>;
  readonly first?: Fields;
  readonly ends?: Readonly<Record<string, string>>;
}

type Offsets<F> = { readonly [N in keyof F]: F[N] extends Kind<infer K> ? Field<K> : never };
type Starts<R> = { readonly [N in keyof R]: R[N] extends Rest<infer K> ? Field<K> : never };
type Singular<N> = N extends `${infer S}ies` ? `${S}y` : N extends `${infer S}s` ? S : never;
/** Entries of { Key, Details }: EntryKey, EntryDetails from an entry's start, and EntrySize. */
type Parts<R> = {
  readonly [N in keyof R]: R[N] extends { readonly record?: infer F extends Fields }
    ? keyof F extends never
      ? unknown
      : { readonly [P in keyof F & string as `${Singular<N>}${P}`]: number } & {
          readonly [P in `${Singular<N>}Size`]: number;
        }
    : unknown;
}[keyof R];
type Own<R extends Row> = (R['fields'] extends Fields ? Offsets<R['fields']> : unknown) &
  (R['first'] extends Fields ? Offsets<R['first']> : unknown) &
  (R['rest'] extends object ? Starts<R['rest']> & Parts<R['rest']> : unknown) &
  (R['ends'] extends object ? { readonly [N in keyof R['ends']]: number } : unknown);

/** Offsets by name, with those of the parent; `Size` is where the fields end. */
export type HeapType<R extends Row> = Own<R> &
  (R extends { readonly parent: infer P } ? Omit<P, typeof row | typeof names> : unknown) & {
    readonly Size: number;
    readonly [row]: HeapTypeRow;
    readonly [names]: {
      readonly types: R['instanceTypes'] extends object ? keyof R['instanceTypes'] : never;
      readonly maps: R['maps'] extends object ? keyof R['maps'] : never;
    };
  };

/** The names that the rows of a module give to instance types, and to static Maps. */
export type InstanceTypeNames<M> = NamesOf<M, 'types'>;
export type MapNames<M> = NamesOf<M, 'maps'>;
type NamesOf<M, W extends 'types' | 'maps'> = {
  [N in keyof M]: M[N] extends { readonly [names]: { readonly [P in W]: infer T } } ? T & string : never;
}[keyof M];

export interface FieldRow {
  readonly name: string;
  readonly offset: number;
  readonly kind: FieldKind;
  readonly size: number;
  readonly holds: readonly string[];
  readonly bits?: Kind['bits'];
}

export interface RestRow {
  readonly name: string;
  readonly start: number;
  readonly kind: FieldKind;
  /** Bytes of one element. */
  readonly stride: number;
  readonly holds: readonly string[];
  readonly record: readonly FieldRow[];
  readonly countField: string;
  readonly countAt: number;
  readonly countShift: number;
  readonly countMask: number;
  /** Where the counted bytes begin: the size is `base + stride × count`. */
  readonly base: number;
}

/** A row, read: plain data. */
export interface HeapTypeRow {
  readonly parent: HeapTypeRow | undefined;
  readonly instanceTypes: Readonly<Record<string, number>>;
  readonly maps: Readonly<Record<string, number>>;
  readonly fields: readonly FieldRow[];
  readonly first: readonly FieldRow[];
  readonly rest: RestRow | undefined;
  readonly size: number;
}

/** Where a heap type keeps its row, beside its offsets. */
export const row: unique symbol = Symbol('row');
/** For types only: which names the row gives to instance types and Maps. */
declare const names: unique symbol;

const align = (offset: number, size: number): number => (offset + Math.min(size, 8) - 1) & -Math.min(size, 8);

/** Places fields one after the other from `start`. */
function place(fields: Fields, start: number): FieldRow[] {
  let at = start;
  return Object.entries(fields).map(([name, { kind, size, holds = [], bits: meanings }]) => {
    const offset = kind === 'padding' ? at : align(at, size);
    at = offset + size;
    return { name, offset, kind, size, holds, ...(meanings && { bits: meanings }) };
  });
}

const endOf = (fields: readonly FieldRow[], otherwise: number): number => {
  const last = fields.at(-1);
  return last === undefined ? otherwise : last.offset + last.size;
};

function placeRest(definition: Row['rest'], start: number, parent: RestRow | undefined, fields: readonly FieldRow[]) {
  const entry = Object.entries(definition ?? {})[0];
  if (entry === undefined) return undefined;
  const [name, { element, record, count: own, countsHeader }] = entry;
  const parts = place(record ?? {}, 0);
  const common = { name, start, kind: element.kind, holds: element.holds ?? [], record: parts };
  if (own === undefined) {
    if (parent === undefined) throw new Error(`layout: nothing says how many ${name} there are`);
    return { ...parent, ...common };
  }
  const at = fields.find((field) => field.name === own.field);
  if (at === undefined) throw new Error(`layout: ${name} are counted by ${own.field}, which is no field`);
  return {
    ...common,
    stride: endOf(parts, element.size),
    countField: own.field,
    countAt: at.offset,
    countShift: own.shift,
    countMask: own.mask,
    base: countsHeader ? 0 : start,
  };
}

/** The offsets of a row by name. */
function offsetsOf(type: HeapTypeRow, definition: Row): Record<string, number> {
  const result: Record<string, number> = {};
  for (const { name, offset } of [...type.fields, ...type.first]) result[name] = offset;
  if (type.rest !== undefined) {
    result[type.rest.name] = type.rest.start;
    const entry = type.rest.name.replace(/ies$/, 'y').replace(/s$/, '');
    for (const { name, offset } of type.rest.record) result[entry + name] = offset;
    if (type.rest.record.length > 0) result[`${entry}Size`] = endOf(type.rest.record, 0);
  }
  for (const [name, field] of Object.entries(definition.ends ?? {})) {
    const last = type.fields.find((candidate) => candidate.name === field);
    if (last === undefined) throw new Error(`layout: ${name} is where ${field} ends, which is no field`);
    result[name] = last.offset + last.size;
  }
  return { ...result, Size: type.size };
}

/** Reads a row. */
export function heapType<const R extends Row>(definition: R): HeapType<R> {
  const parent = definition.parent?.[row];
  const start = parent?.size ?? 0;
  const fields = [...(parent?.fields ?? []), ...place(definition.fields ?? {}, start)];
  const size = endOf(fields, start);
  const rest = placeRest(definition.rest, size, parent?.rest, fields) ?? parent?.rest;
  const type: HeapTypeRow = {
    parent,
    instanceTypes: definition.instanceTypes ?? {},
    maps: definition.maps ?? {},
    fields,
    first: place(definition.first ?? {}, rest?.start ?? size),
    rest,
    size,
  };
  const inherited = definition.parent as Record<string, number> | undefined;
  return Object.freeze({ ...inherited, ...offsetsOf(type, definition), [row]: type }) as unknown as HeapType<R>;
}
