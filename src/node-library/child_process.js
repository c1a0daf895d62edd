// child_process: its classes; starting a process is refused.

const { validateString } = require('internal/validators');
const EventEmitter = require('events');
const refused = require('internal/refused');

class ChildProcess extends EventEmitter {
  constructor() {
    super();
    this._closesNeeded = 1;
    this._closesGot = 0;
    this.connected = false;
    this.signalCode = null;
    this.exitCode = null;
    this.killed = false;
    this.spawnfile = null;
  }
  spawn(options) {
    throw refused.childProcess(options?.file);
  }
  kill() {
    return false;
  }
  ref() {}
  unref() {}
  [Symbol.dispose]() {}
}

const refuse = (name, first) =>
  ({
    [name](file) {
      validateString(file, first);
      throw refused.childProcess(file);
    },
  })[name];

module.exports = {
  _forkChild() {},
  ChildProcess,
  exec: refuse('exec', 'command'),
  execFile: refuse('execFile', 'file'),
  execFileSync: refuse('execFileSync', 'file'),
  execSync: refuse('execSync', 'command'),
  fork: refuse('fork', 'modulePath'),
  spawn: refuse('spawn', 'file'),
  spawnSync: refuse('spawnSync', 'file'),
};
