export type Element = { tag: string; children: (Element | string | number)[] };

export function element(tag: string, _attributes: unknown, ...children: Element['children']): Element {
  return { tag, children };
}

export const shown = ({ tag, children }: Element): string =>
  `${tag}(${children.map((child) => (typeof child === 'object' ? shown(child) : child)).join(' ')})`;
