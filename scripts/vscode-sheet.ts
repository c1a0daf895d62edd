// The contact sheet: every scene of the walks in four themes, one page to look at, with what the checks found below each picture. Written to
// .cache/screenshots: index.html, and contact-sheet.png of it.

import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';

/** A window in which nothing is drawn compresses to less. */
const leastBytes = 20_000;

export interface Shot {
  readonly scene: string;
  readonly theme: string;
  readonly file: string;
  readonly found: readonly string[];
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

export class ContactSheet {
  readonly shots: Shot[] = [];

  add(shot: Shot): void {
    this.shots.push(shot);
  }

  /** Writes the sheet; gives what is wrong with its pictures. */
  async write(browser: Browser, folder: string): Promise<string[]> {
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, 'index.html');
    writeFileSync(file, this.#html(folder));
    const page = await browser.newPage({ viewport: { width: 2080, height: 1000 } });
    await page.goto(pathToFileURL(file).href);
    await page.screenshot({ path: path.join(folder, 'contact-sheet.png'), fullPage: true });
    await page.close();
    return this.shots
      .filter((shot) => statSync(shot.file).size < leastBytes)
      .map(({ scene, theme }) => `${scene} in ${theme} is blank`);
  }

  #html(folder: string): string {
    const scenes = byScene(this.shots);
    const figure = ({ scene, theme, file, found }: Shot): string => {
      const name = path.relative(folder, file).replaceAll(path.sep, '/');
      const notes = found.map((problem) => `<li>${escaped(problem)}</li>`).join('');
      return `<figure><a href="${name}"><img src="${name}" alt="${escaped(`${scene}, ${theme}`)}"></a><figcaption>${escaped(theme)}<ul>${notes}</ul></figcaption></figure>`;
    };
    const sections = [...scenes].map(
      ([scene, shots]) =>
        `<h2>${escaped(scene)}</h2><section>${[...shots].sort(inOrder).map(figure).join('')}</section>`,
    );
    return `<!doctype html><meta charset="utf-8"><title>Contact sheet</title>
<style>body { font: 14px sans-serif; background: #777; margin: 16px } h2 { margin: 16px 0 4px }
section { display: grid; grid-template-columns: repeat(4, 1fr); gap: 8px } figure { margin: 0 } img { width: 100%; border: 1px solid #000 }
ul { margin: 0; color: #7a0000 }</style>
<h1>${this.shots.length} pictures of ${scenes.size} scenes</h1>${sections.join('\n')}\n`;
  }
}

const inOrder = (a: Shot, b: Shot): number => order.indexOf(a.theme) - order.indexOf(b.theme);
const order: readonly string[] = ['Dark Modern', 'Light Modern', 'Dark High Contrast', 'Light High Contrast'];

function byScene(shots: readonly Shot[]): Map<string, Shot[]> {
  const groups = new Map<string, Shot[]>();
  for (const shot of shots) groups.set(shot.scene, [...(groups.get(shot.scene) ?? []), shot]);
  return groups;
}
