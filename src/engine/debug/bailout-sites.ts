// Bailouts at one place for one reason are one site, whichever code they happened in: how many there were, and what they had in common.

import type { GuardFacts } from './guard-facts.ts';

interface Site {
  readonly name: string;
  times: number;
  /** What was found, and how often; only the first few kinds. */
  readonly found: Map<string, number>;
  otherFound: number;
  /** How often the index was the array's length. */
  atLength: number;
}

export interface Repeats {
  /** Names the site in its session. */
  readonly site: string;
  /** Bailouts there, this one included. */
  readonly times: number;
  /** What they had in common; empty for the first. */
  readonly text: string;
}

const mostKinds = 4;

export class BailoutSites {
  private readonly sites = new Map<string, Site>();

  /** @param site what tells it from others; @param array what the index was one of, as the source has it */
  add(site: string, facts: GuardFacts | undefined, array: string | undefined): Repeats {
    let known = this.sites.get(site);
    if (known === undefined) {
      known = { name: `${this.sites.size + 1}`, times: 0, found: new Map(), otherFound: 0, atLength: 0 };
      this.sites.set(site, known);
    }
    known.times++;
    if (facts !== undefined) note(known, facts);
    return { site: known.name, times: known.times, text: known.times === 1 ? '' : textOf(known, array) };
  }
}

function note(site: Site, { found, access }: GuardFacts): void {
  if (access !== undefined && access.index === access.length) site.atLength++;
  const count = site.found.get(found.text);
  if (count !== undefined || site.found.size < mostKinds) site.found.set(found.text, (count ?? 0) + 1);
  else site.otherFound++;
}

function textOf({ times, found, otherFound, atLength }: Site, array = 'the array'): string {
  const head = `This exit, ${times} times`;
  const length = array === 'the array' ? "the array's length" : `${array}.length`;
  if (atLength === times) return `${head}; the index was always ${length}.`;
  const kinds = [...found];
  if (kinds.length === 0) return `${head}.`;
  if (kinds.length === 1 && otherFound === 0) return `${head}; it was always ${kinds[0]![0]}.`;
  const list = kinds.map(([text, count]) => `${text} (${count}×)`).join(', ');
  return `${head}; found ${list}${otherFound > 0 ? `, others (${otherFound}×)` : ''}.`;
}
