export type { EngineWorkerData } from './engine-client.ts';
export type { LaunchConfiguration, TimelineEntry } from './session.ts';
export { type AdapterOptions, servePort, serveStdio, serveStreams } from './transport.ts';
