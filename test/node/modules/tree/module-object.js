const Module = require('module');
console.log(module.id, module.filename === __filename, module.path === __dirname, module.loaded, module.parent, module.paths[0] === `${__dirname}/node_modules`);
console.log(require.main === module, process.mainModule === module, this === exports, exports === module.exports, arguments.length);
console.log(module instanceof Module, Module === Module.Module, module.constructor === Module, typeof module.require, typeof module.load);
const child = require('./child');
console.log(child.parentIsUs(module), module.children.map((m) => m.id === require.resolve('./child')), child.main === module);
console.log(require.cache[require.resolve('./child')].exports === child, Object.keys(require.cache).length);
delete require.cache[require.resolve('./child')];
console.log(require('./child') === child, require('./child').count, module.children.length);
require.cache[require.resolve('./data.json')] = { exports: 'planted', loaded: true };
console.log(require('./data.json'));
delete require.cache[require.resolve('./data.json')];
console.log(require('./data.json'), require('./data'), require('./data') === require('./data.json'));
console.log(require.resolve.paths('x')[0] === `${__dirname}/node_modules`, require.resolve.paths('./x'), require.resolve.paths('fs'));
console.log(require.resolve('./child', { paths: [`${__dirname}/imp`, __dirname] }) === require.resolve('./child'));
console.log(require.resolve('inner', { paths: [`${__dirname}/node_modules/nested`] }).slice(__dirname.length));
console.log(Object.keys(require.extensions), Object.getPrototypeOf(require.extensions));
require.extensions['.upper'] = (m, file) => m._compile(`module.exports = ${JSON.stringify(file.slice(__dirname.length).toUpperCase())}`, file);
console.log(require('./text.upper'), require('./text'));
const js = require.extensions['.js'];
require.extensions['.js'] = (m, file) => { const compile = m._compile; m._compile = function (code, name) { m._compile = compile; return compile.call(this, `${code};module.exports.hooked = true;`, name); }; js(m, file); };
console.log(require('./hooked-target.js'));
require.extensions['.js'] = js;
const load = Module._load;
Module._load = function (request, parent, isMain) { return request === 'virtual' ? { virtual: parent === module } : load.apply(this, arguments); };
console.log(require('virtual'), require('mainless'));
Module._load = load;
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) { return resolveFilename.call(this, request === 'aliased' ? './child' : request, ...rest); };
console.log(require('aliased') === require('./child'), require.resolve('aliased') === require.resolve('./child'));
Module._resolveFilename = resolveFilename;
const created = Module.createRequire(`${__dirname}/imp/anything.js`);
console.log(created('./a.js'), created.resolve('#a').slice(__dirname.length), created.main === module, created('./a') === require('./imp/a'));
console.log(Module.createRequire(`file://${__dirname}/imp/`)('./a.js'));
for (const bad of ['relative', 5, {}]) try { Module.createRequire(bad); } catch (error) { console.log(error.code, error.message); }
const fresh = new Module('fresh', module);
fresh._compile('exports.file = __filename; exports.up = module.parent.id;', '/fresh/file.js');
console.log(fresh.exports, fresh.loaded, fresh.paths, Module._nodeModulePaths('/a/node_modules/b/c'));
console.log(Module.isBuiltin('fs'), Module.isBuiltin('node:fs'), Module.isBuiltin('node:test'), Module.isBuiltin('test'), Module.isBuiltin('x'), Module.builtinModules.length, Module.wrap('code'));
for (const bad of [undefined, null, 5, {}, '', Symbol('s'), () => {}]) try { require(bad); } catch (error) { console.log(error.code, error.message); }
try { require('./throws'); } catch (error) { console.log(error.message, require.resolve('./throws') in require.cache); }
try { require('./throws'); } catch (error) { console.log(error.message); }
console.log(module.children.some((m) => String(m.id).endsWith('throws.js')), require('./shebang'), require('./bom'), require('./bom.json'), require('./returns'));
console.log(Module.findPackageJSON('nested', __filename).slice(__dirname.length), Module.findPackageJSON('./imp/a.js', __filename).slice(__dirname.length));
