/** The entry point: what the editor calls. */

import * as vscode from "vscode";

import { registerCommands } from "./commands";
import { Documents } from "./documents";
import { Manager } from "./manager";
import { messageOf } from "./messages";
import { onDidSelectPython } from "./python";
import { showResult } from "./results";
import { start } from "./server";

let manager: Manager | undefined;

/** Starts the server, and starts it again when what it depends on changes. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("eventlint", { log: true });
  const documents = new Documents();
  const servers = new Manager(output, (found, options) =>
    start(found, options, output, (command, result) => showResult(documents, command, result)),
  );
  manager = servers;
  const restart = (): void => {
    void servers.restart();
  };
  context.subscriptions.push(
    output,
    documents,
    servers,
    registerCommands(servers, documents, output),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (["path", "args", "codeLenses"].some((name) => event.affectsConfiguration(`eventlint.${name}`))) {
        restart();
      }
    }),
  );
  await servers.restart();
  await followPython(context, restart, output);
}

/** Starts the server again when another Python environment is selected. Waits until the workspace is trusted. */
async function followPython(
  context: vscode.ExtensionContext,
  restart: () => void,
  output: vscode.LogOutputChannel,
): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    context.subscriptions.push(
      vscode.workspace.onDidGrantWorkspaceTrust(() => void followPython(context, restart, output)),
    );
    return;
  }
  try {
    const selection = await onDidSelectPython(restart);
    if (selection !== undefined) {
      context.subscriptions.push(selection);
    }
  } catch (error) {
    output.warn(`The Python extension failed: ${messageOf(error)}`);
  }
}

/** Stops the server. The editor waits for this. */
export async function deactivate(): Promise<void> {
  await manager?.shutDown();
  manager = undefined;
}
