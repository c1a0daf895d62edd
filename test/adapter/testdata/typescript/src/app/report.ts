import { Section } from './section.js';

export class Report<T> {
  private readonly sections: Section<T>[] = [];

  constructor(
    private readonly title: string,
    protected separator: string = ', ',
  ) {}

  add(value: T): this {
    this.sections.push(new Section(value));
    return this;
  }

  text(): string {
    const values = this.sections.map((section) => section.text());
    return `${this.title}: ${values.join(this.separator)}`;
  }
}
