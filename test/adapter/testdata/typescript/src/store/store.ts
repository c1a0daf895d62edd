import { Size } from '@util';
import { calls, logged } from './logged';
import { Entry } from './types';

export class Store {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly size: Size) {}

  @logged
  set(key: string, value: string): void {
    const entry: Entry = { key, value };
    this.entries.set(key, entry);
  }

  @logged
  get(key: string): string | undefined {
    return this.entries.get(key)?.value;
  }

  describe(): string {
    return `${Size.nameOf(this.size)} after ${calls.join(' and ')}`;
  }
}
