// What a number counts. Types only, at no cost: a number of one unit does not go where another is wanted, a plain number may go anywhere.
// Arithmetic loses the unit for the compiler; `npm run check` (scripts/units.ts) follows it: an address shifted right by two is a word
// index, offsets of addresses are not added to word indices, memory's words are not read at an address.

/** A byte offset from the cage base; untagged. Frame pointers in registers and memory, pcs, slots of objects. */
export type Address = number & { readonly flavor?: 'address' };
/** An index of the memory's 32-bit words: an address over four. Frame pointers of host code. */
export type WordIndex = number & { readonly flavor?: 'word index' };
/** A handle: the address of the slot that keeps a word up to date. Never the word itself. */
export type Handle = number & { readonly flavor?: 'handle' };
/** An interpreter's register: r0 is 0, parameters are negative. */
export type RegisterIndex = number & { readonly flavor?: 'register index' };
/** The same as bytecodes have it: in slots from the frame pointer. */
export type RegisterOperand = number & { readonly flavor?: 'register operand' };
/** V8's index of a stack slot of an optimized frame: 0 is the return address. */
export type SlotIndex = number & { readonly flavor?: 'slot index' };
