// The engine's thread: the channel on one side, the debug engine on the other.

import { workerData } from 'node:worker_threads';
import { EngineChannel } from './channel.ts';
import { DebugEngine } from './debug-engine.ts';

const channel = new EngineChannel(workerData.port, workerData.control);
try {
  new DebugEngine(channel).main();
} catch (error) {
  const { message, stack } = error as Error;
  channel.emit('fatal', { message: message ?? String(error), stack: stack ?? '' });
}
