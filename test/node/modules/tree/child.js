globalThis.childCount = (globalThis.childCount ?? 0) + 1;
exports.count = globalThis.childCount;
exports.parentIsUs = (m) => module.parent === m;
exports.main = require.main;
