/** The commands of the palette. */

import * as vscode from "vscode";

import type { Documents } from "./documents";
import type { Manager } from "./manager";
import { messageOf } from "./messages";
import { ANSWER, EXPLAIN, showResult } from "./results";
import type { Running } from "./running";

const SOURCE = "eventlint";

/** Registers the commands. */
export function registerCommands(
  manager: Manager,
  documents: Documents,
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  const commands: Record<string, () => unknown> = {
    "eventlint.restart": () => manager.restart(),
    "eventlint.showOutput": () => {
      output.show();
    },
    "eventlint.showAnswer": () => withServer(manager, (running) => showAnswer(running, documents)),
    "eventlint.explainRule": () => withServer(manager, (running) => explainRule(running, documents)),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run)),
  );
}

async function withServer(manager: Manager, run: (running: Running) => Promise<void>): Promise<void> {
  const { running } = manager;
  if (running === undefined) {
    const choice = await vscode.window.showWarningMessage("The eventlint server is not running.", "Start");
    if (choice !== undefined) {
      await manager.restart();
    }
    return;
  }
  try {
    await run(running);
  } catch (error) {
    await vscode.window.showErrorMessage(`eventlint: ${messageOf(error)}`);
  }
}

/** Shows the server's answer to the event at the cursor. */
async function showAnswer(running: Running, documents: Documents): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    await vscode.window.showInformationMessage("Open a file with events first.");
    return;
  }
  const { line, character } = editor.selection.active;
  const uri = editor.document.uri.toString();
  const result = await running.execute(ANSWER, [uri, { line, character }]);
  if (result === null || result === undefined || result === "") {
    await vscode.window.showInformationMessage("There is no event at the cursor.");
    return;
  }
  await showResult(documents, ANSWER, result);
}

/** Shows the manual of a rule: one of the findings on the line of the cursor, or one that the user names. */
async function explainRule(running: Running, documents: Documents): Promise<void> {
  const here = rulesAtCursor();
  const rule = here.length === 1 ? here[0] : await askForRule(here);
  if (rule !== undefined) {
    await showResult(documents, EXPLAIN, await running.execute(EXPLAIN, [rule]));
  }
}

function askForRule(here: readonly string[]): Thenable<string | undefined> {
  if (here.length > 1) {
    return vscode.window.showQuickPick([...here], { placeHolder: "Rule" });
  }
  return vscode.window.showInputBox({ prompt: "The name of a rule", placeHolder: "wrong-type" });
}

function rulesAtCursor(): string[] {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return [];
  }
  const { line } = editor.selection.active;
  const rules = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter(({ source, range }) => source === SOURCE && range.start.line <= line && line <= range.end.line)
    .map(({ code }) => String(typeof code === "object" ? code.value : code));
  return [...new Set(rules)].filter((rule) => rule !== "undefined");
}
