// vm: scripts in this context. A context of its own needs a realm of its own, which is not there: it is refused.

const { validateObject, validateString, validateArray } = require('internal/validators');
const { runScript, compileFunction: compile } = internalBinding('vm');

const nameOf = (options) => (typeof options === 'string' ? options : (options?.filename ?? 'evalmachine.<anonymous>'));
const checkOptions = (options) => {
  if (typeof options === 'string' || options === undefined) return;
  validateObject(options, 'options');
  if (options.filename !== undefined) validateString(options.filename, 'options.filename');
};
const noContext = (name) => {
  const error = new Error(`vm.${name} needs a context of its own, which is not available here`);
  error.code = 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM';
  return error;
};

class Script {
  #source;
  #name;
  constructor(code, options = {}) {
    code = `${code}`;
    checkOptions(options);
    this.#source = code;
    this.#name = nameOf(options);
    runScript(code, this.#name, true);
    this.cachedDataRejected = options?.cachedData === undefined ? undefined : true;
    this.sourceMapURL = /\/\/[#@] ?sourceMappingURL=(\S+)\s*$/.exec(code)?.[1];
  }
  runInThisContext(options) {
    checkOptions(options);
    return runScript(this.#source, this.#name, false);
  }
  runInContext() {
    throw noContext('Script.runInContext');
  }
  runInNewContext(contextObject) {
    return runInNewContext(this.#source, contextObject, this.#name);
  }
  createCachedData() {
    return Buffer.alloc(0);
  }
}

const contexts = new WeakSet();
function createContext(contextObject = {}) {
  if (contextObject === module.exports.constants.DONT_CONTEXTIFY) contextObject = {};
  validateObject(contextObject, 'contextObject', { allowFunction: true });
  contexts.add(contextObject);
  return contextObject;
}
function isContext(object) {
  validateObject(object, 'object', { allowArray: true, allowFunction: true });
  return contexts.has(object);
}
function runInThisContext(code, options) {
  return new Script(code, options).runInThisContext(options);
}
function runInContext(_code, contextifiedObject) {
  validateObject(contextifiedObject, 'contextifiedObject', { allowFunction: true });
  throw noContext('runInContext');
}
function runInNewContext() {
  throw noContext('runInNewContext');
}
function compileFunction(code, params, options = {}) {
  validateString(code, 'code');
  if (params !== undefined) {
    validateArray(params, 'params');
    params.forEach((param, i) => void validateString(param, `params[${i}]`));
  }
  return compile(code, nameOf(options.filename ?? ''), params ?? []);
}
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
    throw noContext('measureMemory');
  },
  constants: Object.freeze({
    __proto__: null,
    USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol('vm_dynamic_import_main_context_default'),
    DONT_CONTEXTIFY: Symbol('vm_context_no_contextify'),
  }),
};
