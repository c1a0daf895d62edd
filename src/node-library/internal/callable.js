// Classes that are called without `new`, and as the base of functions, by older programs.

module.exports = (Class, name = Class.name) => {
  const Wrapped = function (...args) {
    const instance = Reflect.construct(Class, args, new.target ?? Wrapped);
    if (new.target === undefined && this instanceof Wrapped) {
      Object.defineProperties(this, Object.getOwnPropertyDescriptors(instance));
      return undefined;
    }
    return instance;
  };
  Object.defineProperty(Wrapped, 'name', { value: name });
  Object.defineProperty(Wrapped, 'length', { value: Class.length });
  Object.setPrototypeOf(Wrapped, Object.getPrototypeOf(Class));
  Wrapped.prototype = Class.prototype;
  Object.defineProperty(Wrapped.prototype, 'constructor', { value: Wrapped, writable: true, configurable: true });
  return Wrapped;
};
