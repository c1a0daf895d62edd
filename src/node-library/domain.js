const EventEmitter = require('events');

class Domain extends EventEmitter {
  members = [];
  enter() {
    module.exports.active = process.domain = this;
  }
  exit() {
    module.exports.active = process.domain = null;
  }
  add(emitter) {
    this.members.push(emitter);
  }
  remove(emitter) {
    this.members = this.members.filter((member) => member !== emitter);
  }
  run(fn, ...args) {
    this.enter();
    try {
      return Reflect.apply(fn, this, args);
    } catch (error) {
      if (!this.emit('error', error)) throw error;
      return undefined;
    } finally {
      this.exit();
    }
  }
  intercept(fn) {
    return (error, ...args) => (error ? void this.emit('error', error) : this.run(fn, ...args));
  }
  bind(fn) {
    return (...args) => this.run(fn, ...args);
  }
}

module.exports = { _stack: [], active: null, Domain, create: () => new Domain(), createDomain: () => new Domain() };
