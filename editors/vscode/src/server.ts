/** Starts and stops the language server. */

import { type ChildProcess, spawn } from "node:child_process";
import * as readline from "node:readline";
import type { Readable } from "node:stream";
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
} from "vscode-languageclient/node";

import { messageOf } from "./messages";
import { environment, type Found } from "./probe";
import { LANGUAGES, type Running, type ShowResult, StartError, type StartOptions } from "./running";

// Other extensions give these files other languages.
const PATTERN = "**/*.{json,ndjson,jsonl,har,http,rest,console,es,md,mdx,markdown}";

const RESTARTS_IN_THREE_MINUTES = 4;

/** Leaves a failure before the server is ready to the caller; after that, does what is usual: a few restarts. */
class Errors implements ErrorHandler {
  /** The usual handler, once the server is ready. */
  usual: ErrorHandler | undefined;

  error(...about: Parameters<ErrorHandler["error"]>): ReturnType<ErrorHandler["error"]> {
    return this.usual?.error(...about) ?? { action: ErrorAction.Shutdown, handled: true };
  }

  closed(): ReturnType<ErrorHandler["closed"]> {
    return this.usual?.closed() ?? { action: CloseAction.DoNotRestart, handled: true };
  }
}

/** A language client that shows no message of its own until the server is ready. */
class Client extends LanguageClient {
  quiet = true;

  override error(message: string, data?: unknown, showNotification?: boolean | "force"): void {
    super.error(message, data, this.quiet ? false : showNotification);
  }
}

/**
 * Starts the language server of an eventlint, and waits until it is ready.
 *
 * @throws StartError if the server ends instead.
 */
export async function start(
  found: Found,
  options: StartOptions,
  output: vscode.LogOutputChannel,
  show: ShowResult,
): Promise<Running> {
  const { program, args } = found.candidate;
  const command = [...args, "lsp", ...options.args];
  output.info(`Starting ${[program, ...command].join(" ")}`);
  const printed: string[] = [];
  let ended = Promise.resolve("");
  const startProcess = (): Promise<ChildProcess> => {
    const env = environment(process.env);
    const child = spawn(program, command, { cwd: options.cwd, env, windowsHide: true });
    printed.length = 0;
    ended = endOf(child, printed);
    return Promise.resolve(child);
  };
  const errors = new Errors();
  const client = new Client("eventlint", "eventlint", startProcess, clientOptions(options, output, errors, printed, show));
  try {
    await client.start();
  } catch (error) {
    const reason = await Promise.race([ended, delay(2_000)]);
    await client.dispose().catch(() => undefined);
    throw new StartError(reason === "" ? messageOf(error) : reason);
  }
  client.quiet = false;
  errors.usual = client.createDefaultErrorHandler(RESTARTS_IN_THREE_MINUTES);
  return {
    found,
    execute: (name, values) =>
      client.sendRequest<unknown>("workspace/executeCommand", { command: name, arguments: values }),
    stop: async () => {
      // A server that crashed cannot be stopped.
      await client.dispose().catch((error: unknown) => {
        output.warn(messageOf(error));
      });
    },
  };
}

function clientOptions(
  options: StartOptions,
  output: vscode.LogOutputChannel,
  errorHandler: ErrorHandler,
  printed: string[],
  show: ShowResult,
): LanguageClientOptions {
  return {
    documentSelector: [
      ...LANGUAGES.flatMap((language) => [
        { scheme: "file", language },
        { scheme: "untitled", language },
      ]),
      { scheme: "file", pattern: PATTERN },
    ],
    initializationOptions: { codeLenses: options.codeLenses },
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    errorHandler,
    initializationFailedHandler: () => false,
    diagnosticCollectionName: "eventlint",
    markdown: { isTrusted: false, supportHtml: false },
    middleware: {
      executeCommand: async (command, args, next) => {
        const result: unknown = await next(command, args);
        await show(command, result);
        return result;
      },
      window: {
        // The server opens manuals as files, for editors that cannot show what its command returns.
        showDocument: (params, token, next) =>
          params.external !== true && params.uri.endsWith(".md") ? { success: true } : next(params, token),
      },
    },
    stdioOptions: {
      stdout: () => undefined,
      stderr: (input, channel) => {
        lines(input, (line) => {
          printed.push(line);
          printed.splice(0, printed.length - 20);
          channel.info(line);
        });
      },
    },
  };
}

/** Waits for the end of a process, and returns the last line that it printed. */
function endOf(child: ChildProcess, printed: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => {
      resolve(error.message);
    });
    child.once("close", () => {
      resolve(printed.findLast((line) => line.trim() !== "") ?? "");
    });
  });
}

function lines(input: Readable, use: (line: string) => void): void {
  readline.createInterface({ input, crlfDelay: Infinity, terminal: false, historySize: 0 }).on("line", use);
}

function delay(milliseconds: number): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds, "").unref();
  });
}
