// dist/engine-worker.js: the engine's thread. The adapter starts it; the engine comes through the code cache.

import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { installCodeCache } from './code-cache.ts';

installCodeCache();
import('../engine/debug/index.ts').then(({ runEngineThread }) =>
  runEngineThread(workerData.port, workerData.control, receiveMessageOnPort),
);
