// Deprecations that a program hears of once: some from whoever, some unless a package in node_modules is to blame.

const engine = internalBinding('util');

/** Whether the nearest code that is not the library's lies in node_modules. */
const isInsideNodeModules = () => {
  for (const { scriptName } of engine.callSites(100))
    if (scriptName !== '' && !scriptName.startsWith('node:')) return /[/\\]node_modules[/\\]/.test(scriptName);
  return false;
};

const warned = new Set();
const warn = (code, message, caller) => {
  if (warned.has(code) || process.noDeprecation) return;
  warned.add(code);
  process.emitWarning(message, 'DeprecationWarning', code, caller);
};

/** The same unless a package asks; `caller` has no frame in the warning's stack. */
const warnOutsideNodeModules = (code, message, caller) => {
  if (!warned.has(code) && !process.noDeprecation && !isInsideNodeModules()) warn(code, message, caller);
};

module.exports = { warn, warnOutsideNodeModules };
