const EventEmitter = require('events');
const refused = require('internal/refused');

const cluster = new EventEmitter();
class Worker extends EventEmitter {}
Object.assign(cluster, {
  isWorker: false,
  isMaster: true,
  isPrimary: true,
  Worker,
  workers: {},
  settings: {},
  SCHED_NONE: 1,
  SCHED_RR: 2,
  schedulingPolicy: 2,
  setupPrimary(settings) {
    Object.assign(cluster.settings, settings);
  },
  setupMaster(settings) {
    Object.assign(cluster.settings, settings);
  },
  fork() {
    throw refused.childProcess(process.execPath);
  },
  disconnect(callback) {
    if (callback) process.nextTick(callback);
  },
});

module.exports = cluster;
