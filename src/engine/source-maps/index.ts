export { type MagicComments, magicComments } from './magic-comments.ts';
export { type OriginalPosition, type Position, SourceMap } from './source-map.ts';
export { dataText, type MappedScript, type SourceMapObserver, SourceMaps } from './source-maps.ts';
