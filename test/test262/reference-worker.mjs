// Runs conformance tests in the reference V8, which comes as Node: each in a realm of its own (an ordinary one, without the
// interceptors of contexts that are made from objects). With the argument `main` the test gets the process's own realm, once, and
// its modules are loaded by Node: what remains then is V8's. As a thread it is an agent.

import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import vm from 'node:vm';
import {
  isMainThread,
  MessageChannel,
  parentPort,
  receiveMessageOnPort,
  Worker,
  workerData,
} from 'node:worker_threads';

/** Words of what an agent shares with its parent. */
const running = 0;
const received = 1;
/** Milliseconds that an asynchronous test may take. */
const patience = 10_000;

// ---- Agents ----

function beAgent({ source, control, port }) {
  globalThis.$262 = {
    agent: {
      receiveBroadcast(callback) {
        // stays, so that the thread waits for what is asynchronous
        parentPort.on('message', ({ buffer, number }) => {
          Atomics.add(control, received, 1);
          Atomics.notify(control, received);
          callback(buffer, number);
        });
      },
      report: (message) => port.postMessage(String(message)),
      sleep: (milliseconds) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds),
      leaving: () => undefined,
      monotonicNow: () => performance.now(),
    },
  };
  Atomics.store(control, running, 1);
  Atomics.notify(control, running);
  vm.runInThisContext(source);
}

function agentsOf(setTimeout) {
  const agents = [];
  return {
    stop: () => {
      for (const { worker } of agents) void worker.terminate();
    },
    hook: {
      start(source) {
        const control = new Int32Array(new SharedArrayBuffer(8));
        const { port1, port2 } = new MessageChannel();
        const worker = new Worker(fileURLToPath(import.meta.url), {
          workerData: { source: String(source), control, port: port2 },
          transferList: [port2],
        });
        worker.on('error', () => undefined);
        agents.push({ worker, control, port: port1 });
        Atomics.wait(control, running, 0);
      },
      broadcast(buffer, number) {
        for (const { worker, control } of agents) {
          worker.postMessage({ buffer, number });
          Atomics.wait(control, received, 0, patience);
        }
      },
      getReport() {
        for (const { port } of agents) {
          const report = receiveMessageOnPort(port);
          if (report !== undefined) return report.message;
        }
        return null;
      },
      sleep: (milliseconds) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds),
      monotonicNow: () => performance.now(),
      setTimeout,
    },
  };
}

// ---- Realms ----

const inMain = process.argv[2] === 'main';
const harness = new Map();

function natives() {
  setFlagsFromString('--allow-natives-syntax');
  const detach = new Function('buffer', '%ArrayBufferDetach(buffer)');
  const undetectable = new Function('return %GetUndetectable()');
  setFlagsFromString('--no-allow-natives-syntax');
  return { detach, undetectable };
}
const { detach, undetectable } = isMainThread ? natives() : {};

class Realm {
  constructor(dir, print, isMain) {
    this.isMain = isMain;
    this.global = isMain ? globalThis : vm.createContext(vm.constants.DONT_CONTEXTIFY);
    this.modules = new Map();
    this.dir = dir;
    this.agents = agentsOf(setTimeout);
    this.inner = [];
    const hooks = {
      global: this.global,
      createRealm: () => {
        const realm = new Realm(dir, print, false);
        this.inner.push(realm);
        return realm.global.$262;
      },
      evalScript: (source) => this.run(this.compile(String(source), path.join(dir, 'evalScript.js'))),
      gc: () => globalThis.gc(),
      detachArrayBuffer: (buffer) => detach(buffer),
      IsHTMLDDA: undetectable(),
      agent: this.agents.hook,
    };
    for (const [name, value] of Object.entries({ $262: hooks, print, setTimeout }))
      Object.defineProperty(this.global, name, { value, writable: true, configurable: true, enumerable: false });
  }

  /** An error of this process's realm, as one of this one. */
  translated(error) {
    if (this.isMain || !(error instanceof Error)) return error;
    const type = this.global[error.constructor.name] ?? this.global.Error;
    return new type(error.message);
  }

  compile(source, filename) {
    const importModuleDynamically = this.isMain
      ? vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
      : (specifier, _script, attributes) => this.importDynamically(specifier, filename, attributes);
    try {
      return new vm.Script(source, { filename, importModuleDynamically });
    } catch (error) {
      throw this.translated(error);
    }
  }

  run(script) {
    return this.isMain ? script.runInThisContext() : script.runInContext(this.global);
  }

  async importDynamically(specifier, referrer, attributes) {
    try {
      const module = this.module(path.resolve(path.dirname(referrer), specifier), attributes);
      await this.link(module);
      await module.evaluate();
      return module;
    } catch (error) {
      throw this.translated(error);
    }
  }

  link(module) {
    return module.link((specifier, referrer, { attributes }) =>
      this.module(path.resolve(path.dirname(referrer.identifier), specifier), attributes),
    );
  }

  module(file, attributes = {}, source = undefined) {
    const key = `${attributes.type ?? ''} ${file}`;
    const known = this.modules.get(key);
    if (known !== undefined) return known;
    const text = source ?? readFileSync(file, 'utf8');
    const made =
      attributes.type === 'json'
        ? this.jsonModule(file, text)
        : new vm.SourceTextModule(text, {
            identifier: file,
            context: this.global,
            importModuleDynamically: (specifier, _module, given) => this.importDynamically(specifier, file, given),
          });
    this.modules.set(key, made);
    return made;
  }

  jsonModule(file, text) {
    const value = this.global.JSON.parse(text);
    return new vm.SyntheticModule(
      ['default'],
      function () {
        this.setExport('default', value);
      },
      { identifier: file, context: this.global },
    );
  }

  stop() {
    this.agents.stop();
    for (const realm of this.inner) realm.stop();
  }
}

// ---- Tests ----

const nameOf = (error) => error?.constructor?.name ?? String(error);
const textOf = (error) => {
  try {
    return error?.message === undefined ? String(error) : `${nameOf(error)}: ${error.message}`;
  } catch {
    return 'an exception that cannot be shown';
  }
};

async function runModule(realm, file, source, enter) {
  if (inMain) {
    registerHooks({
      load(url, context, next) {
        if (context.importAttributes?.type !== undefined || !url.endsWith('.js')) return next(url, context);
        return { format: 'module', source: readFileSync(fileURLToPath(url), 'utf8'), shortCircuit: true };
      },
    });
    await import(pathToFileURL(file).href);
    return;
  }
  const module = realm.module(file, {}, source);
  enter('resolution');
  await realm.link(module);
  enter('runtime');
  await module.evaluate();
}

async function runMode(job, strict) {
  let phase = 'harness';
  let finished;
  const completion = new Promise((resolve) => {
    finished = resolve;
  });
  const print = (text) => {
    if (String(text).startsWith('Test262:Async')) finished(String(text));
  };
  const file = path.join(job.dir, 'test', job.name);
  const realm = new Realm(job.dir, print, inMain);
  try {
    for (const name of job.includes) {
      let script = harness.get(name);
      if (script === undefined) {
        script = new vm.Script(readFileSync(path.join(job.dir, 'harness', name), 'utf8'), { filename: name });
        harness.set(name, script);
      }
      realm.run(script);
    }
    const source = readFileSync(file, 'utf8');
    phase = 'parse';
    if (job.module) {
      await runModule(realm, file, source, (next) => {
        phase = next;
      });
    } else {
      const script = realm.compile(strict ? `'use strict';\n${source}` : source, file);
      phase = 'runtime';
      realm.run(script);
    }
    if (job.negative !== undefined) return `expected ${job.negative.type} (${job.negative.phase})`;
    if (!job.async) return undefined;
    const timer = setTimeout(finished, patience, 'no completion');
    const said = await completion;
    clearTimeout(timer);
    return said === 'Test262:AsyncTestComplete' ? undefined : said;
  } catch (error) {
    const early = (name) => name === 'parse' || name === 'resolution';
    const { negative } = job;
    // Node's loader does both before it answers
    const isPhase = phase === negative?.phase || (job.module && early(phase) && (inMain || early(negative?.phase)));
    if (negative !== undefined && phase !== 'harness' && isPhase && nameOf(error) === negative.type) return undefined;
    return `${phase}: ${textOf(error)}`;
  } finally {
    realm.stop();
  }
}

if (!isMainThread) beAgent(workerData);
else {
  process.on('unhandledRejection', () => undefined);
  process.on('uncaughtException', () => undefined);
  process.on('message', async (job) => {
    let why;
    for (const strict of job.modes) why ??= await runMode(job, strict);
    process.send({ why });
  });
}
