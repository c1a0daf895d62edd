// flags: --stack-trace-limit=2
function deeper(n) { return n === 0 ? new Error('deep') : deeper(n - 1); }
console.log(Error.stackTraceLimit, deeper(20).stack.split('\n').filter((line) => !line.includes('node:')).length);
Error.stackTraceLimit = 3;
console.log(deeper(20).stack.split('\n').length);
