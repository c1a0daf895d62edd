import chalk, { Chalk } from 'chalk';
const c = new Chalk({ level: 3 });
console.log(JSON.stringify([c.red('x'), c.bold.hex('#ff8800').bgBlue('y'), c`z` ?? '', c.rgb(1, 2, 3).underline('a\nb')]), typeof chalk.level);
