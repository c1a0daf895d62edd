module.exports = class JSStreamSocket extends require('net').Socket {};
