// The real adapter over the scripted engine: on stdio, or on a port that it prints.

import { servePort, serveStdio } from '../../src/adapter/index.ts';

const options = { engine: new URL('./fake-engine.js', import.meta.url) };
if (process.argv[2] === '--port') {
  servePort(Number(process.argv[3] ?? 0), options).then((server) => {
    const address = server.address();
    process.stdout.write(`${typeof address === 'object' ? address?.port : address}\n`);
  });
} else {
  serveStdio(options);
}
