const { validateString } = require('internal/validators');
const { cloneWithTransfer } = require('internal/structured_clone');
const binding = internalBinding('process');

const heapStatistics = () => {
  const { total, used, limit, spaces } = binding.memory();
  const code = spaces.find(({ name }) => name === 'code_space');
  return {
    total_heap_size: total,
    total_heap_size_executable: code.size,
    total_physical_size: total,
    total_available_size: limit - used,
    used_heap_size: used,
    heap_size_limit: limit,
    malloced_memory: 0,
    peak_malloced_memory: 0,
    does_zap_garbage: 0,
    number_of_native_contexts: 1,
    number_of_detached_contexts: 0,
    total_global_handles_size: 0,
    used_global_handles_size: 0,
    external_memory: 0,
  };
};

const refuse = (name) => {
  const error = new Error(`v8.${name} is not available here`);
  error.code = 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM';
  throw error;
};

/** Values as bytes: JSON of a tagged form, which only `deserialize` reads. */
const tagged = (value) => {
  const seen = new Map();
  const visit = (v) => {
    if (typeof v === 'bigint') return ['n', `${v}`];
    if (v === undefined) return ['u'];
    if (typeof v === 'number' && (!Number.isFinite(v) || Object.is(v, -0)))
      return ['f', Object.is(v, -0) ? '-0' : `${v}`];
    if (typeof v !== 'object' || v === null) return ['v', v];
    if (seen.has(v)) return ['r', seen.get(v)];
    seen.set(v, seen.size);
    const { kind } = internalBinding('util');
    switch (kind(v)) {
      case 'Array':
        return ['a', Array.from(v, visit)];
      case 'Date':
        return ['d', v.getTime()];
      case 'RegExp':
        return ['x', v.source, v.flags];
      case 'Map':
        return ['m', [...v].map(([key, item]) => [visit(key), visit(item)])];
      case 'Set':
        return ['s', [...v].map(visit)];
      case 'Error':
        return ['e', v.name, v.message, v.stack];
      case 'ArrayBuffer':
        return ['b', Buffer.from(v).toString('base64')];
      case 'TypedArray':
      case 'DataView':
        return [
          't',
          Buffer.isBuffer(v) ? 'Buffer' : Object.prototype.toString.call(v).slice(8, -1),
          Buffer.from(v.buffer, v.byteOffset, v.byteLength).toString('base64'),
        ];
      case 'Primitive':
        return ['p', visit(v.valueOf())];
      default:
        return ['o', Object.keys(v).map((key) => [key, visit(v[key])])];
    }
  };
  return visit(value);
};
const untagged = (tree) => {
  const seen = [];
  const keep = (value) => {
    seen.push(value);
    return value;
  };
  const visit = ([tag, a, b, c]) => {
    switch (tag) {
      case 'n':
        return BigInt(a);
      case 'u':
        return undefined;
      case 'f':
        return Number(a);
      case 'v':
        return a;
      case 'r':
        return seen[a];
      case 'a': {
        const list = keep([]);
        for (const item of a) list.push(visit(item));
        return list;
      }
      case 'd':
        return keep(new Date(a));
      case 'x':
        return keep(new RegExp(a, b));
      case 'm': {
        const map = keep(new Map());
        for (const [key, item] of a) map.set(visit(key), visit(item));
        return map;
      }
      case 's': {
        const set = keep(new Set());
        for (const item of a) set.add(visit(item));
        return set;
      }
      case 'e': {
        const error = keep(new (globalThis[a] ?? Error)(b));
        Object.defineProperty(error, 'stack', { value: c, writable: true, configurable: true });
        return error;
      }
      case 'b': {
        const bytes = Buffer.from(a, 'base64');
        return keep(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
      }
      case 't': {
        const bytes = Buffer.from(b, 'base64');
        if (a === 'Buffer') return keep(bytes);
        return keep(new globalThis[a](bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)));
      }
      case 'p':
        return keep(Object(visit(a)));
      default: {
        const object = keep({});
        for (const [key, item] of a) object[key] = visit(item);
        return object;
      }
    }
  };
  return visit(tree);
};
const header = Buffer.from([0xff, 0x0f]);
function serialize(value) {
  const { result } = cloneWithTransfer(value, []);
  return Buffer.concat([header, Buffer.from(JSON.stringify(tagged(result)))]);
}
function deserialize(buffer) {
  if (!ArrayBuffer.isView(buffer)) throw new TypeError('buffer must be a TypedArray or a DataView');
  const bytes = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  try {
    return untagged(JSON.parse(bytes.toString('utf8', 2)));
  } catch {
    throw new Error('Unable to deserialize cloned data.');
  }
}
class Serializer {
  #values = [];
  writeHeader() {}
  writeValue(value) {
    this.#values.push(value);
    return true;
  }
  releaseBuffer() {
    return serialize(this.#values);
  }
}
class Deserializer {
  #values;
  constructor(buffer) {
    this.#values = deserialize(buffer);
  }
  readHeader() {
    return true;
  }
  readValue() {
    return this.#values.shift();
  }
}

module.exports = {
  cachedDataVersionTag: () => 0,
  getHeapSnapshot: () => refuse('getHeapSnapshot'),
  getHeapStatistics: heapStatistics,
  getHeapSpaceStatistics: () =>
    binding.memory().spaces.map(({ name, size, used }) => ({
      space_name: name,
      space_size: size,
      space_used_size: used,
      space_available_size: size - used,
      physical_space_size: size,
    })),
  getHeapCodeStatistics: () => ({
    code_and_metadata_size: 0,
    bytecode_and_metadata_size: 0,
    external_script_source_size: 0,
    cpu_profiler_metadata_size: 0,
  }),
  getCppHeapStatistics: () => refuse('getCppHeapStatistics'),
  setFlagsFromString: (flags) => validateString(flags, 'flags'),
  Serializer,
  Deserializer,
  DefaultSerializer: class DefaultSerializer extends Serializer {},
  DefaultDeserializer: class DefaultDeserializer extends Deserializer {},
  deserialize,
  takeCoverage() {},
  stopCoverage() {},
  serialize,
  writeHeapSnapshot: () => refuse('writeHeapSnapshot'),
  promiseHooks: {
    createHook: () => () => {},
    onInit: () => () => {},
    onBefore: () => () => {},
    onAfter: () => () => {},
    onSettled: () => () => {},
  },
  queryObjects: () => refuse('queryObjects'),
  startupSnapshot: {
    addDeserializeCallback() {},
    addSerializeCallback() {},
    setDeserializeMainFunction() {},
    isBuildingSnapshot: () => false,
  },
  setHeapSnapshotNearHeapLimit() {},
  isStringOneByteRepresentation: (content) => {
    validateString(content, 'content');
    return !/[^\0-\xff]/.test(content);
  },
  startCpuProfile: () => refuse('startCpuProfile'),
  GCProfiler: class GCProfiler {
    start() {}
    stop() {
      return { version: 1, startTime: 0, statistics: [], endTime: 0 };
    }
  },
};
