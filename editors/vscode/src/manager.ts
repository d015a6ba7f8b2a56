/** Decides which server runs, and when it is started again. */

import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import * as vscode from "vscode";

import { candidates, PathSettingError, type Surroundings } from "./candidates";
import { messageOf } from "./messages";
import { type Ask, asking, choose, environment, type Found, NotFoundError } from "./probe";
import { hasPythonExtension, selectedPython } from "./python";
import { LANGUAGES, type Running, StartError, type StartOptions } from "./running";

/** Starts a server; see `start` in server.ts. */
export type Start = (found: Found, options: StartOptions) => Promise<Running>;

const COPY = "Copy Command";
const SELECT = "Select Interpreter";
const SETTINGS = "Open Settings";
const OUTPUT = "Show Output";

/** Holds the server. Starts and stops happen one after the other. */
export class Manager implements vscode.Disposable {
  #running: Running | undefined;
  #last: Promise<void> = Promise.resolve();
  #disposed = false;
  readonly #status = vscode.languages.createLanguageStatusItem("eventlint.server", [...LANGUAGES]);

  constructor(
    private readonly output: vscode.LogOutputChannel,
    private readonly start: Start,
    private readonly ask: (cwd: string) => Ask = (cwd) => asking(cwd, environment(process.env)),
  ) {
    this.#status.name = "eventlint";
    this.#status.command = { title: "Output", command: "eventlint.showOutput" };
  }

  /** The server, once it runs. */
  get running(): Running | undefined {
    return this.#running;
  }

  /** Stops the server if it runs, and starts the one that the settings lead to. Never rejects. */
  restart(): Promise<void> {
    this.#last = this.#last.then(async () => {
      await this.#stop();
      if (!this.#disposed) {
        await this.#startAndExplain();
      }
    });
    return this.#last;
  }

  /** Stops the server, after what is already under way. Never rejects. */
  shutDown(): Promise<void> {
    this.#disposed = true;
    this.#last = this.#last.then(() => this.#stop());
    return this.#last;
  }

  dispose(): void {
    void this.shutDown();
    this.#status.dispose();
  }

  async #stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.stop();
  }

  async #startAndExplain(): Promise<void> {
    this.#show("starting", vscode.LanguageStatusSeverity.Information, true);
    try {
      this.#running = await this.#startFirst();
      const { candidate, version } = this.#running.found;
      this.output.info(`eventlint ${version} from ${candidate.origin} is ready.`);
      this.#show(version, vscode.LanguageStatusSeverity.Information, false, candidate.program);
    } catch (error) {
      this.output.error(messageOf(error));
      this.#show("not running", vscode.LanguageStatusSeverity.Error, false, messageOf(error));
      // Not awaited: the message stays until the user closes it.
      void this.#explain(error);
    }
  }

  async #startFirst(): Promise<Running> {
    const settings = vscode.workspace.getConfiguration("eventlint");
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file");
    const trusted = vscode.workspace.isTrusted;
    // In a folder that is not trusted, nothing is started.
    const cwd = trusted && folder !== undefined ? folder.uri.fsPath : homedir();
    const found = await choose(await candidates(this.#surroundings(settings, folder?.uri)), this.ask(cwd));
    try {
      return await this.start(found, {
        args: settings.get<string[]>("args", []),
        codeLenses: settings.get<boolean>("codeLenses", true),
        cwd,
      });
    } catch (error) {
      throw error instanceof StartError ? notStarted(found, error.message) : error;
    }
  }

  #surroundings(settings: vscode.WorkspaceConfiguration, folder: vscode.Uri | undefined): Surroundings {
    return {
      configuredPath: settings.get<string>("path", "").trim(),
      trusted: vscode.workspace.isTrusted,
      folders: (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
      home: homedir(),
      env: process.env,
      platform: process.platform,
      isProgram,
      selectedPython: async () => {
        try {
          return await selectedPython(folder);
        } catch (error) {
          this.output.warn(`The Python extension failed: ${messageOf(error)}`);
          return undefined;
        }
      },
    };
  }

  async #explain(error: unknown): Promise<void> {
    if (error instanceof PathSettingError) {
      await this.#offer(error.message, [SETTINGS]);
    } else if (error instanceof NotFoundError) {
      const message = `${error.message} To install it, run: ${error.install}`;
      const select = vscode.workspace.isTrusted && hasPythonExtension() ? [SELECT] : [];
      if ((await this.#offer(message, [COPY, ...select, OUTPUT])) === COPY) {
        await vscode.env.clipboard.writeText(error.install);
      }
    } else {
      await this.#offer(`eventlint cannot be started: ${messageOf(error)}`, [OUTPUT]);
    }
  }

  async #offer(message: string, choices: string[]): Promise<string | undefined> {
    const choice = await vscode.window.showErrorMessage(message, ...choices);
    if (choice === SELECT) {
      await vscode.commands.executeCommand("python.setInterpreter");
    } else if (choice === SETTINGS) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "eventlint.path");
    } else if (choice === OUTPUT) {
      this.output.show();
    }
    return choice;
  }

  #show(text: string, severity: vscode.LanguageStatusSeverity, busy: boolean, detail = ""): void {
    this.#status.text = `eventlint: ${text}`;
    this.#status.detail = detail;
    this.#status.severity = severity;
    this.#status.busy = busy;
  }
}

/** Describes why a server did not start. If its message names the command that helps, that is the one to copy. */
function notStarted(found: Found, reason: string): NotFoundError {
  const { origin, install } = found.candidate;
  const message = reason.replace(/^eventlint: error: /, "");
  const named = /^(.*)[:;,] run (\S.* -m pip install .*)$/.exec(message);
  return new NotFoundError(
    `The language server of eventlint ${found.version} in ${origin} did not start: ${named?.[1] ?? message}.`,
    named?.[2] ?? install,
  );
}

/** Returns whether a path is a file that can be executed. */
function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
