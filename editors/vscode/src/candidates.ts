/** Where an eventlint can be, in the order in which it is looked for. Knows nothing of the editor. */

import * as path from "node:path";

/** A program that may be eventlint. */
export interface Candidate {
  /** The absolute path of the program. */
  readonly program: string;
  /** The arguments that come before those of eventlint. */
  readonly args: readonly string[];
  /** Where it was found, for messages. */
  readonly origin: string;
  /** The command that installs the language server there. */
  readonly install: string;
}

/** What decides which programs are looked at. */
export interface Surroundings {
  /** The setting `eventlint.path`; empty if it is not set. */
  readonly configuredPath: string;
  /** Whether the user trusts the workspace. */
  readonly trusted: boolean;
  /** The folders of the workspace. */
  readonly folders: readonly string[];
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** Returns whether a path is a file that can be executed. */
  readonly isProgram: (file: string) => boolean;
  /** Returns the interpreter of the selected Python environment. */
  readonly selectedPython: () => Promise<string | undefined>;
}

/** The setting `eventlint.path` cannot be used. */
export class PathSettingError extends Error {}

export const INSTALL = 'pip install "eventlint[lsp]"';

/**
 * Returns the programs to try, the first one first.
 *
 * In a workspace that is not trusted, no program inside of it is returned, and its Python environment is not asked for.
 *
 * @throws PathSettingError if `eventlint.path` is set and not usable; no other program is a substitute for it.
 */
export async function candidates(surroundings: Surroundings): Promise<Candidate[]> {
  if (surroundings.configuredPath !== "") {
    return [configured(surroundings)];
  }
  const found: Candidate[] = [];
  if (surroundings.trusted) {
    const python = await surroundings.selectedPython();
    if (python !== undefined) {
      found.push(fromPython(python, "the selected Python environment", surroundings.platform));
    }
  }
  const program = onPath("eventlint", surroundings);
  if (program !== undefined) {
    found.push({ program, args: [], origin: "the PATH", install: INSTALL });
  }
  const python = onPath("python3", surroundings) ?? onPath("python", surroundings);
  if (python !== undefined) {
    found.push(fromPython(python, "the Python on the PATH", surroundings.platform));
  }
  return found;
}

function configured(surroundings: Surroundings): Candidate {
  const paths = pathsOf(surroundings.platform);
  const setting = surroundings.configuredPath;
  const [folder] = surroundings.folders;
  let file = setting.replace(/^~(?=[\\/]|$)/, () => surroundings.home);
  if (file.startsWith("${workspaceFolder}")) {
    if (folder === undefined) {
      throw new PathSettingError(`eventlint.path is '${setting}', but no folder is open.`);
    }
    file = folder + file.slice("${workspaceFolder}".length);
  }
  if (!paths.isAbsolute(file)) {
    throw new PathSettingError(`eventlint.path is '${setting}', which is not an absolute path.`);
  }
  if (!surroundings.trusted && isInside(file, surroundings)) {
    throw new PathSettingError(`eventlint.path is '${setting}', which is in a workspace that is not trusted.`);
  }
  if (!surroundings.isProgram(file)) {
    throw new PathSettingError(`eventlint.path is '${setting}', which is not a program.`);
  }
  return { program: file, args: [], origin: "the setting eventlint.path", install: INSTALL };
}

function fromPython(python: string, origin: string, platform: NodeJS.Platform): Candidate {
  const quoted = /[^\w./\\:-]/.test(python) ? `"${python}"` : python;
  const call = platform === "win32" && quoted !== python ? `& ${quoted}` : quoted;
  return { program: python, args: ["-m", "eventlint"], origin, install: `${call} -m ${INSTALL}` };
}

/** Finds a program as a shell does, but only in absolute folders, so that the current folder never counts. */
function onPath(name: string, surroundings: Surroundings): string | undefined {
  const paths = pathsOf(surroundings.platform);
  const variable = Object.keys(surroundings.env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  // Batch files (.cmd, .bat) cannot be started without a shell.
  const suffix = surroundings.platform === "win32" ? ".exe" : "";
  return (surroundings.env[variable] ?? "")
    .split(paths.delimiter)
    .filter((folder) => paths.isAbsolute(folder))
    .map((folder) => paths.join(folder, name + suffix))
    .find((file) => surroundings.isProgram(file) && (surroundings.trusted || !isInside(file, surroundings)));
}

function isInside(file: string, surroundings: Surroundings): boolean {
  const paths = pathsOf(surroundings.platform);
  return surroundings.folders.some((folder) => {
    const relative = paths.relative(folder, file);
    return relative !== ".." && !relative.startsWith(`..${paths.sep}`) && !paths.isAbsolute(relative);
  });
}

function pathsOf(platform: NodeJS.Platform): path.PlatformPath {
  return platform === "win32" ? path.win32 : path.posix;
}
