/** The selected Python environment, where the Python extension is installed. */

import type { PythonExtension } from "@vscode/python-extension";
import * as vscode from "vscode";

const PYTHON = "ms-python.python";

/** Returns the interpreter that is selected for a folder, or undefined if there is none. */
export async function selectedPython(folder: vscode.Uri | undefined): Promise<string | undefined> {
  const api = await pythonApi();
  if (api === undefined) {
    return undefined;
  }
  const { environments } = api;
  const environment = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(folder));
  return environment?.executable.uri?.fsPath;
}

/** Calls a function whenever another environment is selected. */
export async function onDidSelectPython(listener: () => void): Promise<vscode.Disposable | undefined> {
  return (await pythonApi())?.environments.onDidChangeActiveEnvironmentPath(listener);
}

/** Returns whether the Python extension is installed, so that its commands exist. */
export function hasPythonExtension(): boolean {
  return vscode.extensions.getExtension(PYTHON) !== undefined;
}

async function pythonApi(): Promise<PythonExtension | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtension>(PYTHON);
  if (extension === undefined) {
    return undefined;
  }
  const api = await extension.activate();
  await api.ready;
  return api;
}
