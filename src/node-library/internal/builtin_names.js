// Names of the modules that programs may require.

module.exports = internalBinding('modules').names();
