// An object-oriented scheduler: tasks of several classes, a priority queue, devices and a trace. What it shows: calls that see one
// class for a while and then several (wrong map), inlined methods, and fields that change their representation.

class Packet {
  constructor(kind, payload, next) {
    this.kind = kind;
    this.payload = payload;
    this.next = next;
    this.hops = 0;
  }

  appendTo(queue) {
    this.next = null;
    if (queue === null) return this;
    let last = queue;
    while (last.next !== null) last = last.next;
    last.next = this;
    return queue;
  }
}

class PriorityQueue {
  constructor() {
    this.heap = [];
  }

  get size() {
    return this.heap.length;
  }

  push(task) {
    const heap = this.heap;
    let i = heap.length;
    heap.push(task);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (heap[parent].priority >= task.priority) break;
      heap[i] = heap[parent];
      i = parent;
    }
    heap[i] = task;
  }

  pop() {
    const heap = this.heap;
    const top = heap[0];
    const last = heap.pop();
    const n = heap.length;
    if (n > 0) {
      let i = 0;
      for (;;) {
        let child = 2 * i + 1;
        if (child >= n) break;
        if (child + 1 < n && heap[child + 1].priority > heap[child].priority) child++;
        if (heap[child].priority <= last.priority) break;
        heap[i] = heap[child];
        i = child;
      }
      heap[i] = last;
    }
    return top;
  }
}

class Task {
  constructor(name, priority) {
    this.name = name;
    this.priority = priority;
    this.runs = 0;
    this.inbox = null;
  }

  run(scheduler) {
    this.runs++;
    const packet = this.inbox;
    if (packet !== null) this.inbox = packet.next;
    return this.step(scheduler, packet);
  }

  step() {
    throw new Error('a task needs a step');
  }

  describe() {
    return `${this.name.padEnd(10)} priority ${String(this.priority).padStart(4)}  runs ${String(this.runs).padStart(5)}`;
  }
}

class IdleTask extends Task {
  constructor(name, priority, budget) {
    super(name, priority);
    this.seed = 1;
    this.budget = budget;
  }

  step(scheduler) {
    if (--this.budget <= 0) return false;
    this.seed = (this.seed * 69069 + 12345) & 0xffff;
    scheduler.send(this.seed & 1 ? 'disk' : 'network', new Packet('wake', this.seed & 255, null));
    return true;
  }
}

class DeviceTask extends Task {
  constructor(name, priority, target) {
    super(name, priority);
    this.target = target;
    this.handled = 0;
  }

  step(scheduler, packet) {
    if (packet === null) return true;
    this.handled++;
    packet.hops++;
    scheduler.send(this.target, packet);
    return true;
  }

  describe() {
    return `${super.describe()}  handled ${this.handled}`;
  }
}

class WorkerTask extends Task {
  constructor(name, priority) {
    super(name, priority);
    this.checksum = 0;
    this.log = '';
  }

  step(scheduler, packet) {
    if (packet === null) return true;
    this.checksum = (this.checksum * 31 + packet.payload + packet.hops) % 1000003;
    if (packet.payload > 250) this.log += String.fromCharCode(65 + (packet.payload % 26));
    if (packet.hops < 3) {
      packet.payload = (packet.payload * 7) & 255;
      scheduler.send(packet.payload & 1 ? 'disk' : 'network', packet);
    }
    return true;
  }

  describe() {
    return `${super.describe()}  checksum ${this.checksum}`;
  }
}

class AveragingTask extends Task {
  constructor(name, priority, window) {
    super(name, priority);
    this.window = window;
    this.samples = [];
    this.average = 0;
  }

  step(scheduler) {
    this.samples.push(scheduler.ready.size);
    if (this.samples.length > this.window) this.samples.shift();
    let sum = 0;
    for (const sample of this.samples) sum += sample;
    this.average = sum / this.samples.length;
    return true;
  }

  describe() {
    return `${super.describe()}  average queue ${this.average.toFixed(2)}`;
  }
}

class Scheduler {
  constructor() {
    this.tasks = new Map();
    this.ready = new PriorityQueue();
    this.ticks = 0;
    this.sent = 0;
  }

  add(task) {
    this.tasks.set(task.name, task);
    this.ready.push(task);
    return this;
  }

  send(name, packet) {
    const task = this.tasks.get(name);
    if (task === undefined) throw new Error(`no task ${name}`);
    task.inbox = packet.appendTo(task.inbox);
    this.sent++;
  }

  run(limit) {
    while (this.ready.size > 0 && this.ticks < limit) {
      const round = [];
      while (this.ready.size > 0) {
        const task = this.ready.pop();
        this.ticks++;
        if (task.run(this)) round.push(task);
      }
      for (const task of round) this.ready.push(task);
    }
  }

  report() {
    console.log(`ticks ${this.ticks}, packets ${this.sent}`);
    for (const task of this.tasks.values()) console.log(`  ${task.describe()}`);
  }
}

function build(budget) {
  return new Scheduler()
    .add(new IdleTask('idle', 0, budget))
    .add(new DeviceTask('disk', 100, 'worker'))
    .add(new DeviceTask('network', 90, 'worker'))
    .add(new WorkerTask('worker', 50));
}

const first = build(200);
first.run(2000);
first.report();

const second = build(400).add(new AveragingTask('monitor', 10, 16));
second.run(3000);
second.report();

const worker = second.tasks.get('worker');
console.log(`log ${worker.log.slice(0, 40)} (${worker.log.length})`);
try {
  second.send('printer', new Packet('wake', 1, null));
} catch (error) {
  console.log(`error: ${error.message}`);
}
