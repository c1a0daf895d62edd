// A parameter stays mapped while its property of `arguments` can be written, whatever its other attributes are.
'use sloppy';
const show = (args, i, ...more) => console.log(JSON.stringify(Object.getOwnPropertyDescriptor(args, i)), ...more);
(function (a) {
  Object.defineProperty(arguments, '0', { configurable: false });
  a = 2;
  show(arguments, 0, a);
  arguments[0] = 3;
  show(arguments, 0, a);
  Object.defineProperty(arguments, '0', { writable: false });
  a = 4;
  show(arguments, 0, a);
  console.log(Reflect.deleteProperty(arguments, 0), Reflect.set(arguments, 0, 9));
})(1);
(function (a) {
  Object.defineProperty(arguments, '0', { value: 20, writable: false, enumerable: false });
  show(arguments, 0, a);
  a = 21;
  show(arguments, 0, a);
})(1);
(function (a) {
  Object.defineProperty(arguments, '0', { enumerable: false });
  Object.defineProperty(arguments, '0', { value: 5 });
  show(arguments, 0, a);
  a = 6;
  show(arguments, 0, a, Object.keys(arguments), arguments.length);
  delete arguments[0];
  a = 7;
  arguments[0] = 8;
  show(arguments, 0, a);
})(1);
(function (a, b) {
  Object.defineProperty(arguments, '0', { get: () => 'got', configurable: true });
  a = 2;
  console.log(arguments[0], a);
  Object.defineProperty(arguments, '0', { value: 3 });
  show(arguments, 0, a);
  b = 9;
  console.log(arguments[1]);
  Object.freeze(arguments);
  b = 10;
  console.log(arguments[1], b);
})(1, 2);
(function (a) {
  Object.seal(arguments);
  a = 2;
  show(arguments, 0, a);
  for (let i = 0; i < 3; i++) arguments[0] = a + 1;
  show(arguments, 0, a);
})(1);
