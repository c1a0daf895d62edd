// The Heap view: while a program is stopped, the spaces of its heap with their pages, what is in them by map, and the object that was
// asked for last: its generation, its colour, and the way from a root on which it is kept. It asks the adapter only while it is visible.

import * as vscode from 'vscode';
import type { HeapAnswer, HeapObjectInfo, HeapSpace, HeldBy } from '../adapter/index.ts';
import { plainHover } from './plain-hover.ts';

export interface HeapItem {
  readonly label: string;
  readonly description?: string;
  readonly icon?: string;
  readonly isOpen?: true;
  readonly children?: readonly HeapItem[];
}

interface Asked {
  readonly expression?: string;
  readonly address?: string;
  readonly frameId?: number;
}

const sizeText = (bytes: number): string =>
  bytes < 1024
    ? vscode.l10n.t('{0} bytes', bytes)
    : bytes < 1 << 20
      ? `${(bytes / 1024).toFixed(1)} KiB`
      : `${(bytes / (1 << 20)).toFixed(1)} MiB`;

const usedText = ({ used, committed }: Pick<HeapSpace, 'used' | 'committed'>): string =>
  committed === 0
    ? vscode.l10n.t('empty')
    : vscode.l10n.t(
        '{0} of {1} used ({2} %)',
        sizeText(used),
        sizeText(committed),
        ((100 * used) / committed).toFixed(used === 0 ? 0 : 1),
      );

export class HeapTree implements vscode.TreeDataProvider<HeapItem>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<HeapItem | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<HeapItem>;
  readonly #disposables: vscode.Disposable[];
  #asked: Asked = {};

  constructor() {
    this.#view = vscode.window.createTreeView('bailout.heap', { treeDataProvider: this, showCollapseAll: true });
    this.#disposables = [
      this.#view,
      vscode.debug.registerDebugAdapterTrackerFactory('bailout', {
        createDebugAdapterTracker: () => ({
          onDidSendMessage: (message) => {
            if (message.type === 'event' && /^(stopped|continued|terminated)$/.test(message.event)) this.refresh();
          },
        }),
      }),
      vscode.debug.onDidChangeActiveDebugSession(() => this.refresh()),
      vscode.debug.onDidStartDebugSession(() => {
        this.#asked = {};
      }),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  /** Shows what keeps an object; asks for an expression where none is given. */
  async showObject(context?: {
    readonly variable?: { evaluateName?: string; memoryReference?: string };
  }): Promise<void> {
    const { memoryReference: address, evaluateName } = context?.variable ?? {};
    const item = vscode.debug.activeStackItem;
    const frameId = item instanceof vscode.DebugStackFrame ? item.frameId : undefined;
    const expression =
      address === undefined
        ? (evaluateName ?? (await vscode.window.showInputBox({ prompt: vscode.l10n.t('An object, as an expression') })))
        : undefined;
    if (address === undefined && !expression) return;
    this.#asked = { address, expression, frameId };
    this.refresh();
    await vscode.commands.executeCommand('bailout.heap.focus');
  }

  getTreeItem({ label, description, icon, isOpen, children }: HeapItem): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(label, children === undefined ? None : isOpen ? Expanded : Collapsed);
    item.description = description;
    item.tooltip = plainHover(description === undefined ? label : `${label}: ${description}`);
    if (icon !== undefined) item.iconPath = new vscode.ThemeIcon(icon);
    return item;
  }

  async getChildren(item?: HeapItem): Promise<HeapItem[]> {
    if (item !== undefined) return [...(item.children ?? [])];
    const session = vscode.debug.activeDebugSession;
    if (session?.type !== 'bailout') return [];
    try {
      const answer = await this.#ask(session);
      return itemsOf(answer);
    } catch {
      // It runs: the view's welcome says when there is something to see.
      return [];
    }
  }

  async #ask(session: vscode.DebugSession): Promise<HeapAnswer> {
    try {
      return (await session.customRequest('bailout/heap', this.#asked)).heap;
    } catch (error) {
      if (this.#asked.address === undefined && this.#asked.expression === undefined) throw error;
      // The object is not there any more, or not by that name in this frame.
      this.#asked = {};
      return (await session.customRequest('bailout/heap', {})).heap;
    }
  }
}

function itemsOf({ spaces, kinds, object, collections, collection }: HeapAnswer): HeapItem[] {
  return [
    ...(collection === undefined ? [] : [{ label: vscode.l10n.t('Now'), description: collection, icon: 'sync' }]),
    ...(object === undefined ? [] : [objectItem(object)]),
    ...spaces.map(spaceItem),
    {
      label: vscode.l10n.t('by map'),
      description: vscode.l10n.t('{0} kinds, the largest first', kinds.length),
      icon: 'list-ordered',
      children: kinds.map(({ name, count, bytes }) => ({
        label: name,
        description: vscode.l10n.t('{0} objects, {1}', count, sizeText(bytes)),
      })),
    },
    { label: vscode.l10n.t('collections'), description: String(collections), icon: 'history' },
  ];
}

const spaceItem = (space: HeapSpace): HeapItem => ({
  label: space.name,
  description: usedText(space),
  icon: 'database',
  children: space.pages.map((page) => ({
    label: page.address,
    description: [
      page.kind,
      usedText(page),
      page.objects === undefined ? undefined : vscode.l10n.t('{0} objects', page.objects),
    ]
      .filter((part) => part !== undefined)
      .join(' · '),
  })),
});

const objectItem = ({ address, value, map, bytes, generation, mark, path }: HeapObjectInfo): HeapItem => ({
  label: value,
  description: address,
  icon: 'symbol-object',
  isOpen: true,
  children: [
    { label: vscode.l10n.t('map'), description: map },
    { label: vscode.l10n.t('size'), description: sizeText(bytes) },
    { label: vscode.l10n.t('generation'), description: generation },
    { label: vscode.l10n.t('mark'), description: mark },
    {
      label: vscode.l10n.t('kept by'),
      description: path.length === 0 ? vscode.l10n.t('nothing but the debugger') : path[0]!.by,
      isOpen: true,
      children: path.map(heldItem),
    },
  ],
});

const heldItem = ({ by, value, address }: HeldBy): HeapItem => ({ label: by, description: `${value} · ${address}` });
