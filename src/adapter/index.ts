export type { HeapAnswer, HeapObjectInfo, HeapSpace, HeldBy } from '../engine/debug/index.ts';
export type { LaunchConfiguration } from './arguments.ts';
export type { EngineWorkerData } from './engine-client.ts';
export type { TimelineEntry } from './timeline.ts';
export { type AdapterOptions, servePort, serveStdio, serveStreams } from './transport.ts';
