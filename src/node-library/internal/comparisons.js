// Deep equality: assert's and util.isDeepStrictEqual.

const { cloneKind } = internalBinding('util');

const tagOf = (v) => Object.prototype.toString.call(v);
const isIndex = (key) => typeof key === 'string' && /^(?:0|[1-9]\d{0,9})$/.test(key);
const enumerable = (o, key) => Object.prototype.propertyIsEnumerable.call(o, key);
const sameNumber = (a, b) => a === b || (a !== a && b !== b);

// mode: 0 loose, 1 strict, 2 strict with a subset of the properties on the expected side
function deepEqual(a, b, mode, seen) {
  const strict = mode > 0;
  if (a === b) return a !== 0 || !strict || Object.is(a, b);
  if (strict) {
    if (typeof a !== 'object') return typeof a === 'number' && a !== a && b !== b;
    if (typeof b !== 'object' || a === null || b === null) return false;
    if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  } else {
    const primitiveA = a === null || (typeof a !== 'object' && typeof a !== 'function');
    const primitiveB = b === null || (typeof b !== 'object' && typeof b !== 'function');
    if (primitiveA || primitiveB) return primitiveA && primitiveB && (a == b || (a !== a && b !== b));
    if (typeof a === 'function' || typeof b === 'function') return false;
  }
  if (tagOf(a) !== tagOf(b)) return false;
  const kind = cloneKind(a);
  if (kind !== cloneKind(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  switch (kind) {
    case 'array': {
      if (mode === 2 ? a.length < b.length : a.length !== b.length) return false;
      const rest = (o) => Reflect.ownKeys(o).filter((key) => !isIndex(key) && enumerable(o, key)).length;
      if (!strict && rest(a) !== rest(b)) return false;
      break;
    }
    case 'date':
      if (!Object.is(Date.prototype.getTime.call(a), Date.prototype.getTime.call(b))) return false;
      break;
    case 'regexp':
      if (a.source !== b.source || a.flags !== b.flags || a.lastIndex !== b.lastIndex) return false;
      break;
    case 'error':
      for (const key of ['message', 'name', 'cause', 'errors']) {
        const own = Object.hasOwn(b, key);
        if (
          mode === 2
            ? own && !Object.hasOwn(a, key)
            : (key === 'cause' || key === 'errors') && own !== Object.hasOwn(a, key)
        )
          return false;
        if ((own || mode !== 2) && !deepEqual(a[key], b[key], mode, seen)) return false;
      }
      break;
    case 'buffer':
      return deepEqual(new Uint8Array(a), new Uint8Array(b), mode, seen);
    case 'view': {
      if (tagOf(a) === '[object DataView]') {
        const bytes = (v) => new Uint8Array(v.buffer, v.byteOffset, v.byteLength);
        if (!deepEqual(bytes(a), bytes(b), mode, seen)) return false;
        break;
      }
      if (a.length !== b.length) return false;
      for (let i = 0; i < a.length; i++) if (strict ? !Object.is(a[i], b[i]) : !sameNumber(a[i], b[i])) return false;
      break;
    }
    case 'wrapper':
      if (typeof a.valueOf() !== typeof b.valueOf() || !Object.is(a.valueOf(), b.valueOf())) return false;
      break;
    case '':
      if (!(strict ? false : tagOf(a) === '[object Arguments]') && tagOf(a) !== '[object Arguments]') return false;
  }
  seen ??= { a: [], b: [] };
  for (let i = seen.a.length - 1; i >= 0; i--)
    if (seen.a[i] === a || seen.b[i] === b) {
      if (seen.a[i] === a && seen.b[i] === b) return true;
    }
  seen.a.push(a);
  seen.b.push(b);
  const result = sameContents(a, b, kind, mode, seen);
  seen.a.pop();
  seen.b.pop();
  return result;
}

function sameContents(a, b, kind, mode, seen) {
  const skipIndices = kind === 'view' && tagOf(a) !== '[object DataView]';
  const keysOf = (o) =>
    Reflect.ownKeys(o).filter(
      (key) => enumerable(o, key) && (mode > 0 || typeof key === 'string') && !(skipIndices && isIndex(key)),
    );
  const keys = keysOf(b);
  if (mode !== 2 && keysOf(a).length !== keys.length) return false;
  for (const key of keys) if (!enumerable(a, key)) return false;
  for (const key of keys) if (!deepEqual(a[key], b[key], mode, seen)) return false;
  if (kind === 'set') return sameSet(a, b, mode, seen);
  if (kind === 'map') return sameMap(a, b, mode, seen);
  return true;
}

function sameSet(a, b, mode, seen) {
  if (mode === 2 ? a.size < b.size : a.size !== b.size) return false;
  const left = [...a];
  for (const value of b) {
    let i = left.findIndex((other) => Object.is(other, value));
    if (i < 0) i = left.findIndex((other) => deepEqual(other, value, mode, seen));
    if (i < 0) return false;
    left.splice(i, 1);
  }
  return true;
}

function sameMap(a, b, mode, seen) {
  if (mode === 2 ? a.size < b.size : a.size !== b.size) return false;
  const left = [...a];
  for (const [key, value] of b) {
    const matches = ([k, v]) => deepEqual(k, key, mode, seen) && deepEqual(v, value, mode, seen);
    let i = left.findIndex((entry) => Object.is(entry[0], key) && matches(entry));
    if (i < 0) i = left.findIndex(matches);
    if (i < 0) return false;
    left.splice(i, 1);
  }
  return true;
}

module.exports = { deepEqual };
