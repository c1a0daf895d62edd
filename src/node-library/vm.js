// vm: scripts in this context and in others. A context is a realm, whose globals are a sandbox's (internal/vm.js).

const { codes } = require('internal/errors');
const {
  validateArray,
  validateBoolean,
  validateBuffer,
  validateFunction,
  validateInt32,
  validateObject,
  validateOneOf,
  validateString,
  validateUint32,
} = require('internal/validators');
const { trapsOf } = require('internal/vm');
const { compileFunction: compile, compileScript, makeContext, runScript } = internalBinding('vm');

const mainContext = { index: -1, ownJobs: false };
const constants = Object.freeze({
  __proto__: null,
  USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol('vm_dynamic_import_main_context_default'),
  DONT_CONTEXTIFY: Symbol('vm_context_no_contextify'),
});
const parsingContext = Symbol('the context that a text is compiled in');

/** By sandbox; a context without one, by its global. */
const contexts = new WeakMap();
let nextContext = 1;

const optional = (value, validate, ...more) => {
  if (value !== undefined) validate(value, ...more);
};

/** Whose import() is that of a text: nobody's, a function's (which the loader refuses), or that of the file it is called. */
const referrerOf = (importModuleDynamically, filename) => {
  if (importModuleDynamically === undefined) return 'vm:';
  if (importModuleDynamically === constants.USE_MAIN_CONTEXT_DEFAULT_LOADER) return filename;
  validateFunction(importModuleDynamically, 'options.importModuleDynamically');
  return 'vm:function';
};

/** The text as if it began elsewhere. */
const shifted = (code, line, column) => `${'\n'.repeat(Math.max(line, 0))}${' '.repeat(Math.max(column, 0))}${code}`;

class Script {
  #code;
  constructor(code, options = {}) {
    code = `${code}`;
    if (typeof options === 'string') options = { filename: options };
    else validateObject(options, 'options');
    const { filename = 'evalmachine.<anonymous>', lineOffset = 0, columnOffset = 0, cachedData } = options;
    const { produceCachedData = false, importModuleDynamically } = options;
    validateString(filename, 'options.filename');
    validateInt32(lineOffset, 'options.lineOffset');
    validateInt32(columnOffset, 'options.columnOffset');
    optional(cachedData, validateBuffer, 'options.cachedData');
    validateBoolean(produceCachedData, 'options.produceCachedData');
    const context = contexts.get(options[parsingContext]) ?? mainContext;
    const referrer = referrerOf(importModuleDynamically, filename);
    this.#code = compileScript(shifted(code, lineOffset, columnOffset), filename, context.index, referrer);
    this.cachedDataRejected = cachedData === undefined ? undefined : true;
    this.sourceMapURL = /\/\/[#@] ?sourceMappingURL=(\S+)\s*$/.exec(code)?.[1];
  }
  runInThisContext(options) {
    return runScript(this.#code, ...howToRun(mainContext, options));
  }
  runInContext(contextifiedObject, options) {
    return runScript(this.#code, ...howToRun(contextOf(contextifiedObject), options));
  }
  runInNewContext(contextObject, options) {
    return this.runInContext(createContext(contextObject, contextOptions(options)), options);
  }
  createCachedData() {
    return Buffer.alloc(0);
  }
}

/** Where, for how long, with whose jobs. */
const howToRun = ({ index, ownJobs }, options = {}) => {
  validateObject(options, 'options');
  const { timeout, displayErrors = true, breakOnSigint = false } = options;
  optional(timeout, validateUint32, 'options.timeout', true);
  validateBoolean(displayErrors, 'options.displayErrors');
  validateBoolean(breakOnSigint, 'options.breakOnSigint');
  return [index, timeout ?? -1, ownJobs];
};

const contextOf = (contextifiedObject) => {
  if (!isContext(contextifiedObject))
    throw new codes.ERR_INVALID_ARG_TYPE('contextifiedObject', 'vm.Context', contextifiedObject);
  return contexts.get(contextifiedObject);
};

/** The options of a context among those of running in a new one. */
const contextOptions = (options) => {
  if (!options) return {};
  const { contextName, contextOrigin, contextCodeGeneration, microtaskMode } = options;
  optional(contextName, validateString, 'options.contextName');
  optional(contextOrigin, validateString, 'options.contextOrigin');
  if (contextCodeGeneration) {
    validateObject(contextCodeGeneration, 'options.contextCodeGeneration');
    optional(contextCodeGeneration.strings, validateBoolean, 'options.contextCodeGeneration.strings');
    optional(contextCodeGeneration.wasm, validateBoolean, 'options.contextCodeGeneration.wasm');
  }
  optional(microtaskMode, validateString, 'options.microtaskMode');
  return { name: contextName, origin: contextOrigin, codeGeneration: contextCodeGeneration, microtaskMode };
};

function createContext(contextObject = {}, options = {}) {
  const isVanilla = contextObject === constants.DONT_CONTEXTIFY;
  if (!isVanilla && isContext(contextObject)) return contextObject;
  validateObject(options, 'options');
  const { name = `VM Context ${nextContext++}`, origin, codeGeneration = {}, microtaskMode } = options;
  validateString(name, 'options.name');
  optional(origin, validateString, 'options.origin');
  validateObject(codeGeneration, 'options.codeGeneration');
  const { strings = true, wasm = true } = codeGeneration;
  validateBoolean(strings, 'options.codeGeneration.strings');
  validateBoolean(wasm, 'options.codeGeneration.wasm');
  validateOneOf(microtaskMode, 'options.microtaskMode', ['afterEvaluate', undefined]);
  let global;
  const traps = isVanilla ? undefined : trapsOf(contextObject, () => global);
  const made = makeContext(traps, contextObject, strings);
  global = made[1];
  if (!isVanilla) tagAs(global, contextObject);
  const key = isVanilla ? global : contextObject;
  contexts.set(key, { index: made[0], ownJobs: microtaskMode === 'afterEvaluate' });
  return key;
}

/** The global is called as the sandbox is. */
const tagAs = (global, sandbox) => {
  const value = Object.getPrototypeOf(sandbox)?.constructor?.name;
  if (typeof value === 'string' && value !== '' && value !== 'Object')
    Object.defineProperty(global, Symbol.toStringTag, { value, writable: true, configurable: true });
};

function isContext(object) {
  validateObject(object, 'object', { allowArray: true });
  return contexts.has(object);
}
const withContext = (options, contextObject) => ({
  ...(typeof options === 'string' ? { filename: options } : options),
  [parsingContext]: contextObject,
});

function runInThisContext(code, options) {
  if (typeof options === 'string') options = { filename: options };
  return new Script(code, options).runInThisContext(options);
}
function runInContext(code, contextifiedObject, options) {
  contextOf(contextifiedObject);
  options = withContext(options, contextifiedObject);
  return new Script(code, options).runInContext(contextifiedObject, options);
}
function runInNewContext(code, contextObject, options) {
  if (typeof options === 'string') options = { filename: options };
  const context = createContext(contextObject, contextOptions(options));
  options = withContext(options, context);
  return new Script(code, options).runInContext(context, options);
}
function compileFunction(code, params = [], options = {}) {
  validateString(code, 'code');
  validateArray(params, 'params');
  params.forEach((param, i) => void validateString(param, `params[${i}]`));
  const { filename = '', lineOffset = 0, columnOffset = 0, contextExtensions = [], parsingContext: context } = options;
  const referrer = referrerOf(options.importModuleDynamically, filename);
  validateString(filename, 'options.filename');
  validateInt32(lineOffset, 'options.lineOffset');
  validateInt32(columnOffset, 'options.columnOffset');
  validateArray(contextExtensions, 'options.contextExtensions');
  if (contextExtensions.length > 0) throw notHere('options.contextExtensions');
  if (context !== undefined && !isContext(context))
    throw new codes.ERR_INVALID_ARG_TYPE('options.parsingContext', 'Context', context);
  const { index } = contexts.get(context) ?? mainContext;
  return compile(shifted(code, lineOffset, columnOffset), filename, params, index, referrer);
}
const notHere = (name) => {
  const error = new Error(`vm: ${name} is not available here`);
  error.code = 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM';
  return error;
};
module.exports = {
  Script,
  createContext,
  createScript: (code, options) => new Script(code, options),
  runInContext,
  runInNewContext,
  runInThisContext,
  isContext,
  compileFunction,
  measureMemory: async () => {
    throw notHere('measureMemory');
  },
  constants,
};
