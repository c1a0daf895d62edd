exports.cjs = typeof require;
