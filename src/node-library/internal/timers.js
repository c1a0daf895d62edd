// Timeouts and immediates. Timers of one duration are a list in the order of their start; the lists stand in order of expiry.

const binding = internalBinding('process');

const { getContext, setContext } = internalBinding('context');

const longest = 2147483647;
let nextId = 1;

/** By duration: { expiry, timers: linked list }. */
const lists = new Map();
const byId = new Map();
let referenced = 0;

const countReferenced = (by) => {
  referenced += by;
  binding.countTimers(referenced);
};

const append = (list, timer) => {
  timer._idlePrev = list.last;
  timer._idleNext = null;
  if (list.last === null) list.first = timer;
  else list.last._idleNext = timer;
  list.last = timer;
  timer[kList] = list;
};
const unlink = (timer) => {
  const list = timer[kList];
  if (list === null) return;
  if (timer._idlePrev === null) list.first = timer._idleNext;
  else timer._idlePrev._idleNext = timer._idleNext;
  if (timer._idleNext === null) list.last = timer._idlePrev;
  else timer._idleNext._idlePrev = timer._idlePrev;
  timer._idlePrev = null;
  timer._idleNext = null;
  timer[kList] = null;
};

const kList = Symbol('list');
const kRefed = Symbol('refed');
const kContext = Symbol('context');

const soonest = () => {
  let next = 0;
  for (const list of lists.values()) if (next === 0 || list.expiry < next) next = list.expiry;
  return next;
};

const insert = (timer, start = binding.loopNow()) => {
  timer._idleStart = start;
  const duration = timer._idleTimeout;
  let list = lists.get(duration);
  if (list === undefined) {
    list = { duration, expiry: start + duration, first: null, last: null, order: listOrder++ };
    lists.set(duration, list);
    schedule();
  }
  append(list, timer);
};
let listOrder = 0;
let processing = false;
const schedule = () => {
  if (processing) return;
  const next = soonest();
  binding.scheduleTimer(next > 0 ? Math.max(0, next - binding.loopNow()) : -1);
};

class Timeout {
  constructor(callback, after, args, isRepeat, isRefed) {
    if (after === undefined) after = 1;
    else after *= 1;
    if (!(after >= 1 && after <= longest)) {
      if (after > longest)
        process.emitWarning(
          `${after} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`,
          'TimeoutOverflowWarning',
        );
      else if (after < 0)
        process.emitWarning(`${after} is a negative number.\nTimeout duration was set to 1.`, 'TimeoutNegativeWarning');
      else if (Number.isNaN(after))
        process.emitWarning(`${after} is not a number.\nTimeout duration was set to 1.`, 'TimeoutNaNWarning');
      after = 1;
    }
    this._idleTimeout = Math.trunc(after);
    this._idlePrev = this;
    this._idleNext = this;
    this._idleStart = null;
    this._onTimeout = null;
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = isRepeat ? after : null;
    this._destroyed = false;
    Object.defineProperty(this, kRefed, { value: isRefed, writable: true, enumerable: false });
    Object.defineProperty(this, kList, { value: null, writable: true, enumerable: false });
    Object.defineProperty(this, kContext, { value: getContext(), writable: true, enumerable: false });
    if (isRefed) countReferenced(1);
  }
  refresh() {
    if (this._destroyed) return this;
    unlink(this);
    insert(this);
    return this;
  }
  unref() {
    if (this[kRefed]) {
      this[kRefed] = false;
      if (!this._destroyed) countReferenced(-1);
    }
    return this;
  }
  ref() {
    if (!this[kRefed]) {
      this[kRefed] = true;
      if (!this._destroyed) countReferenced(1);
    }
    return this;
  }
  hasRef() {
    return this[kRefed];
  }
  close() {
    clearTimeout(this);
    return this;
  }
  [Symbol.dispose]() {
    clearTimeout(this);
  }
  [Symbol.toPrimitive]() {
    this[kId] ??= nextId++;
    const id = this[kId];
    if (!this._destroyed) byId.set(id, this);
    return id;
  }
}
const kId = Symbol('id');
Object.defineProperty(Timeout.prototype, kId, { value: undefined, writable: true });

const destroy = (timer) => {
  if (timer._destroyed) return;
  timer._destroyed = true;
  unlink(timer);
  if (timer[kId] !== undefined) byId.delete(timer[kId]);
  if (timer[kRefed]) countReferenced(-1);
};

function clearTimeout(timer) {
  if (timer?._onTimeout) {
    timer._onTimeout = null;
    destroy(timer);
    return;
  }
  if (typeof timer === 'number' || typeof timer === 'string') {
    const found = byId.get(+timer);
    if (found !== undefined) {
      found._onTimeout = null;
      destroy(found);
    }
  }
}

/** What is due. Between two callbacks come ticks and promise jobs. */
function processTimers(now) {
  processing = true;
  try {
    for (;;) {
      let due;
      for (const list of lists.values())
        if (
          list.expiry <= now &&
          (due === undefined || list.expiry < due.expiry || (list.expiry === due.expiry && list.order < due.order))
        )
          due = list;
      if (due === undefined) return soonest();
      listOnTimeout(due, now);
      now = binding.loopNow();
    }
  } finally {
    processing = false;
    // after a callback that threw, too: what is left is due still
    schedule();
  }
}

let ranBefore = false;
function listOnTimeout(list, now) {
  for (let timer = list.first; timer !== null; timer = list.first) {
    const elapsed = now - timer._idleStart;
    if (elapsed < list.duration) {
      list.expiry = Math.max(timer._idleStart + list.duration, now + 1);
      return;
    }
    if (ranBefore) {
      ranBefore = false;
      runTicks();
      // which may have cleared it
      if (list.first !== timer) continue;
    }
    ranBefore = true;
    unlink(timer);
    if (!timer._onTimeout) {
      destroy(timer);
      continue;
    }
    let start;
    if (timer._repeat) start = binding.loopNow();
    try {
      setContext(timer[kContext]);
      const args = timer._timerArgs;
      if (args === undefined) timer._onTimeout();
      else Reflect.apply(timer._onTimeout, timer, args);
    } finally {
      setContext(undefined);
      if (timer._repeat && timer._idleTimeout !== -1 && timer._onTimeout && !timer._destroyed) {
        timer._idleTimeout = Math.trunc(timer._repeat);
        if (timer[kList] === null) insert(timer, start);
      } else if (timer[kList] === null) destroy(timer);
    }
  }
  if (list.first === null && lists.get(list.duration) === list) lists.delete(list.duration);
}
const runTicks = () => {
  ranBefore = false;
  require('internal/process/task_queues').runTicks();
};

// --- immediates ---------------------------------------------------------------------------------------------------------------

let immediates = [];
let referencedImmediates = 0;
let running = [];
const countImmediates = () => binding.countImmediates(immediates.length + running.length, referencedImmediates);

class Immediate {
  constructor(callback, args) {
    this._idleNext = null;
    this._idlePrev = null;
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
    Object.defineProperty(this, kRefed, { value: true, writable: true, enumerable: false });
    Object.defineProperty(this, kContext, { value: getContext(), writable: true, enumerable: false });
    referencedImmediates++;
    immediates.push(this);
    countImmediates();
  }
  ref() {
    if (!this[kRefed] && !this._destroyed) {
      this[kRefed] = true;
      referencedImmediates++;
      countImmediates();
    }
    return this;
  }
  unref() {
    if (this[kRefed] && !this._destroyed) {
      this[kRefed] = false;
      referencedImmediates--;
      countImmediates();
    }
    return this;
  }
  hasRef() {
    return !!this[kRefed];
  }
  [Symbol.dispose]() {
    clearImmediate(this);
  }
}

const destroyImmediate = (immediate) => {
  if (immediate._destroyed) return;
  immediate._destroyed = true;
  if (immediate[kRefed]) referencedImmediates--;
};

function clearImmediate(immediate) {
  if (!immediate?._onImmediate || immediate._destroyed) return;
  destroyImmediate(immediate);
  immediate._onImmediate = null;
  immediates = immediates.filter((other) => other !== immediate);
  countImmediates();
}

function processImmediate() {
  if (running.length === 0) {
    running = immediates;
    immediates = [];
  }
  let first = true;
  try {
    while (running.length > 0) {
      const immediate = running.shift();
      if (immediate._destroyed) continue;
      if (!first) runTicks();
      first = false;
      // cleared meanwhile
      if (immediate._destroyed) continue;
      destroyImmediate(immediate);
      setContext(immediate[kContext]);
      const argv = immediate._argv;
      if (argv === undefined) immediate._onImmediate();
      else immediate._onImmediate(...argv);
      immediate._onImmediate = null;
      setContext(undefined);
    }
  } finally {
    setContext(undefined);
    countImmediates();
  }
}

// --- results of file operations, input ----------------------------------------------------------------------------------------

let results = [];
let readInput;

/** Calls back in the poll phase, `turns` turns of the loop from now. */
const enqueueResult = (callback, turns = 1) => {
  const context = getContext();
  results.push({
    turns,
    run() {
      setContext(context);
      callback();
      setContext(undefined);
    },
  });
  binding.countResults(results.length);
};

function processPoll() {
  const ready = [];
  results = results.filter((result) => {
    if (--result.turns > 0) return true;
    ready.push(result);
    return false;
  });
  let first = true;
  try {
    while (ready.length > 0) {
      if (!first) require('internal/process/task_queues').runTicks();
      first = false;
      ready.shift().run();
    }
  } finally {
    // a callback threw: the rest comes at once
    for (const result of ready) result.turns = 0;
    results = [...ready, ...results];
    binding.countResults(results.length);
  }
  if (readInput !== undefined && results.length === 0 && immediates.length === 0) readInput();
}

const setInputReader = (reader) => {
  readInput = reader;
  binding.wantInput(reader !== undefined);
};

binding.setLoop(
  (now) => processTimers.call(process, now),
  () => processImmediate.call(process),
  processPoll,
);

module.exports = {
  clearImmediate,
  clearTimeout,
  enqueueResult,
  Immediate,
  insert,
  setInputReader,
  Timeout,
};
