// From a press of F5 to a running adapter: complete the configuration, then say how to start `bailout dap`.

import path from 'node:path';
import * as vscode from 'vscode';

/** What F5 starts without a configuration; package.json offers the buttons for the same. */
export const languages: readonly string[] = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'];

/** For the list under "Select and Start Debugging", and for a new launch.json. */
export const dynamicConfigurations: vscode.DebugConfigurationProvider = {
  provideDebugConfigurations() {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code substitutes it
    const base = { type: 'bailout', request: 'launch', program: '${file}' };
    return [
      { ...base, name: vscode.l10n.t('Bailout: Current File') },
      { ...base, name: vscode.l10n.t('Bailout: Stop at Bailouts'), stopOnBailout: true },
      { ...base, name: vscode.l10n.t('Bailout: Stress Deoptimization'), v8Flags: ['--deopt-every-n-times=3'] },
    ];
  },
};

export class ConfigurationProvider implements vscode.DebugConfigurationProvider {
  provideDebugConfigurations = dynamicConfigurations.provideDebugConfigurations;

  /** What F5 adds without a launch.json. */
  readonly #extra: object;

  constructor(extra: object = {}) {
    this.#extra = extra;
  }

  async resolveDebugConfiguration(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    if (!configuration.type && !configuration.request && !configuration.name) {
      // F5 without a launch.json.
      const program = await fileToDebug();
      if (program === undefined) {
        void sayWhyNot();
        return undefined;
      }
      Object.assign(configuration, { name: 'Bailout', request: 'launch', program: program.fsPath, ...this.#extra });
    }
    configuration.type = 'bailout';
    const settings = vscode.workspace.getConfiguration('bailout', folder);
    const flags = [
      ...settings.get<string[]>('v8Flags', []),
      ...((configuration.v8Flags as string[] | undefined) ?? []),
    ];
    if (flags.length > 0) configuration.v8Flags = flags;
    if (!vscode.workspace.isTrusted) {
      configuration.allowFileAccess = false;
      configuration.allowFileWrite = [];
    }
    return configuration;
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    const { program } = configuration;
    if (typeof program !== 'string' || program === '') {
      void vscode.window.showErrorMessage(
        vscode.l10n.t("The launch configuration needs 'program': the path of a JavaScript or TypeScript file."),
      );
      return undefined;
    }
    const file = path.isAbsolute(program) ? program : path.join(folder?.uri.fsPath ?? '', program);
    const open = vscode.workspace.textDocuments.find((document) => document.uri.fsPath === file);
    if (open?.isDirty) await open.save();
    return {
      ...configuration,
      program: file,
      sendFrameTranslations: true,
      cwd: configuration.cwd ?? folder?.uri.fsPath ?? path.dirname(file),
      // Optimized code in the Disassembly view is one click away; the console should not cover the Call Stack.
      internalConsoleOptions: configuration.internalConsoleOptions ?? 'openOnSessionStart',
    };
  }
}

/** A tab that shows a file of ours; its editor may not be there yet, right after the window has opened. */
function tabToDebug(): vscode.Uri | undefined {
  const { activeTabGroup, all } = vscode.window.tabGroups;
  return [activeTabGroup, ...all]
    .flatMap(({ activeTab }) => (activeTab?.input instanceof vscode.TabInputText ? [activeTab.input.uri] : []))
    .find((uri) => uri.scheme === 'file' && /\.[cm]?[jt]sx?$/.test(uri.fsPath));
}

const isOurs = (document: vscode.TextDocument | undefined): boolean =>
  document !== undefined && document.uri.scheme === 'file' && languages.includes(document.languageId);

/** The file in the editor; where that is none of ours (a listing, a picture), the one beside it. */
async function fileToDebug(): Promise<vscode.Uri | undefined> {
  for (let tries = 0; tries < 20; tries++) {
    const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
    const found = editors.find((editor) => isOurs(editor?.document))?.document.uri ?? tabToDebug();
    if (found !== undefined) return found;
    // Restored editors come a moment later.
    if (vscode.window.activeTextEditor !== undefined) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return undefined;
}

async function sayWhyNot(): Promise<void> {
  const examples = vscode.l10n.t('Open the Examples');
  const name = vscode.window.activeTextEditor?.document.fileName;
  const why =
    name === undefined
      ? vscode.l10n.t('No file is open. Open a JavaScript or TypeScript file, then press F5 to debug it in Bailout.')
      : vscode.l10n.t(
          "'{0}' is no JavaScript or TypeScript file on disk. Open one, then press F5 to debug it in Bailout.",
          path.basename(name),
        );
  if ((await vscode.window.showInformationMessage(why, examples)) === examples)
    await vscode.commands.executeCommand('bailout.openExamples');
}

export class AdapterFactory implements vscode.DebugAdapterDescriptorFactory {
  constructor(readonly context: vscode.ExtensionContext) {}

  createDebugAdapterDescriptor(session: vscode.DebugSession): vscode.DebugAdapterDescriptor {
    const { debugServer } = session.configuration;
    if (typeof debugServer === 'number') return new vscode.DebugAdapterServer(debugServer, '127.0.0.1');
    const cli = path.join(this.context.extensionPath, 'dist', 'cli.js');
    const configured = vscode.workspace.getConfiguration('bailout').get<string>('nodePath', '').trim();
    const node = configured === '' ? process.execPath : configured;
    return new vscode.DebugAdapterExecutable(node, [cli, 'dap'], {
      env: configured === '' ? { ELECTRON_RUN_AS_NODE: '1' } : {},
    });
  }
}
