/** What the rest of the extension knows of a server, apart from how it is started. */

import type { Found } from "./probe";

/** The languages of files that can contain events. */
export const LANGUAGES = ["json", "jsonc", "jsonl", "http", "eventlint-console", "markdown", "mdx"] as const;

/** The server ended before it was ready. The message is what it printed last. */
export class StartError extends Error {}

/** A server that runs. */
export interface Running {
  readonly found: Found;
  /** Ask the server to run one of its commands. */
  execute(command: string, args: unknown[]): Promise<unknown>;
  stop(): Promise<void>;
}

/** Shows the result of a command of the server, such as that of a code lens. */
export type ShowResult = (command: string, result: unknown) => Promise<void>;

/** Options of a start that come from the settings. */
export interface StartOptions {
  readonly args: readonly string[];
  /** Whether the server's answer is shown above each event. */
  readonly codeLenses: boolean;
  /** The folder in which the server runs. */
  readonly cwd: string;
}
