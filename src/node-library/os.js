// os: a machine that tells nothing of the host's.

const { validateInt32, validateObject } = require('internal/validators');
const binding = internalBinding('process');

const constants = require('internal/os_constants');
const named = (name, fn) => Object.defineProperty(fn, 'name', { value: name });
const text = (name, value) => {
  const fn = named(name, () => value);
  fn[Symbol.toPrimitive] = () => value;
  return fn;
};

module.exports = {
  arch: text('arch', 'x64'),
  availableParallelism: named('availableParallelism', () => 1),
  cpus: named('cpus', () => [{ model: 'Bailout x64', speed: 0, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } }]),
  endianness: text('endianness', 'LE'),
  freemem: named('freemem', () => binding.memory().limit - binding.memory().used),
  getPriority: named('getPriority', (pid) => {
    if (pid !== undefined) validateInt32(pid, 'pid');
    return 0;
  }),
  homedir: text('homedir', process.env.HOME ?? '/root'),
  hostname: text('hostname', 'localhost'),
  loadavg: named('loadavg', () => [0, 0, 0]),
  networkInterfaces: named('networkInterfaces', () => ({})),
  platform: text('platform', 'linux'),
  release: text('release', '0.0.0'),
  setPriority: named('setPriority', (pid, priority) => {
    validateInt32(priority ?? pid, 'priority', -20, 19);
    throw require('internal/errors').accessDenied('', 'Priority');
  }),
  tmpdir: named('tmpdir', () => {
    const { TMPDIR, TMP, TEMP } = process.env;
    const folder = TMPDIR || TMP || TEMP || '/tmp';
    return folder.length > 1 && folder.endsWith('/') ? folder.slice(0, -1) : folder;
  }),
  totalmem: named('totalmem', () => binding.memory().limit),
  type: text('type', 'Linux'),
  userInfo: named('userInfo', (options) => {
    if (options !== undefined) validateObject(options, 'options');
    const { HOME = '/root', USER = 'user' } = process.env;
    const asked = options?.encoding === 'buffer' ? (value) => Buffer.from(value) : (value) => value;
    return { uid: 1000, gid: 1000, username: asked(USER), homedir: asked(HOME), shell: asked('/bin/sh') };
  }),
  uptime: named('uptime', () => process.uptime()),
  version: text('version', 'Bailout'),
  machine: text('machine', 'x86_64'),
};
module.exports.tmpdir[Symbol.toPrimitive] = () => module.exports.tmpdir();
module.exports.uptime[Symbol.toPrimitive] = () => process.uptime();
Object.defineProperties(module.exports, {
  constants: { configurable: false, enumerable: true, value: constants },
  EOL: { configurable: true, enumerable: true, writable: false, value: '\n' },
  devNull: { configurable: true, enumerable: true, writable: false, value: '/dev/null' },
});
