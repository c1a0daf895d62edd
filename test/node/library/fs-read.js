const fs = require('fs'),
  path = require('path');
const show = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message, e.errno, e.syscall, e.path && path.basename(e.path));
  }
};
const dir = path.join(__dirname, 'data'),
  file = path.join(dir, 'text.txt');
console.log(
  fs.readFileSync(file, 'utf8'),
  fs.readFileSync(file),
  fs.readFileSync(file, { encoding: 'hex' }),
  fs.readFileSync(new URL('file://' + file), 'latin1').length,
  fs.readFileSync(Buffer.from(file)).length,
);
console.log(
  fs.existsSync(file),
  fs.existsSync('/nope'),
  fs.readdirSync(dir),
  fs
    .readdirSync(dir, { withFileTypes: true })
    .map((d) => [d.name, d.isFile(), d.isDirectory(), path.basename(d.parentPath)]),
  fs.readdirSync(dir, { recursive: true }).sort(),
  fs.readdirSync(dir, 'buffer').length,
);
const st = fs.statSync(file);
console.log(
  st.size,
  st.isFile(),
  st.isDirectory(),
  st.isSymbolicLink(),
  st.mtime instanceof Date,
  typeof st.mtimeMs,
  st.constructor.name,
  Object.keys(st).length,
  typeof fs.statSync(file, { bigint: true }).size,
  fs.statSync('/nope', { throwIfNoEntry: false }),
  fs.lstatSync(dir).isDirectory(),
  fs.accessSync(file),
  fs.accessSync(file, fs.constants.R_OK),
  path.basename(fs.realpathSync(dir + '/../data')),
  fs.constants.O_RDONLY,
);
const fd = fs.openSync(file, 'r');
const b = Buffer.alloc(4);
console.log(
  typeof fd,
  fs.readSync(fd, b, 0, 4, 1),
  b.toString(),
  fs.readSync(fd, b),
  b.toString(),
  fs.fstatSync(fd).size,
  fs.closeSync(fd),
);
show(() => fs.readSync(fd, b));
show(() => fs.readFileSync('/nope'));
show(() => fs.readFileSync(dir));
show(() => fs.readFileSync({}));
show(() => fs.readFileSync(file, 'nope'));
show(() => fs.readFileSync('a\0b'));
show(() => fs.readdirSync('/nope'));
show(() => fs.readdirSync(file));
show(() => fs.statSync('/nope'));
show(() => fs.lstatSync('/nope'));
show(() => fs.accessSync('/nope'));
show(() => fs.realpathSync('/nope'));
show(() => fs.readlinkSync(file));
show(() => fs.openSync('/nope'));
show(() => fs.openSync(file, 'zz'));
show(() => fs.closeSync('x'));
show(() => fs.closeSync(9999));
show(() => fs.readFile(file));
show(() => fs.stat(5, () => {}));
show(() => fs.createReadStream(5));
show(() => fs.readSync(0.5, b));
show(() => fs.opendirSync('/nope'));
show(() => fs.readFileSync(new URL('http://x')));
show(() => fs.mkdirSync(5));
show(() => fs.accessSync(file, 99));
show(() => fs.statSync());
show(() => fs.promises.readFile === require('fs/promises').readFile);
(async () => {
  const ask = (f, ...a) => new Promise((res) => f(...a, (...r) => res(r)));
  console.log(
    await ask(fs.readFile, file, 'utf8'),
    (await ask(fs.readFile, '/nope'))[0].message,
    (await ask(fs.stat, file))[1].size,
    await ask(fs.readdir, dir),
    await ask(fs.exists, file),
    (await ask(fs.access, '/nope'))[0].code,
    await ask(fs.access, file),
  );
  const p = fs.promises;
  console.log(await p.readFile(file, 'utf8'), (await p.stat(file)).size, await p.readdir(dir), await p.access(file));
  try {
    await p.readFile('/nope');
  } catch (e) {
    console.log(e.code, e.message);
  }
  try {
    await p.readFile({});
  } catch (e) {
    console.log(e.code);
  }
  const h = await p.open(file);
  console.log(
    h.constructor.name,
    typeof h.fd,
    (await h.read(Buffer.alloc(3), 0, 3, 0)).buffer.toString(),
    (await h.stat()).size,
    (await h.readFile('utf8')).length,
  );
  await h.close();
  try {
    await h.stat();
  } catch (e) {
    console.log(e.code, e.message);
  }
  let text = '';
  for await (const c of fs.createReadStream(file, { encoding: 'utf8', highWaterMark: 5 })) text += `[${c}]`;
  console.log(text);
  for await (const c of fs.createReadStream(file, { start: 2, end: 5 })) console.log(c.toString());
  const s = fs.createReadStream('/nope');
  s.on('error', (e) => console.log('stream', e.code));
  s.on('close', () => console.log('closed', s.destroyed));
  for await (const l of require('readline').createInterface({ input: fs.createReadStream(file) }))
    console.log('line', l);
  for await (const d of await p.opendir(dir)) if (d.name === 'text.txt') console.log(d.name, d.isFile());
})();
