// The engine's thread: the channel on one side, the debug engine on the other.

import { EngineChannel } from './channel.ts';
import { DebugEngine } from './debug-engine.ts';

/** Serves the adapter until the program has ended. */
export function runEngineThread(...link: ConstructorParameters<typeof EngineChannel>): void {
  const channel = new EngineChannel(...link);
  try {
    new DebugEngine(channel).main();
  } catch (error) {
    const { message, stack } = error as Error;
    channel.emit('fatal', { message: message ?? String(error), stack: stack ?? '' });
  }
}
