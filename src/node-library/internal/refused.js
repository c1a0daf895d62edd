// What reaches outside of the program: refused, in the words of Node's permission model.

const { accessDenied } = require('internal/errors');

module.exports = {
  childProcess: (resource) => accessDenied('allow-child-process', 'ChildProcess', `${resource ?? ''}`),
  net: (resource) => accessDenied('allow-net', 'Net', `${resource ?? ''}`),
  worker: (resource) => accessDenied('allow-worker', 'WorkerThreads', `${resource ?? ''}`),
  wasi: () => accessDenied('allow-wasi', 'WASI', ''),
  inspector: () => accessDenied('', 'Inspector', ''),
};
