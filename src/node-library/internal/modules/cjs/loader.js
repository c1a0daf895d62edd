// The CommonJS loader, in JavaScript: what runs between a program's `require` and a file's code is the program's to see and to patch
// (`Module._load`, `require.extensions`, `require.cache` …), so it is made of objects of the realm. What it asks of the
// host (resolution, files, compilation) comes in as `host` (src/engine/node/commonjs-loader.ts).
//
// Invariant: a module is in `Module._cache` from before its code runs; one whose loading threw is taken out again.

module.exports = (host) => {
  const { defineProperty, keys, create, freeze, getPrototypeOf, setPrototypeOf, hasOwn } = Object;
  const { isArray } = Array;
  const { getOwnPropertyDescriptor } = Reflect;
  const JSONParse = JSON.parse;
  const call = Function.prototype.call.bind(Function.prototype.call);
  /** undefined while no program has asked for it: to load it takes time. */
  let process;
  let mainModule;
  const setMainModule = (module) => {
    mainModule = module;
    if (process !== undefined) setOwn(process, 'mainModule', module);
  };
  const ObjectPrototype = Object.prototype;
  const kIsMainSymbol = Symbol('kIsMainSymbol');
  const kIsCachedByESMLoader = Symbol('kIsCachedByESMLoader');
  const kURL = Symbol('kURL');
  const kFormat = Symbol('kFormat');
  const kIsExecuting = Symbol('kIsExecuting');
  /** What Node keeps in private symbols of the module. */
  const states = new WeakMap();
  const getState = states.get.bind(states);
  const setState = states.set.bind(states);

  const setOwn = (object, key, value) =>
    defineProperty(object, key, { __proto__: null, configurable: true, enumerable: true, writable: true, value });
  const hidden = (object, key, value) =>
    defineProperty(object, key, { __proto__: null, configurable: true, enumerable: false, writable: true, value });

  // --- errors ------------------------------------------------------------------------------------------------------------

  const nodeErrorPrototypes = new Map();
  const nodeErrorPrototype = (Base, code) => {
    const key = Base.name + code;
    let prototype = nodeErrorPrototypes.get(key);
    if (prototype === undefined) {
      prototype = create(Base.prototype);
      hidden(prototype, 'constructor', Base);
      hidden(prototype, 'toString', function toString() {
        return `${this.name} [${code}]: ${this.message}`;
      });
      nodeErrorPrototypes.set(key, prototype);
    }
    return prototype;
  };
  const bases = { __proto__: null, Error, TypeError, RangeError, SyntaxError };

  /** plain: the code is only a property. properties: names and values in turn. */
  const makeError = (kind, code, message, plain, properties, messageFirst) => {
    const Base = bases[kind];
    const error = new Base(plain ? message : undefined);
    if (plain) error.code = code;
    else {
      setPrototypeOf(error, nodeErrorPrototype(Base, code));
      if (messageFirst) hidden(error, 'message', message);
      error.code = code;
      if (!messageFirst) hidden(error, 'message', message);
      hidden(error, 'name', `${Base.name} [${code}]`);
      error.stack;
      delete error.name;
    }
    // inspection takes an error without frames for one without a stack
    if (typeof error.stack === 'string' && !host.hasFrames(error.stack))
      error.stack += '\n    at node:internal/modules/esm/loader';
    for (let i = 0; i < properties.length; i += 2) setOwn(error, properties[i], properties[i + 1]);
    return error;
  };

  const received = (value) => {
    if (value === null || value === undefined) return `Received ${value}`;
    if (typeof value === 'function') return `Received function ${value.name}`;
    if (typeof value === 'object') {
      const name = value.constructor?.name;
      return name ? `Received an instance of ${name}` : `Received ${host.inspect(value)}`;
    }
    return `Received type ${typeof value} (${host.inspect(value)})`;
  };
  const invalidType = (name, expected, value) =>
    makeError(
      'TypeError',
      'ERR_INVALID_ARG_TYPE',
      `The "${name}" argument must be ${expected}. ${received(value)}`,
      false,
      [],
    );
  const invalidValue = (name, value, reason = 'is invalid') => {
    const kind = name === 'options.paths' ? 'property' : 'argument';
    const message = `The ${kind} '${name}' ${reason}. Received ${host.inspect(value)}`;
    return makeError('TypeError', 'ERR_INVALID_ARG_VALUE', message, false, []);
  };
  const validateString = (value, name) => {
    if (typeof value !== 'string') throw invalidType(name, 'of type string', value);
  };
  const unknownBuiltin = (id) =>
    makeError('Error', 'ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${id}`, false, []);

  const requireStackOf = (parent) => {
    const stack = [];
    for (let cursor = parent; cursor; cursor = getState(cursor)?.firstParent)
      stack[stack.length] = cursor.filename || cursor.id;
    return stack;
  };
  const stackText = (stack) => {
    let text = stack.length > 0 ? '\nRequire stack:' : '';
    for (let i = 0; i < stack.length; i++) text += `\n- ${stack[i]}`;
    return text;
  };

  // --- modules -----------------------------------------------------------------------------------------------------------

  function updateChildren(parent, child, scan) {
    const children = parent?.children;
    if (!children) return;
    if (scan) for (let i = 0; i < children.length; i++) if (children[i] === child) return;
    children[children.length] = child;
  }

  function Module(id = '', parent) {
    this.id = id;
    this.path = host.dirname(id);
    setOwn(this, 'exports', {});
    setState(this, {
      firstParent: parent,
      lastParent: parent,
      source: undefined,
      exportNames: undefined,
      exported: undefined,
      visited: false,
      required: false,
    });
    updateChildren(parent, this, false);
    this.filename = null;
    this.loaded = false;
    this.children = [];
  }
  const stateOf = (module) => {
    let state = getState(module);
    // an object that is no Module, put into the cache by the program
    if (state === undefined) {
      state = {};
      setState(module, state);
    }
    return state;
  };

  let readPackage = (path) => host.readPackage(path);
  const statProperty = { __proto__: null, configurable: true };
  let stat = host.stat;
  defineProperty(Module, '_stat', {
    ...statProperty,
    get() {
      return stat;
    },
    set(value) {
      stat = value;
      return true;
    },
  });
  Module._cache = { __proto__: null };
  Module._pathCache = { __proto__: null };
  Module._extensions = { __proto__: null };
  Module.globalPaths = [];

  let patched = false;
  let wrap = (script) => Module.wrapper[0] + script + Module.wrapper[1];
  let wrapper = new Proxy(['(function (exports, require, module, __filename, __dirname) { ', '\n});'], {
    __proto__: null,
    set(target, key, value, receiver) {
      patched = true;
      return Reflect.set(target, key, value, receiver);
    },
    defineProperty(target, key, descriptor) {
      patched = true;
      return defineProperty(target, key, descriptor);
    },
  });
  defineProperty(Module, 'wrap', {
    __proto__: null,
    get() {
      return wrap;
    },
    set(value) {
      patched = true;
      wrap = value;
    },
  });
  defineProperty(Module, 'wrapper', {
    __proto__: null,
    get() {
      return wrapper;
    },
    set(value) {
      patched = true;
      wrapper = value;
    },
  });
  Module._debug = () => {};
  Module.isBuiltin = function isBuiltin(id) {
    return host.builtinId(id) !== undefined;
  };
  defineProperty(Module, '_readPackage', {
    ...statProperty,
    get() {
      return readPackage;
    },
    set(value) {
      readPackage = value;
      return true;
    },
  });
  defineProperty(Module.prototype, 'constructor', {
    __proto__: null,
    get() {
      return Module;
    },
    configurable: false,
    enumerable: false,
  });
  defineProperty(Module.prototype, 'isPreloading', {
    __proto__: null,
    get() {
      return false;
    },
  });
  defineProperty(Module.prototype, 'parent', {
    __proto__: null,
    get() {
      return stateOf(this).firstParent;
    },
    set(value) {
      stateOf(this).firstParent = value;
    },
  });

  // --- resolution --------------------------------------------------------------------------------------------------------

  const isRelative = (request) =>
    request[0] === '.' &&
    (request.length === 1 || request === '..' || request[1] === '/' || (request[1] === '.' && request[2] === '/'));

  Module._findPath = (request, paths, _isMain) => {
    if (request[0] !== '/' && (!paths || paths.length === 0)) return false;
    const cacheKey = `${request}\x00${request[0] === '/' ? '' : host.join(paths, '\x00')}`;
    const known = Module._pathCache[cacheKey];
    if (known) return known;
    if (request[0] !== '/')
      for (let i = 0; i < paths.length; i++)
        if (typeof paths[i] !== 'string') throw invalidType('paths', 'array of strings', paths);
    const found = host.findPath(request, request[0] === '/' ? [''] : paths, keys(Module._extensions));
    if (found === undefined) return false;
    Module._pathCache[cacheKey] = found;
    return found;
  };

  Module._nodeModulePaths = (from) => host.nodeModulePaths(from);

  Module._resolveLookupPaths = (request, parent) => {
    if (host.builtinId(request) !== undefined) return null;
    if (request[0] !== '.' || (request.length > 1 && request[1] !== '.' && request[1] !== '/')) {
      const own = parent?.paths;
      const paths = own?.length ? [...own, ...Module.globalPaths] : [...Module.globalPaths];
      return paths.length > 0 ? paths : null;
    }
    if (!parent?.id || !parent.filename) return ['.'];
    return [host.dirname(parent.filename)];
  };

  Module._resolveFilename = (request, parent, isMain, options) => {
    if (host.builtinId(request) !== undefined) return request;
    let paths;
    if (typeof options === 'object' && options !== null && options.paths !== undefined) {
      if (!isArray(options.paths)) throw invalidValue('options.paths', options.paths);
      if (isRelative(request)) paths = options.paths;
      else {
        const fake = new Module('', null);
        paths = [];
        for (let i = 0; i < options.paths.length; i++) {
          fake.paths = Module._nodeModulePaths(options.paths[i]);
          const folders = Module._resolveLookupPaths(request, fake);
          for (let j = 0; j < folders.length; j++) {
            let isKnown = false;
            for (let k = 0; k < paths.length; k++) isKnown ||= paths[k] === folders[j];
            if (!isKnown) paths[paths.length] = folders[j];
          }
        }
      }
    } else paths = Module._resolveLookupPaths(request, parent);
    const parentPath = parent?.filename;
    if (parentPath) {
      if (request[0] === '#') {
        const found = host.findImport(request, parentPath);
        if (found !== undefined) return found;
      }
      const found = host.findSelf(request, parentPath);
      if (found !== undefined) {
        Module._pathCache[`${request}\x00${host.join(paths ?? [], '\x00')}`] = found;
        return found;
      }
    }
    const filename = Module._findPath(request, paths, isMain);
    if (filename) return filename;
    if (parentPath) {
      const found = host.findTypeScript(request, parentPath);
      if (found !== undefined) return found;
    }
    const requireStack = requireStackOf(parent);
    const message = `Cannot find module '${request}'${stackText(requireStack)}`;
    throw makeError('Error', 'MODULE_NOT_FOUND', message, true, ['requireStack', requireStack]);
  };

  // --- loading -----------------------------------------------------------------------------------------------------------

  const warnOfCycle = (property) =>
    host.emitWarning(
      `Accessing non-existent property '${String(property)}' of module exports inside circular dependency`,
    );
  /** The prototype of exports that are handed out unfinished: says so when something is missing. */
  const cycleWarner = new Proxy(
    {},
    {
      __proto__: null,
      get(target, property) {
        if (property in target || property === '__esModule') return target[property];
        warnOfCycle(property);
        return undefined;
      },
      getOwnPropertyDescriptor(target, property) {
        if (hasOwn(target, property) || property === '__esModule') return getOwnPropertyDescriptor(target, property);
        warnOfCycle(property);
        return undefined;
      },
    },
  );
  const isPlain = (exports, prototype) => {
    if (exports === null || (typeof exports !== 'object' && typeof exports !== 'function') || host.isProxy(exports))
      return false;
    return getPrototypeOf(exports) === prototype;
  };
  const exportsInCycle = (module) => {
    const state = stateOf(module);
    if (state.required && host.isRunningModule(module.filename)) {
      const parent = state.lastParent;
      const message = `Cannot require() ES Module ${module.id} in a cycle.${parent ? ` (from ${parent.filename})` : ''}`;
      throw makeError('Error', 'ERR_REQUIRE_CYCLE_MODULE', message, false, []);
    }
    if (isPlain(module.exports, ObjectPrototype) && !module.exports.__esModule)
      setPrototypeOf(module.exports, cycleWarner);
    return module.exports;
  };

  const relativeCache = { __proto__: null };

  Module._load = (request, parent, isMain) => {
    let relativeKey;
    if (parent) {
      relativeKey = `${parent.path}\x00${request}`;
      const filename = relativeCache[relativeKey];
      if (filename !== undefined) {
        const known = Module._cache[filename];
        if (known !== undefined) {
          updateChildren(parent, known, true);
          return known.loaded ? known.exports : exportsInCycle(known);
        }
        delete relativeCache[relativeKey];
      }
    }
    let filename;
    if (host.hasNodeScheme(request)) {
      const id = host.builtinId(request);
      if (id === undefined) throw unknownBuiltin(request);
      return host.requireBuiltin(id);
    }
    filename = Module._resolveFilename(request, parent, isMain);
    const known = Module._cache[filename];
    if (known !== undefined) {
      updateChildren(parent, known, true);
      if (known.loaded) return known.exports;
      const state = stateOf(known);
      if (!known[kIsCachedByESMLoader] || state.visited) return exportsInCycle(known);
      state.visited = true;
      state.lastParent = parent;
    }
    const builtin = host.builtinId(filename);
    if (builtin !== undefined) return host.requireBuiltin(builtin);
    const module = known ?? new Module(filename, parent);
    if (known === undefined) {
      if (isMain) {
        setMainModule(module);
        setOwn(module.require, 'main', module);
        module.id = '.';
      }
      module[kIsMainSymbol] = !!isMain;
      Module._cache[filename] = module;
      module[kIsCachedByESMLoader] = false;
      module[kURL] = undefined;
      module[kFormat] = undefined;
    }
    if (relativeKey !== undefined) relativeCache[relativeKey] = filename;
    let threw = true;
    try {
      module.load(filename);
      threw = false;
    } finally {
      if (threw) {
        delete Module._cache[filename];
        if (relativeKey !== undefined) {
          delete relativeCache[relativeKey];
          const children = parent?.children;
          if (isArray(children)) {
            let at = 0;
            while (at < children.length && children[at] !== module) at++;
            if (at < children.length) {
              for (; at + 1 < children.length; at++) children[at] = children[at + 1];
              children.length--;
            }
          }
        }
      } else if (isPlain(module.exports, cycleWarner)) setPrototypeOf(module.exports, ObjectPrototype);
    }
    return module.exports;
  };

  Module.prototype.load = function (filename) {
    this.filename ??= filename;
    this.paths ??= Module._nodeModulePaths(host.dirname(filename));
    Module._extensions[host.registeredExtension(filename, keys(Module._extensions))](this, filename);
    this.loaded = true;
    stateOf(this).exported = { exports: this.exports };
  };

  Module.prototype.require = function (id) {
    validateString(id, 'id');
    if (id === '') throw invalidValue('id', id, 'must be a non-empty string');
    return Module._load(id, this, false);
  };

  Module.prototype._compile = function (content, filename, format) {
    let compiled;
    // who hooks the loader may have taken the types out: only what says that it has some is TypeScript
    const hasTypes = format === 'typescript' || format === 'commonjs-typescript' || format === 'module-typescript';
    if (hasTypes) format = format === 'typescript' ? undefined : format === 'module-typescript' ? 'module' : 'commonjs';
    if (format !== 'module') {
      if (patched) compiled = host.runWrapped(Module.wrap(content), filename);
      else {
        compiled = host.compile(content, filename, format !== 'commonjs', hasTypes);
        if (compiled === undefined) format = 'module';
      }
    }
    if (format === 'module') return loadEsModule(this, filename, content);
    const exports = this.exports;
    this[kIsExecuting] = true;
    const result = call(compiled, exports, exports, makeRequire(this), this, filename, host.dirname(filename));
    this[kIsExecuting] = false;
    return result;
  };

  function loadEsModule(module, filename, content) {
    if (module[kIsMainSymbol]) {
      host.startMain(filename, content);
      setMainModule(undefined);
      return;
    }
    const state = stateOf(module);
    state.required = true;
    const parent = state.lastParent;
    const stack = requireStackOf(parent);
    const namespace = host.requireModule(filename, content, parent?.filename ?? '', stackText(stack), stack);
    if (hasOwn(namespace, 'module.exports')) module.exports = namespace['module.exports'];
    else if (!hasOwn(namespace, 'default') || hasOwn(namespace, '__esModule')) module.exports = namespace;
    else module.exports = host.facadeOf(filename);
  }

  let main;
  const sourceOf = (module, filename) => {
    const { source } = stateOf(module);
    if (source !== undefined) return source;
    if (main?.filename !== filename) return host.readFile(filename);
    const read = main.source;
    main = undefined;
    return read;
  };

  Module._extensions['.js'] = (module, filename) => {
    const format = host.formatOf(filename);
    module[kFormat] ??= format;
    const suffix = host.isTypeScript(filename) ? 'typescript' : undefined;
    module._compile(
      sourceOf(module, filename),
      filename,
      format === undefined ? suffix : suffix === undefined ? format : `${format}-${suffix}`,
    );
  };
  Module._extensions['.json'] = (module, filename) => {
    const content = host.withoutBom(sourceOf(module, filename));
    try {
      setOwn(module, 'exports', JSONParse(content));
    } catch (error) {
      error.message = `${filename}: ${error.message}`;
      throw error;
    }
  };
  Module._extensions['.node'] = (_module, filename) => {
    throw makeError('Error', 'ERR_DLOPEN_FAILED', `${filename}: native addons cannot be loaded here`, true, []);
  };
  for (const extension of keys(Module._extensions))
    defineProperty(Module._extensions[extension], 'name', { __proto__: null, value: '' });

  // --- require -------------------------------------------------------------------------------------------------------------

  function makeRequire(module) {
    // Named by its property: a bundler may rename a function that is called as one of its own.
    const { require } = {
      // biome-ignore lint/complexity/useArrowFunction: programs say `new require(…)`
      require: function (path) {
        return module.require(path);
      },
    };
    function resolve(request, options) {
      validateString(request, 'request');
      return Module._resolveFilename(request, module, false, options ?? {});
    }
    require.resolve = resolve;
    function paths(request) {
      validateString(request, 'request');
      return Module._resolveLookupPaths(request, module);
    }
    resolve.paths = paths;
    setOwn(require, 'main', process === undefined ? mainModule : process.mainModule);
    require.extensions = Module._extensions;
    require.cache = Module._cache;
    return require;
  }

  const createRequireReason = 'must be a file URL object, file URL string, or absolute path string';
  Module.createRequire = function createRequire(filename) {
    let path = filename;
    if (typeof filename !== 'string' || filename[0] !== '/') {
      const isUrl =
        typeof filename === 'object' &&
        filename !== null &&
        typeof filename.href === 'string' &&
        typeof filename.protocol === 'string';
      path =
        typeof filename === 'string' ? host.filePathOf(filename) : isUrl ? host.filePathOf(filename.href) : undefined;
      if (path === undefined) throw invalidValue('filename', filename, createRequireReason);
    }
    if (path[path.length - 1] === '/') path += 'noop.js';
    const module = new Module(path);
    module.filename = path;
    module.paths = Module._nodeModulePaths(module.path);
    return makeRequire(module);
  };

  Module._initPaths = () => {};
  Module._preloadModules = (requests) => {
    if (!isArray(requests)) return;
    const parent = new Module('internal/preload', null);
    parent.paths = Module._nodeModulePaths(host.currentDirectory());
    for (const request of requests) parent.require(request);
  };
  Module.syncBuiltinESMExports = function syncBuiltinESMExports() {
    host.syncBuiltins();
  };
  Module.Module = Module;
  Module.builtinModules = freeze(host.builtinModules());
  Module.runMain = function executeUserEntryPoint(main) {
    Module._load(main, null, true);
  };
  Module.constants = freeze({
    __proto__: null,
    compileCacheStatus: freeze({ __proto__: null, FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 }),
  });
  Module.enableCompileCache = function enableCompileCache() {
    return { status: 3 };
  };
  Module.findPackageJSON = function findPackageJSON(specifier, base = 'data:') {
    validateString(specifier, 'specifier');
    return host.findPackageJson(specifier, typeof base === 'object' ? base.href : base);
  };
  Module.flushCompileCache = function flushCompileCache() {};
  Module.getCompileCacheDir = function getCompileCacheDir() {};
  Module.findSourceMap = function findSourceMap() {};
  for (const name of ['stripTypeScriptTypes', 'getSourceMapsSupport', 'setSourceMapsSupport', 'SourceMap'])
    defineProperty(Module, name, {
      __proto__: null,
      configurable: true,
      enumerable: true,
      get() {
        const value = require('internal/source_maps')[name];
        setOwn(Module, name, value);
        return value;
      },
      set(value) {
        setOwn(Module, name, value);
      },
    });

  // --- what the other loader asks --------------------------------------------------------------------------------------------

  /** The module of a CommonJS file that is imported: it is in the cache before it runs. */
  const modulesByFile = (filename, source) => {
    let module = Module._cache[filename];
    if (module === undefined) {
      module = new Module(filename, undefined);
      module.filename = filename;
      module.paths = Module._nodeModulePaths(module.path);
      module[kIsCachedByESMLoader] = true;
      Module._cache[filename] = module;
    }
    if (source !== undefined && !module.loaded) stateOf(module).source = source;
    return module;
  };

  return {
    Module,
    makeError,
    adoptProcess(object) {
      process = object;
      if (mainModule !== undefined) setMainModule(mainModule);
    },
    /** Runs a file as the main module. Its text is the one that was read already. */
    runMain(filename, source) {
      main = { filename, source };
      Module._pathCache[`${filename}\x00`] = filename;
      Module._load(filename, null, true);
    },
    announce(filename, source) {
      modulesByFile(filename, source);
    },
    isExecuting(filename) {
      return Module._cache[filename]?.[kIsExecuting] === true;
    },
    /** Runs an imported CommonJS file if it has not run; its exports, then the values of the names. */
    evaluate(filename, names, isMain) {
      const module = modulesByFile(filename, undefined);
      const state = stateOf(module);
      if (!module.loaded) {
        if (isMain) setMainModule(module);
        const exports = Module._load(filename, undefined, isMain);
        if (!module.loaded) {
          module.exports = exports;
          module.loaded = true;
        }
        state.exported = { exports };
      }
      const exports = state.exported !== undefined ? state.exported.exports : module.exports;
      state.exported = undefined;
      const values = [exports];
      for (let i = 0; i < names.length; i++) {
        values[i + 1] = undefined;
        if (exports === null || exports === undefined || !hasOwn(exports, names[i])) continue;
        try {
          values[i + 1] = exports[names[i]];
        } catch {}
      }
      return values;
    },
    json(filename, where, source) {
      const known = filename === undefined ? undefined : Module._cache[filename];
      if (known?.loaded) return known.exports;
      let exports;
      try {
        exports = JSONParse(host.withoutBom(source));
      } catch (error) {
        error.message = `${where}: ${error.message}`;
        throw error;
      }
      if (filename !== undefined) Module._cache[filename] = { exports, loaded: true };
      return exports;
    },
  };
};
