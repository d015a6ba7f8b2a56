/** Asks programs for their version. */

import { execFile } from "node:child_process";

import { type Candidate, INSTALL } from "./candidates";

/** The oldest eventlint whose language server this extension can use. */
export const OLDEST_VERSION = "0.1.0";

/** A program that is eventlint, and new enough. */
export interface Found {
  readonly candidate: Candidate;
  readonly version: string;
}

/** No candidate is usable. The message is complete; `install` is the command that helps. */
export class NotFoundError extends Error {
  constructor(
    message: string,
    readonly install: string,
  ) {
    super(message);
  }
}

/** Returns what a program prints for `--version`, or undefined if it fails. */
export type Ask = (candidate: Candidate) => Promise<string | undefined>;

/**
 * Returns the first candidate that is eventlint.
 *
 * @throws NotFoundError if there is none, or if the first one is too old.
 */
export async function choose(programs: readonly Candidate[], ask: Ask): Promise<Found> {
  for (const candidate of programs) {
    const version = /^eventlint (\d+(?:\.\d+)*\S*)/.exec((await ask(candidate)) ?? "")?.[1];
    if (version === undefined) {
      continue;
    }
    if (isOlder(version, OLDEST_VERSION)) {
      throw new NotFoundError(
        `eventlint ${version} in ${candidate.origin} is too old; ${OLDEST_VERSION} or newer is needed.`,
        candidate.install.replace("pip install", "pip install --upgrade"),
      );
    }
    return { candidate, version };
  }
  const [first] = programs;
  const where = first === undefined ? "" : ` in ${programs.map((candidate) => candidate.origin).join(" or ")}`;
  throw new NotFoundError(`eventlint was not found${where}.`, first?.install ?? INSTALL);
}

/** Returns whether a version is before another one. Only the numbers are compared. */
export function isOlder(version: string, other: string): boolean {
  const numbers = (text: string): number[] => (/^[\d.]+/.exec(text)?.[0] ?? "").split(".").map(Number);
  const [left, right] = [numbers(version), numbers(other)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) {
      return difference < 0;
    }
  }
  return false;
}

/** Returns a function that starts a program to ask for its version. */
export function asking(cwd: string, env: NodeJS.ProcessEnv): Ask {
  return (candidate) =>
    new Promise((resolve) => {
      execFile(
        candidate.program,
        [...candidate.args, "--version"],
        { cwd, env, timeout: 30_000, windowsHide: true },
        (error, stdout) => {
          resolve(error === null ? stdout : undefined);
        },
      );
    });
}

/** Returns the environment for eventlint: Python must not import modules from the current folder. */
export function environment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, PYTHONSAFEPATH: "1", PYTHONUTF8: "1" };
}
