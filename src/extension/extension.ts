// What VS Code loads. It wires configurations, the adapter's process, the timeline view and the language server; whatever
// knows the engine lives in those processes.

import * as vscode from 'vscode';
import { registerCommands } from './commands.ts';
import { AdapterFactory, ConfigurationProvider, dynamicConfigurations } from './debugging.ts';
import { FrameTranslationPanel } from './frame-translation-panel.ts';
import { HeapTree } from './heap-view.ts';
import { registerInlineValues } from './inline-values.ts';
import { startLanguageClient } from './language-client.ts';
import { followInListings } from './listing-marks.ts';
import { MachinePanel } from './machine-panel.ts';
import { SourceMarkers } from './source-markers.ts';
import { Timeline } from './timeline.ts';

/** What other extensions, and the tests, may use. */
export interface BailoutApi {
  readonly timeline: Timeline;
  readonly panel: FrameTranslationPanel;
  readonly machine: MachinePanel;
  readonly markers: SourceMarkers;
  readonly heap: HeapTree;
}

export function activate(context: vscode.ExtensionContext): BailoutApi {
  const timeline = new Timeline();
  const panel = new FrameTranslationPanel(context.extensionUri, timeline);
  const machine = new MachinePanel(context.extensionUri, panel);
  const heap = new HeapTree();
  const markers = new SourceMarkers(context.extensionUri, timeline);
  context.subscriptions.push(
    vscode.debug.registerDebugConfigurationProvider('bailout', new ConfigurationProvider()),
    // One more line in F5's picker: it becomes a configuration of the other type.
    vscode.debug.registerDebugConfigurationProvider('bailout-stop', new ConfigurationProvider({ stopOnBailout: true })),
    vscode.debug.registerDebugConfigurationProvider(
      'bailout',
      dynamicConfigurations,
      vscode.DebugConfigurationProviderTriggerKind.Dynamic,
    ),
    vscode.debug.registerDebugAdapterDescriptorFactory('bailout', new AdapterFactory(context)),
    timeline,
    panel,
    machine,
    heap,
    registerInlineValues(),
    followInListings(),
    markers,
    ...registerCommands(context, { timeline, panel, machine, heap }),
  );
  startLanguageClient(context);
  return { timeline, panel, machine, markers, heap };
}
