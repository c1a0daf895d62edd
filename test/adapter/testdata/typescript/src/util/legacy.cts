import path = require('node:path');

const baseName = (name: string): string => path.basename(name, '.ts');

export = { baseName };
