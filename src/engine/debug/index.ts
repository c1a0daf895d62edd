export { EngineChannel } from './channel.ts';
export * from './protocol.ts';
export { report } from './report.ts';
export { runEngineThread } from './worker.ts';
