// Optimizations of one function are one site, and those of one of its loops (OSR) another: how many there were, and why the code before
// was left.

import type { Tagged } from '../heap/index.ts';
import type { CodeView } from '../isolate/index.ts';

export interface TierUpRepeats {
  /** Names the site in its session. */
  readonly site: string;
  /** Optimizations there, this one included. */
  readonly times: number;
  /** Why code of the function was left since the one before: `bailout 3, wrong map`. */
  readonly since?: string;
}

export class TierUpSites {
  private readonly sites = new Map<string, { readonly name: string; times: number; at: number }>();
  private readonly left = new Map<Tagged, { readonly why: string; readonly at: number }>();
  /** Counts what happened. */
  private now = 0;

  /** Code was made. */
  made({ sfi, osrOffset }: CodeView): TierUpRepeats {
    const site = `${sfi}.${osrOffset}`;
    const known = this.sites.get(site) ?? { name: `${this.sites.size + 1}`, times: 0, at: -1 };
    const left = this.left.get(sfi);
    const since = known.times > 0 && left !== undefined && left.at > known.at ? left.why : undefined;
    known.times++;
    known.at = this.now++;
    this.sites.set(site, known);
    return { site: known.name, times: known.times, since };
  }

  /** Code of a function was left, or is not entered any more. */
  wasLeft({ sfi }: CodeView, why: string): void {
    this.left.set(sfi, { why, at: this.now++ });
  }
}
