const yargs = require('yargs');
const parser = yargs(['build', '--watch', '--level=3', '-abc', 'x', 'y']).scriptName('tool').exitProcess(false).locale('en')
  .command('build [files..]', 'builds', (y) => y.option('level', { type: 'number', default: 1 }).option('watch', { type: 'boolean' }), (argv) => console.log('build', argv))
  .option('name', { alias: 'n', describe: 'a name' }).strict(false).help();
const r = parser.parse(); console.log(Object.keys(r));
parser.getHelp().then((h) => console.log(h));
