export function quoted<T>(value: T): string;
export function quoted(value: unknown): string {
  return `<${String(value)}>`;
}
