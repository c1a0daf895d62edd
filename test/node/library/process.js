const show = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
};
console.log(
  typeof process.pid,
  process.argv.length,
  process.platform,
  process.arch,
  process.version,
  process.versions.node,
  process.versions.modules,
  process.release.name,
);
console.log(
  Object.prototype.toString.call(process),
  process instanceof require('events'),
  typeof process.hrtime.bigint(),
  process.hrtime().length,
  process.uptime() > 0,
  process.title.length > 0,
);
process.env.FOO = 5;
console.log(process.env.FOO, typeof process.env.FOO, 'FOO' in process.env, delete process.env.FOO, process.env.FOO);
show(() => {
  process.env.X = Symbol('a');
});
console.log(
  Object.keys(process.memoryUsage()),
  typeof process.memoryUsage.rss(),
  process.umask(),
  typeof process.cpuUsage().user,
  process.exitCode,
  process.config.variables !== undefined,
);
show(() => process.chdir(5));
show(() => process.kill('x'));
show(() => process.kill(process.pid, 'NOPE'));
show(() => process.nextTick(5));
show(() => process.emitWarning(5));
show(() => process.hrtime(5));
show(() => process.exit('abc'));
show(() => {
  process.exitCode = {};
});
show(() => process.binding('fs_not'));
process.on('exit', (c) => console.log('exit', c, process.exitCode));
process.on('beforeExit', (c) => {
  console.log('beforeExit', c);
  if (!global.again) {
    global.again = true;
    setTimeout(() => console.log('again'), 1);
  }
});
process.on('uncaughtException', (e, o) => console.log('uncaught', e.message, o));
process.on('unhandledRejection', (r, p) => console.log('rejection', r, p instanceof Promise));
process.on('warning', (w) => console.log('warning', w.name, w.message, w.code));
process.emitWarning('careful', 'MyWarning', 'W1');
Promise.reject(7);
process.nextTick(() => {
  console.log('t1');
  Promise.resolve().then(() => console.log('m in t1'));
  process.nextTick(() => console.log('t3'));
});
process.nextTick(() => console.log('t2'));
Promise.resolve()
  .then(() => {
    console.log('m1');
    process.nextTick(() => console.log('t in m1'));
  })
  .then(() => console.log('m2'));
setImmediate(() => {
  console.log('i1');
  process.nextTick(() => console.log('t in i1'));
  Promise.resolve().then(() => console.log('m in i1'));
});
setImmediate(() => {
  console.log('i2');
  setTimeout(() => {
    throw new Error('from timer');
  }, 2);
  setTimeout(() => console.log('timer goes on'), 2);
});
queueMicrotask(() => console.log('qm'));
console.log(
  'sync',
  process.stdout.write('direct\n'),
  typeof process.stdout.columns,
  process.stdout.fd,
  process.stderr.fd,
  process.stdin.fd,
);
process.exitCode = 3;
