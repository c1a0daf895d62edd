// perf_hooks: performance, its entries and observers.

const { codes } = require('internal/errors');
const { validateFunction, validateObject } = require('internal/validators');
const { EventTarget } = require('internal/event_target');
const { DOMException } = require('internal/dom_exception');
const binding = internalBinding('process');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const kMake = Symbol('make');
const states = new WeakMap();
const stateOf = (self) => {
  const state = states.get(self);
  if (state === undefined) throw new codes.ERR_INVALID_THIS('PerformanceEntry');
  return state;
};

class PerformanceEntry {
  constructor(key, name, entryType, startTime, duration, detail) {
    if (key !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    states.set(this, { name, entryType, startTime, duration, detail });
  }
  get name() {
    return stateOf(this).name;
  }
  get entryType() {
    return stateOf(this).entryType;
  }
  get startTime() {
    return stateOf(this).startTime;
  }
  get duration() {
    return stateOf(this).duration;
  }
  toJSON() {
    const { name, entryType, startTime, duration, detail } = stateOf(this);
    return { name, entryType, startTime, duration, ...(detail === undefined ? {} : { detail }) };
  }
  [inspectCustom](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const opts = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `${this.constructor.name} ${inspect(this.toJSON(), opts)}`;
  }
}
for (const name of ['name', 'entryType', 'startTime', 'duration', 'toJSON'])
  Object.defineProperty(PerformanceEntry.prototype, name, { enumerable: true });

const now = () => binding.monotonic();
const clone = (value) => (value == null ? null : structuredClone(value));

class PerformanceMark extends PerformanceEntry {
  constructor(name, options = {}) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    name = `${name}`;
    if (options != null) validateObject(options, 'options');
    const startTime = options?.startTime ?? now();
    if (typeof startTime !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('startTime', 'number', startTime);
    if (startTime < 0) throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(startTime);
    super(kMake, name, 'mark', startTime, 0, clone(options?.detail));
  }
  get detail() {
    return stateOf(this).detail;
  }
}
class PerformanceMeasure extends PerformanceEntry {
  get detail() {
    return stateOf(this).detail;
  }
}
const { PerformanceResourceTiming, resourceTiming } = require('internal/resource_timing')(
  PerformanceEntry,
  kMake,
  stateOf,
  (entry, state) => states.set(entry, state),
);

const timeline = [];
const observers = new Set();

const enqueue = (entry) => {
  timeline.push(entry);
  for (const observer of observers) observer[kNotify](entry);
};
const kNotify = Symbol('notify');

class PerformanceObserverEntryList {
  #entries;
  constructor(key, entries) {
    if (key !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#entries = entries.slice().sort((a, b) => a.startTime - b.startTime);
  }
  getEntries() {
    return this.#entries.slice();
  }
  getEntriesByType(type) {
    return this.#entries.filter((entry) => entry.entryType === `${type}`);
  }
  getEntriesByName(name, type = undefined) {
    return this.#entries.filter(
      (entry) => entry.name === `${name}` && (type === undefined || entry.entryType === type),
    );
  }
}

const supported = ['dns', 'function', 'gc', 'http', 'http2', 'mark', 'measure', 'net', 'quic', 'resource'];
class PerformanceObserver {
  #callback;
  #buffer = [];
  #types = new Set();
  #scheduled = false;
  constructor(callback) {
    validateFunction(callback, 'callback');
    this.#callback = callback;
  }
  static get supportedEntryTypes() {
    return Object.freeze(supported.slice());
  }
  observe(options = {}) {
    validateObject(options, 'options');
    const { entryTypes, type, buffered } = options;
    if (entryTypes === undefined && type === undefined)
      throw new codes.ERR_MISSING_ARGS('options.entryTypes', 'options.type');
    if (entryTypes != null && type != null)
      throw new codes.ERR_INVALID_ARG_VALUE(
        'options.entryTypes',
        entryTypes,
        'options.entryTypes can not set with options.type together',
      );
    if (entryTypes !== undefined && !Array.isArray(entryTypes))
      throw new codes.ERR_INVALID_ARG_TYPE('options.entryTypes', 'string[]', entryTypes);
    if (entryTypes !== undefined) this.#types = new Set(entryTypes.filter((name) => supported.includes(name)));
    else this.#types.add(type);
    if (this.#types.size > 0) observers.add(this);
    else this.disconnect();
    if (buffered) for (const entry of timeline) this[kNotify](entry);
  }
  disconnect() {
    observers.delete(this);
    this.#buffer = [];
    this.#types.clear();
  }
  takeRecords() {
    const list = this.#buffer;
    this.#buffer = [];
    return list;
  }
  [kNotify](entry) {
    if (!this.#types.has(entry.entryType)) return;
    this.#buffer.push(entry);
    if (this.#scheduled) return;
    this.#scheduled = true;
    require('timers').setImmediate(() => {
      this.#scheduled = false;
      const entries = this.takeRecords();
      if (entries.length > 0) this.#callback(new PerformanceObserverEntryList(kMake, entries), this);
    });
  }
}

const nodeTiming = {
  name: 'node',
  entryType: 'node',
  startTime: 0,
  get duration() {
    return now();
  },
  nodeStart: 0,
  v8Start: 0,
  environment: 0,
  bootstrapComplete: 0,
  loopStart: -1,
  loopExit: -1,
  idleTime: 0,
};

const isPerformance = new WeakSet();
const check = (self) => {
  if (!isPerformance.has(self)) throw new codes.ERR_INVALID_THIS('Performance');
};

const markTime = (name) => {
  if (typeof name === 'number') return name;
  for (let i = timeline.length - 1; i >= 0; i--)
    if (timeline[i].entryType === 'mark' && timeline[i].name === `${name}`) return timeline[i].startTime;
  throw new DOMException(`The "${name}" performance mark has not been set`, 'SyntaxError');
};

class Performance extends EventTarget {
  constructor(key) {
    if (key !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    super();
    isPerformance.add(this);
  }
  clearMarks(name = undefined) {
    check(this);
    remove('mark', name);
  }
  clearMeasures(name = undefined) {
    check(this);
    remove('measure', name);
  }
  clearResourceTimings() {
    check(this);
    remove('resource', undefined);
  }
  getEntries() {
    check(this);
    return sorted(timeline);
  }
  getEntriesByName(name, type = undefined) {
    check(this);
    return sorted(
      timeline.filter((entry) => entry.name === `${name}` && (type === undefined || entry.entryType === type)),
    );
  }
  getEntriesByType(type) {
    check(this);
    return sorted(timeline.filter((entry) => entry.entryType === `${type}`));
  }
  mark(name, options = {}) {
    check(this);
    const mark = new PerformanceMark(name, options);
    enqueue(mark);
    return mark;
  }
  measure(name, startOrOptions = {}, endMark = undefined) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    name = `${name}`;
    let start;
    let end;
    let detail = null;
    if (startOrOptions !== null && typeof startOrOptions === 'object') {
      const { start: from, end: to, duration } = startOrOptions;
      if (from !== undefined || to !== undefined || duration !== undefined) {
        if (endMark !== undefined)
          throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS('endMark must not be specified');
        if (from === undefined && to === undefined)
          throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS('One of options.start or options.end is required');
        if (from !== undefined && to !== undefined && duration !== undefined)
          throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS(
            'Must not have options.start, options.end, and options.duration specified',
          );
      }
      detail = clone(startOrOptions.detail);
      end =
        endMark !== undefined
          ? markTime(endMark)
          : to !== undefined
            ? markTime(to)
            : from !== undefined && duration !== undefined
              ? markTime(from) + duration
              : now();
      start =
        from !== undefined ? markTime(from) : duration !== undefined && to !== undefined ? markTime(to) - duration : 0;
    } else {
      end = endMark !== undefined ? markTime(endMark) : now();
      start = typeof startOrOptions === 'string' ? markTime(startOrOptions) : 0;
    }
    const measure = new PerformanceMeasure(kMake, name, 'measure', start, end - start, detail);
    enqueue(measure);
    return measure;
  }
  now() {
    check(this);
    return now();
  }
  setResourceTimingBufferSize() {
    check(this);
  }
  get timeOrigin() {
    check(this);
    return origin;
  }
  toJSON() {
    check(this);
    return { nodeTiming: this.nodeTiming, timeOrigin: origin, eventLoopUtilization: this.eventLoopUtilization() };
  }
}
const origin = binding.now() - now();
for (const name of [
  'clearMarks',
  'clearMeasures',
  'clearResourceTimings',
  'getEntries',
  'getEntriesByName',
  'getEntriesByType',
  'mark',
  'measure',
  'now',
  'setResourceTimingBufferSize',
  'timeOrigin',
  'toJSON',
])
  Object.defineProperty(Performance.prototype, name, { enumerable: true });
Object.defineProperty(Performance.prototype, Symbol.toStringTag, { configurable: true, value: 'Performance' });
const remove = (type, name) => {
  for (let i = timeline.length - 1; i >= 0; i--)
    if (timeline[i].entryType === type && (name === undefined || timeline[i].name === `${name}`)) timeline.splice(i, 1);
};
const sorted = (list) => list.slice().sort((a, b) => a.startTime - b.startTime);

function eventLoopUtilization() {
  return { idle: 0, active: 0, utilization: 0 };
}
function timerify(fn, options = {}) {
  validateFunction(fn, 'fn');
  validateObject(options, 'options');
  function timerified(...args) {
    const start = now();
    const result = new.target ? Reflect.construct(fn, args, fn) : Reflect.apply(fn, this, args);
    enqueue(new PerformanceEntry(kMake, fn.name, 'function', start, now() - start, args));
    return result;
  }
  Object.defineProperties(timerified, {
    length: { configurable: false, enumerable: true, value: fn.length },
    name: { configurable: false, enumerable: true, value: `timerified ${fn.name}` },
  });
  return timerified;
}

function markResourceTiming(info, url, initiatorType, _global, cacheMode, _body, status, delivery = '') {
  if (cacheMode !== '' && cacheMode !== 'local')
    throw new codes.ERR_INTERNAL_ASSERTION("cache must be an empty string or 'local'");
  const entry = resourceTiming(info, url, initiatorType, cacheMode, status, delivery);
  enqueue(entry);
  return entry;
}
Object.defineProperty(markResourceTiming, 'length', { configurable: true, value: 7 });

const performance = new Performance(kMake);
Object.defineProperties(Performance.prototype, {
  eventLoopUtilization: { configurable: true, enumerable: false, value: eventLoopUtilization, writable: true },
  nodeTiming: { configurable: true, enumerable: false, value: nodeTiming, writable: true },
  timerify: { configurable: true, enumerable: false, value: timerify, writable: true },
  markResourceTiming: { configurable: true, enumerable: false, value: markResourceTiming, writable: true },
  onresourcetimingbufferfull: { configurable: true, enumerable: false, value: null, writable: true },
});

/** A histogram of integers. */
class Histogram {
  #values = [];
  record(value) {
    this.#values.push(Number(value));
  }
  recordDelta() {
    this.#values.push(1);
  }
  add(other) {
    for (const [, value] of other.percentiles) this.#values.push(value);
  }
  reset() {
    this.#values = [];
  }
  get count() {
    return this.#values.length;
  }
  get countBigInt() {
    return BigInt(this.#values.length);
  }
  get min() {
    return this.#values.length === 0 ? 9223372036854776000 : Math.min(...this.#values);
  }
  get max() {
    return this.#values.length === 0 ? 0 : Math.max(...this.#values);
  }
  get mean() {
    return this.#values.reduce((a, b) => a + b, 0) / this.#values.length;
  }
  get stddev() {
    const { mean } = this;
    return Math.sqrt(this.#values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / this.#values.length);
  }
  get exceeds() {
    return 0;
  }
  get percentiles() {
    return new Map([
      [0, this.min],
      [50, this.percentile(50)],
      [100, this.max],
    ]);
  }
  percentile(p) {
    const list = this.#values.slice().sort((a, b) => a - b);
    return list.length === 0 ? 0 : list[Math.min(list.length - 1, Math.ceil((p / 100) * list.length) - 1 || 0)];
  }
  enable() {
    return true;
  }
  disable() {
    return true;
  }
}

module.exports = {
  Performance,
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
  PerformanceObserver,
  PerformanceObserverEntryList,
  PerformanceResourceTiming,
  monitorEventLoopDelay: () => new Histogram(),
  eventLoopUtilization,
  timerify,
  createHistogram: () => new Histogram(),
  performance,
};
Object.defineProperty(module.exports, 'constants', {
  configurable: false,
  enumerable: true,
  value: Object.freeze({
    NODE_PERFORMANCE_GC_MAJOR: 4,
    NODE_PERFORMANCE_GC_MINOR: 1,
    NODE_PERFORMANCE_GC_INCREMENTAL: 8,
    NODE_PERFORMANCE_GC_WEAKCB: 16,
    NODE_PERFORMANCE_GC_FLAGS_NO: 0,
    NODE_PERFORMANCE_GC_FLAGS_CONSTRUCT_RETAINED: 2,
    NODE_PERFORMANCE_GC_FLAGS_FORCED: 4,
    NODE_PERFORMANCE_GC_FLAGS_SYNCHRONOUS_PHANTOM_PROCESSING: 8,
    NODE_PERFORMANCE_GC_FLAGS_ALL_AVAILABLE_GARBAGE: 16,
    NODE_PERFORMANCE_GC_FLAGS_ALL_EXTERNAL_MEMORY: 32,
    NODE_PERFORMANCE_GC_FLAGS_SCHEDULE_IDLE: 64,
  }),
});
