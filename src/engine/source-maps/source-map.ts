// One script's source map: generated positions ↔ positions in the texts that the script was made of.
//
// Lines and columns are 1-based here; trace-mapping's are 0-based.

import { fileURLToPath } from 'node:url';
import { AnyMap, decodedMappings, type TraceMap, traceSegment } from '@jridgewell/trace-mapping';

export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface OriginalPosition extends Position {
  /** The path of a file, or the map's own name for it (`webpack://…`). */
  readonly source: string;
}

/** Where the text of one original line stands in the script. */
interface GeneratedLine {
  first: Position;
  /** After the last segment; line + 1, column 1 at a line's end. */
  last: Position;
}

export class SourceMap {
  private readonly map: TraceMap;
  /** By index into the map's sources. */
  readonly sources: readonly string[];
  private readonly lines = new Map<number, Map<number, GeneratedLine>>();

  /** Throws for what is no source map. @param base the URL that the map's sources are relative to */
  constructor(text: string, base: string) {
    // a line in front of the JSON keeps a map from being run as a script
    const json: unknown = JSON.parse(text.replace(/^\)\]\}'[^\n]*\n/, ''));
    if (typeof json !== 'object' || json === null || !('mappings' in json || 'sections' in json))
      throw new Error('it has no mappings');
    this.map = new AnyMap(json as ConstructorParameters<typeof AnyMap>[0], base);
    this.sources = this.map.resolvedSources.map((url) => sourceName(url ?? ''));
    decodedMappings(this.map); // throws for what cannot be decoded
  }

  /** undefined: nobody wrote this code. */
  original(line: number, column: number): OriginalPosition | undefined {
    const segment = traceSegment(this.map, line - 1, column - 1);
    if (segment === null || segment.length === 1) return undefined;
    return { source: this.sources[segment[1]]!, line: segment[2] + 1, column: segment[3] + 1 };
  }

  /** The text of a source, where the map brings it along. */
  contentOf(source: string): string | undefined {
    return this.map.sourcesContent?.[this.sources.indexOf(source)] ?? undefined;
  }

  /** The first line at or after `line` that some code comes from, with where that code is. */
  generated(source: string, line: number): ({ readonly line: number } & GeneratedLine) | undefined {
    const index = this.sources.indexOf(source);
    if (index < 0) return undefined;
    const lines = this.linesOf(index);
    let best = Number.POSITIVE_INFINITY;
    for (const candidate of lines.keys()) if (candidate >= line && candidate < best) best = candidate;
    const found = lines.get(best);
    return found === undefined ? undefined : { line: best, ...found };
  }

  private linesOf(index: number): Map<number, GeneratedLine> {
    let lines = this.lines.get(index);
    if (lines === undefined) {
      lines = new Map();
      this.lines.set(index, lines);
      this.collect(index, lines);
    }
    return lines;
  }

  private collect(index: number, lines: Map<number, GeneratedLine>): void {
    for (const [i, segments] of decodedMappings(this.map).entries())
      for (const [j, segment] of segments.entries()) {
        if (segment.length === 1 || segment[1] !== index) continue;
        const next = segments[j + 1];
        const first = { line: i + 1, column: segment[0] + 1 };
        const last = next === undefined ? { line: i + 2, column: 1 } : { line: i + 1, column: next[0] + 1 };
        const known = lines.get(segment[2] + 1);
        if (known === undefined) lines.set(segment[2] + 1, { first, last });
        else known.last = last;
      }
  }
}

/** A source as the debugger and stack traces name it: files by their paths. */
const sourceName = (url: string): string => {
  if (!url.startsWith('file:')) return url;
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
};
