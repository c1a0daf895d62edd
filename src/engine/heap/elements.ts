// Fields that a name and a number give together.

import { type Address, type Field, type FieldKind, HeapObject, type TaggedField } from '../layout/index.ts';
import type { Tagged } from './tagging.ts';

/** The field of the element (of one word) at `index`, counted from the one at `start`. */
export const elementAt = (start: TaggedField, index: number): TaggedField => (start + 4 * index) as TaggedField;

/** The tagged field at a word of an object of any type: for in-object properties, and for walks over whole objects. */
export const fieldAtWord = (word: number): TaggedField => (HeapObject.Map + 4 * word) as TaggedField;

/** Where a field stands in memory. */
export const addressOf = (object: Tagged, field: Field<FieldKind>): Address => object + field - 1;
