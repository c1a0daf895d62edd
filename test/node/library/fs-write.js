// argv[2]: a folder that may be written in
const fs = require('fs'),
  path = require('path');
const root = process.argv[2];
const at = (n) => path.join(root, n);
const show = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message.replaceAll(root, 'ROOT'), e.syscall);
  }
};
fs.writeFileSync(at('a.txt'), 'one');
fs.appendFileSync(at('a.txt'), ' two');
console.log(fs.readFileSync(at('a.txt'), 'utf8'));
fs.writeFileSync(at('b.bin'), new Uint8Array([1, 2, 3]));
console.log(fs.readFileSync(at('b.bin')), fs.statSync(at('b.bin')).size);
console.log(
  fs.mkdirSync(at('d')),
  path.basename(fs.mkdirSync(at('x/y/z'), { recursive: true })),
  fs.readdirSync(root).sort(),
);
fs.copyFileSync(at('a.txt'), at('d/c.txt'));
fs.renameSync(at('d/c.txt'), at('d/r.txt'));
console.log(fs.readdirSync(at('d')), fs.existsSync(at('d/c.txt')));
fs.unlinkSync(at('d/r.txt'));
fs.rmdirSync(at('d'));
fs.rmSync(at('x'), { recursive: true });
fs.symlinkSync('a.txt', at('link'));
console.log(
  fs.readlinkSync(at('link')),
  fs.lstatSync(at('link')).isSymbolicLink(),
  fs.readFileSync(at('link'), 'latin1'),
);
fs.truncateSync(at('a.txt'), 3);
console.log(fs.readFileSync(at('a.txt'), 'utf8'));
const fd = fs.openSync(at('fd'), 'w+');
console.log(fs.writeSync(fd, 'hello'), fs.writeSync(fd, Buffer.from('XY'), 0, 2, 1));
const b = Buffer.alloc(5);
console.log(fs.readSync(fd, b, 0, 5, 0), b.toString());
fs.ftruncateSync(fd, 2);
fs.fsyncSync(fd);
fs.closeSync(fd);
fs.utimesSync(at('fd'), 10, 20);
console.log(
  fs.statSync(at('fd')).mtimeMs,
  path.basename(fs.mkdtempSync(at('tmp-'))).length,
  fs.cpSync(at('a.txt'), at('copy')),
  fs.readFileSync(at('copy'), 'utf8'),
);
show(() => fs.mkdirSync(at('a.txt')));
show(() => fs.rmdirSync(at('nope')));
show(() => fs.unlinkSync(at('nope')));
show(() => fs.writeFileSync(at('no/such'), ''));
show(() => fs.rmSync(at('nope')));
show(() => fs.rmSync(at('nope'), { force: true }));
show(() => fs.writeFileSync(at('q'), 5));
show(() => fs.renameSync(at('nope'), at('z')));
show(() => fs.copyFileSync(at('nope'), at('z')));
show(() => fs.openSync(at('a.txt'), 'wx'));
show(() => fs.appendFileSync(at('a.txt')));
show(() => fs.symlinkSync('x', at('link')));
show(() => fs.truncateSync(at('nope')));
(async () => {
  await fs.promises.writeFile(at('p'), 'prom');
  await fs.promises.appendFile(at('p'), 'ise');
  console.log(await fs.promises.readFile(at('p'), 'utf8'));
  const h = await fs.promises.open(at('h'), 'w');
  console.log((await h.write('handle')).bytesWritten);
  await h.close();
  const w = fs.createWriteStream(at('s'));
  w.write('st');
  w.end('ream');
  await new Promise((r) => w.on('finish', r));
  console.log(w.bytesWritten, fs.readFileSync(at('s'), 'utf8'));
  await require('stream/promises').pipeline(fs.createReadStream(at('s')), fs.createWriteStream(at('s2')));
  console.log(fs.readFileSync(at('s2'), 'utf8'));
  fs.writeFile(at('cb'), 'x', (e) => {
    console.log('written', e);
    fs.rm(at('cb'), (e2) => console.log('removed', e2));
  });
})();
