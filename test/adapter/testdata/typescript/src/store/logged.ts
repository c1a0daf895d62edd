export const calls: string[] = [];

export function logged(
  _target: object,
  name: string,
  descriptor: TypedPropertyDescriptor<(...args: any[]) => any>,
): void {
  const original = descriptor.value!;
  descriptor.value = function (this: unknown, ...args: any[]) {
    calls.push(name);
    return original.apply(this, args);
  };
}
