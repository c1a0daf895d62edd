const { Command, Option } = require('commander');
const program = new Command('demo').exitOverride().configureOutput({ writeOut: (s) => console.log(s), writeErr: (s) => console.log('ERR', s) });
program.description('does things').version('1.2.3').option('-d, --debug', 'debug').addOption(new Option('-s, --size <size>', 'size').choices(['small', 'large']).default('small'));
program.command('add <a> [rest...]').description('adds').option('-n, --number <n>', 'n', Number, 1).action((a, rest, options) => console.log('add', a, rest, options));
program.parse(['node', 'x', 'add', '1', '2', '3', '-n', '5']);
for (const args of [['--help'], ['--size', 'huge'], ['nope'], ['--version']]) try { program.parse(['node', 'x', ...args]); } catch (e) { console.log(e.code, e.exitCode); }
