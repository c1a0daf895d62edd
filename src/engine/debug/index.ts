export { EngineChannel } from './channel.ts';
export * from './protocol.ts';
