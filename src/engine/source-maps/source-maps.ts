// The maps of all scripts: who asks where generated code comes from, in stack traces or in the debugger, asks here.
//
// Invariant: a map is looked for when somebody asks first, once a script. One that is not there or broken is reported once and
// is then no map; it never stops anything.

import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SourceMap } from './source-map.ts';

export interface MappedScript {
  readonly id: number;
  /** Its file, or what it is called. */
  readonly name: string;
  /** The comment in its text. */
  readonly sourceMappingUrl: string | undefined;
}

export interface SourceMapObserver {
  /** A map is not there or broken. */
  problem(text: string): void;
}

export class SourceMaps {
  private readonly readFile: (path: string) => string;
  private readonly maps = new Map<number, SourceMap | undefined>();
  private readonly reported = new Set<string>();
  /** Stack traces show original positions everywhere (--enable-source-maps); else only in what was transformed here. */
  mapsStacks = false;
  private readonly observers: SourceMapObserver[] = [];

  /** @param readFile the text of a regular file, by the program's permissions; throws */
  constructor(readFile: (path: string) => string) {
    this.readFile = readFile;
  }

  observe(observer: SourceMapObserver): void {
    this.observers.push(observer);
  }

  of(script: MappedScript): SourceMap | undefined {
    const url = script.sourceMappingUrl;
    if (url === undefined) return undefined;
    if (!this.maps.has(script.id)) this.maps.set(script.id, this.load(script.name, url));
    return this.maps.get(script.id);
  }

  /** The text of an original file, where the program may read it. */
  textOf(source: string): string | undefined {
    if (!path.isAbsolute(source)) return undefined;
    try {
      return this.readFile(source);
    } catch {
      return undefined;
    }
  }

  private load(name: string, url: string): SourceMap | undefined {
    const isData = url.startsWith('data:');
    const base = path.isAbsolute(name) ? pathToFileURL(name).href : name;
    const shown = isData ? 'its inline source map' : `its source map '${url}'`;
    try {
      if (isData) return new SourceMap(dataText(url), base);
      const where = URL.canParse(url, base) ? new URL(url, base) : undefined;
      if (where?.protocol !== 'file:') throw new Error('it is not a file');
      return new SourceMap(this.readFile(fileURLToPath(where)), where.href);
    } catch (error) {
      const problem = `${name}: ${shown} is not used: ${error instanceof Error ? error.message : String(error)}`;
      // packages often come without the maps that their files name
      if (!this.reported.has(problem) && !/[\\/]node_modules[\\/]/.test(name))
        for (const observer of this.observers) observer.problem(problem);
      this.reported.add(problem);
      return undefined;
    }
  }
}

/** What a data URL holds. Throws. */
export const dataText = (url: string): string => {
  const comma = url.indexOf(',');
  if (comma < 0) throw new Error('it has no data');
  const data = url.slice(comma + 1);
  return /;base64$/i.test(url.slice(0, comma)) ? Buffer.from(data, 'base64').toString() : decodeURIComponent(data);
};
