// `npm start [file.js]`: installs and builds when needed, then prints the report of the file's (or an example's) bailouts.

import path from 'node:path';
import { build, install, root, run } from './ready.mjs';

install({ quiet: true });
build();
const [file = path.join(root, 'examples/shape-change.js'), ...rest] = process.argv.slice(2);
process.exit(run(process.execPath, [path.join(root, 'dist/cli.js'), 'report', path.resolve(file), ...rest]));
