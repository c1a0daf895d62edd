// What a machine can see of a scene: texts that are cut without a sign or lie on each other, contrast (WCAG AA for texts, 3:1 for marks
// and curves), nothing drawn at all; and axe's serious findings. Each problem is a line.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { root } from './vscode-server.ts';

const axeSource = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** Serious findings of axe in a webview. `onlyColors`: its other rules see no difference between themes. */
export async function axeProblems(frame: Frame, onlyColors = false): Promise<string[]> {
  if (!(await frame.evaluate(() => 'axe' in globalThis))) await frame.evaluate(axeSource);
  return frame.evaluate(async (isColorsOnly) => {
    type Axe = { run(context: Document, options: object): Promise<{ violations: Violation[] }> };
    type Violation = { impact: string; id: string; nodes: { html: string; failureSummary: string }[] };
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run(document, {
      resultTypes: ['violations'],
      ...(isColorsOnly ? { runOnly: ['color-contrast'] } : {}),
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `axe ${id} (${nodes.length}×): ${nodes[0]!.html.slice(0, 200)} ${nodes[0]!.failureSummary.slice(0, 300)}`,
      );
  }, onlyColors);
}

/** Colours as the browser mixes them, in each document that is looked at. */
const colors = `(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgb = (color, under, opacity = 1) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    const alpha = (a / 255) * opacity;
    return [r, g, b].map((c, i) => c * alpha + under[i] * (1 - alpha));
  };
  const luminance = (color) => {
    const [r, g, b] = color.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  globalThis.looks = { rgb, ratio };
})()`;

interface Colors {
  rgb(color: string, under: readonly number[], opacity?: number): number[];
  ratio(a: readonly number[], b: readonly number[]): number;
}

/** Texts of a webview: where they stand, what cuts them, what lies on them. */
function textProblems(): string[] {
  interface Text {
    readonly element: Element;
    readonly text: string;
    readonly box: DOMRect;
  }
  const found: string[] = [];
  const texts: Text[] = [];
  /** What is left of a box inside of everything that scrolls or cuts around it. */
  const visible = (box: DOMRect, element: Element): DOMRect => {
    let { left, top, right, bottom } = box;
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      if (at instanceof SVGElement || getComputedStyle(at).overflow === 'visible') continue;
      const clip = at.getBoundingClientRect();
      [left, top] = [Math.max(left, clip.left), Math.max(top, clip.top)];
      [right, bottom] = [Math.min(right, clip.right), Math.min(bottom, clip.bottom)];
    }
    [right, bottom] = [Math.min(right, innerWidth), Math.min(bottom, innerHeight)];
    return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement!;
    if (node.textContent!.trim() === '' || element.closest('script, style, title, .hidden, .measure') !== null)
      continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const seen = visible(box, element);
      if (seen.width > 1 && seen.height > 1) texts.push({ element, text: node.textContent!.trim(), box: seen });
    }
  }
  if (texts.length < 10) found.push(`blank: ${texts.length} texts`);
  // On each other: more than a few pixels of two lines.
  texts.sort((a, b) => a.box.top - b.box.top);
  for (const [i, one] of texts.entries())
    for (let j = i + 1; j < texts.length && texts[j]!.box.top < one.box.bottom; j++) {
      const { box, element, text } = texts[j]!;
      const width = Math.min(one.box.right, box.right) - Math.max(one.box.left, box.left);
      const height = Math.min(one.box.bottom, box.bottom) - box.top;
      if (element === one.element) continue; // lines of one text
      // A hint says that a row is out of sight; it has a surface of its own, and goes when one scrolls.
      if (width < 3 || height < 0.4 * box.height || one.element.closest('.hint') || element.closest('.hint')) continue;
      found.push(`overlap: '${one.text.slice(0, 40)}' and '${text.slice(0, 40)}'`);
    }
  // Cut, and nothing says so.
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    if (!(element instanceof HTMLElement) || element.closest('.hidden') !== null || element.textContent === '')
      continue;
    const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
    const name = `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent!.slice(0, 60)}`;
    const isCut = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
    if (isCut(overflowX) && textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1)
      found.push(`clipped: ${name}`);
    if (isCut(overflowY) && element.scrollHeight > element.clientHeight + 2) found.push(`clipped below: ${name}`);
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) found.push('the page is wider than its window');
  // Drawn texts stay inside their boxes.
  for (const row of document.querySelectorAll<SVGGElement>('svg.picture .row')) {
    const box = row.querySelector<SVGRectElement>('.back')!.getBBox();
    let last = box.x;
    for (const text of row.querySelectorAll('text')) {
      if (text.textContent === '') continue;
      const { x, width } = text.getBBox();
      if (x < last - 1 || x + width > box.x + box.width + 1) found.push(`clipped: ${row.textContent?.slice(0, 80)}`);
      last = x + width;
    }
  }
  return found;
}

/** Contrast of what axe does not judge: drawn texts, curves, ports, arrows. */
function drawnProblems(): string[] {
  const { rgb, ratio } = (globalThis as unknown as { looks: Colors }).looks;
  const page = rgb(getComputedStyle(document.body).backgroundColor, [255, 255, 255]);
  const box = document.querySelector('svg.picture .box rect');
  const surface = box === null ? page : rgb(getComputedStyle(box).fill, page);
  const poor = new Map<string, number>();
  const judge = (name: string, contrast: number, least: number): void => {
    if (contrast < least) poor.set(name, Math.min(contrast, poor.get(name) ?? 99));
  };
  for (const text of document.querySelectorAll<SVGTextElement>('svg.picture text')) {
    if (text.textContent === '') continue;
    const row = text.closest('.row');
    const back = row?.querySelector('.back');
    const under = text.closest('.badge, .headings') === null ? surface : page;
    const behind = back === null || back === undefined ? under : rgb(getComputedStyle(back).fill, under);
    const opacity = Number(getComputedStyle(text.closest('.badge') ?? text).opacity);
    if (text.closest('.badge.dimmed') !== null) continue; // set aside while another way is lit
    const name = `${(row ?? text.parentElement)!.getAttribute('class')} ${text.getAttribute('class')}`;
    judge(`text of '${name}'`, ratio(rgb(getComputedStyle(text).fill, behind, opacity), behind), 4.5);
  }
  // What is drawn already; what is only planned, or set aside, is meant to stand back.
  for (const line of document.querySelectorAll('.curve:not(.planned, .dimmed), .arrows path:not(.head)')) {
    const { stroke, strokeOpacity } = getComputedStyle(line);
    if (stroke === 'none') continue;
    judge(`line '${line.getAttribute('class') ?? 'arrow'}'`, ratio(rgb(stroke, page, Number(strokeOpacity)), page), 3);
  }
  for (const mark of document.querySelectorAll('.port, .arrows .head')) {
    const { fill, stroke } = getComputedStyle(mark);
    const under = mark.closest('.arrows') === null ? surface : page;
    const best = [fill, stroke].filter((color) => color !== 'none').map((color) => ratio(rgb(color, under), under));
    judge(`mark '${mark.getAttribute('class')}'`, Math.max(...best), 3);
  }
  return [...poor].map(([name, contrast]) => `contrast ${contrast.toFixed(2)} of ${name}`);
}

/** Everything of a webview. */
export async function webviewProblems(frame: Frame, onlyColors = false): Promise<string[]> {
  await frame.evaluate('globalThis.__name = (f) => f'); // what tsx compiles functions to
  await frame.evaluate(colors);
  return [
    ...(await axeProblems(frame, onlyColors)),
    ...(await frame.evaluate(textProblems)),
    ...(await frame.evaluate(drawnProblems)),
  ];
}

/** Contrast of what the extension puts on the source: texts behind lines, underlined expressions, icons in the gutter. */
export async function markProblems(page: Page, iconColor: (name: string) => string): Promise<string[]> {
  await page.evaluate('globalThis.__name = (f) => f');
  await page.evaluate(colors);
  const { found, icons, background } = await page.evaluate(() => {
    const { rgb, ratio } = (globalThis as unknown as { looks: Colors }).looks;
    const editor = document.querySelector('.editor-group-container .monaco-editor-background')!;
    const behind = getComputedStyle(editor).backgroundColor;
    const under = rgb(behind, [255, 255, 255]);
    const problems: string[] = [];
    for (const span of document.querySelectorAll<HTMLElement>('.view-lines [class*="ced-"]')) {
      const after = getComputedStyle(span, '::after');
      const isText = after.content !== 'none' && after.content !== '""';
      const contrast = ratio(rgb(isText ? after.color : getComputedStyle(span).color, under), under);
      if (contrast < 4.5)
        problems.push(`contrast ${contrast.toFixed(2)} of ${isText ? after.content : span.textContent}`);
    }
    const images = [...document.querySelectorAll<HTMLElement>('.monaco-editor .margin *')].map(
      (glyph) => /markers(?:\/|%2F)([a-z-]+)\.svg/.exec(getComputedStyle(glyph).backgroundImage)?.[1] ?? '',
    );
    return { found: problems, icons: images.filter((name) => name !== ''), background: behind };
  });
  const contrasts = await page.evaluate(
    ([fills, behind]) => {
      const { rgb, ratio } = (globalThis as unknown as { looks: Colors }).looks;
      const under = rgb(behind, [255, 255, 255]);
      return fills.map((fill) => ratio(rgb(fill, under), under));
    },
    [icons.map(iconColor), background] as const,
  );
  for (const [i, contrast] of contrasts.entries())
    if (contrast < 3) found.push(`contrast ${contrast.toFixed(2)} of the gutter's ${icons[i]}`);
  if (icons.length === 0) found.push('no icon of a mark in the gutter');
  return found;
}
