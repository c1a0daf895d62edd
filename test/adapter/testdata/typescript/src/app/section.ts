import { quoted } from './format';

export class Section<T> {
  constructor(readonly value: T) {}

  text(): string {
    return quoted<T>(this.value);
  }
}
