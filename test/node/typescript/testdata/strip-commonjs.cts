const lib: { fail(o: object): void; file: string } = require('./parts/lib.cts');
const { area } = require('./parts/shape.ts') as typeof import('./parts/shape.ts');
console.log(require('node:path').basename(lib.file), area({ side: 3 }), module.id, require.main === module);
console.log(Object.keys(require.extensions));
lib.fail({ deep: true });
