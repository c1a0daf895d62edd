// Registers as a stack: expressions take from the top, scopes give back all they took. The optimizer listens, because a
// freed register need not be written.

import type { RegisterIndex } from '../objects/index.ts';

export interface RegisterObserver {
  registerAllocated(index: RegisterIndex): void;
  registersFreed(first: RegisterIndex, count: number): void;
}

/** Consecutive registers; `count` may grow while the list is on top of the stack. */
export class RegisterList {
  constructor(
    readonly first: RegisterIndex,
    public count: number,
  ) {}
  at(i: number): RegisterIndex {
    return this.first + i;
  }
  get last(): RegisterIndex {
    return this.first + this.count - 1;
  }
  /** The first `count` registers. */
  truncate(count: number): RegisterList {
    return new RegisterList(this.first, count);
  }
  popLeft(): RegisterList {
    return new RegisterList(this.first + 1, this.count - 1);
  }
}

export class RegisterAllocator {
  next: RegisterIndex;
  maximum: number;
  private readonly observer: RegisterObserver;

  /** @param first the first register that is free */
  constructor(first: RegisterIndex, observer: RegisterObserver) {
    this.next = first;
    this.maximum = first;
    this.observer = observer;
  }

  newRegister(): RegisterIndex {
    const index = this.next++;
    if (this.next > this.maximum) this.maximum = this.next;
    this.observer.registerAllocated(index);
    return index;
  }
  newList(count: number): RegisterList {
    const list = new RegisterList(this.next, count);
    this.next += count;
    if (this.next > this.maximum) this.maximum = this.next;
    for (let i = 0; i < count; i++) this.observer.registerAllocated(list.first + i);
    return list;
  }
  newGrowableList(): RegisterList {
    return new RegisterList(this.next, 0);
  }
  grow(list: RegisterList): RegisterIndex {
    const index = this.newRegister();
    if (index !== list.first + list.count) throw new Error('register list is not on top of the register stack');
    list.count++;
    return index;
  }
  release(to: RegisterIndex): void {
    const count = this.next - to;
    this.next = to;
    if (count > 0) this.observer.registersFreed(to, count);
  }
}
