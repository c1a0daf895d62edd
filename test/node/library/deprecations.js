// What is deprecated warns once; some of it only code outside of node_modules.
const fs = require('fs');
const path = require('path');
process.on('warning', (warning) => console.log(warning.code, warning.message));
const inside = path.join(process.argv[2], 'node_modules/inside');
fs.mkdirSync(inside, { recursive: true });
const text = "require('punycode'); require('url').parse('http://a/'); require('fs').F_OK; require('sys'); new Buffer(1); Buffer('a');";
fs.writeFileSync(path.join(inside, 'index.js'), `exports.run = () => { ${text} };`);
const { run } = require(path.join(inside, 'index.js'));
run();
setImmediate(() => {
  console.log('outside');
  new Function('require', text)(require);
  new Function('require', text)(require);
  fs.R_OK;
  new URL('http://é.com');
  console.log(require('crypto').fips, typeof require('_stream_wrap'), Object.getOwnPropertyDescriptor(fs, 'F_OK').configurable);
  run();
});
