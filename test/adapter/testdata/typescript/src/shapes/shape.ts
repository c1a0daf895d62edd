export interface Shape {
  readonly name: string;
  area(): number;
}
