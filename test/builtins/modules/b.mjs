export let x = 1; export function inc() { x++ } export default 42; export class K {} export * as ns from './c.mjs'; export * from './e.mjs'; console.log('b runs');
