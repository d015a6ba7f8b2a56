import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import type { LogOutputChannel } from "vscode";

import type { Candidate } from "../src/candidates";
import { Manager } from "../src/manager";
import type { Ask, Found } from "../src/probe";
import { type Running, StartError, type StartOptions } from "../src/running";
import { channel, reset, seen, state } from "./vscode";

const output = channel() as unknown as LogOutputChannel;

/** Servers that are only noted. */
class Servers {
  readonly log: string[] = [];
  readonly options: StartOptions[] = [];
  failure: Error | undefined;

  readonly start = (found: Found, options: StartOptions): Promise<Running> => {
    this.options.push(options);
    if (this.failure !== undefined) {
      return Promise.reject(this.failure);
    }
    this.log.push(`start ${found.version}`);
    return Promise.resolve({
      found,
      execute: () => Promise.resolve(undefined),
      stop: () => {
        this.log.push(`stop ${found.version}`);
        return Promise.resolve();
      },
    });
  };
}

/** Answers for every program. */
const installed = (version: string) => (): Ask => () => Promise.resolve(`eventlint ${version}\n`);
const missing = (): Ask => () => Promise.resolve(undefined);

const PYTHON = "/venv/bin/python";

/** Installs a Python extension in which an environment is selected. */
function selectPython(): void {
  const environments = {
    getActiveEnvironmentPath: () => ({ path: PYTHON }),
    resolveEnvironment: () => Promise.resolve({ executable: { uri: { fsPath: PYTHON } } }),
  };
  const api = { ready: Promise.resolve(), environments };
  state.extensions["ms-python.python"] = { activate: () => Promise.resolve(api) };
}

beforeEach(() => {
  reset();
});

describe("start", () => {
  it("starts the server of the selected Python environment in the folder of the workspace", async () => {
    state.folders = ["/srv/shop"];
    state.settings["eventlint.args"] = ["--stdio"];
    selectPython();
    const asked: Candidate[] = [];
    const servers = new Servers();
    const manager = new Manager(output, servers.start, () => (candidate) => {
      asked.push(candidate);
      return Promise.resolve("eventlint 0.1.0\n");
    });
    await manager.restart();
    assert.equal(asked[0]?.program, PYTHON);
    assert.equal(manager.running?.found.version, "0.1.0");
    assert.deepEqual(servers.options, [{ args: ["--stdio"], codeLenses: true, cwd: "/srv/shop" }]);
  });

  it("starts nothing in the folder of a workspace that is not trusted", async () => {
    state.folders = ["/srv/shop"];
    state.trusted = false;
    selectPython();
    const servers = new Servers();
    const asked: [string, string][] = [];
    const manager = new Manager(output, servers.start, (cwd) => (candidate) => {
      asked.push([cwd, candidate.program]);
      return Promise.resolve(undefined);
    });
    await manager.restart();
    assert.ok(asked.every(([cwd, program]) => cwd !== "/srv/shop" && program !== PYTHON));
    assert.equal(seen.messages.length, 1);
    assert.ok(!seen.messages[0]?.choices.includes("Select Interpreter"));
  });

  it("uses the PATH when the Python extension fails", async () => {
    state.extensions["ms-python.python"] = { activate: () => Promise.reject(new Error("no Python")) };
    const servers = new Servers();
    const manager = new Manager(output, servers.start, installed("0.1.0"));
    await manager.restart();
    assert.notEqual(manager.running?.found.candidate.program, PYTHON);
  });
});

describe("restart", () => {
  it("stops the server before it starts the next one, also when asked several times", async () => {
    selectPython();
    const servers = new Servers();
    const manager = new Manager(output, servers.start, installed("0.1.0"));
    await Promise.all([manager.restart(), manager.restart()]);
    await manager.shutDown();
    assert.deepEqual(servers.log, ["start 0.1.0", "stop 0.1.0", "start 0.1.0", "stop 0.1.0"]);
  });

  it("starts nothing after the extension is shut down", async () => {
    selectPython();
    const servers = new Servers();
    const manager = new Manager(output, servers.start, installed("0.1.0"));
    await manager.shutDown();
    await manager.restart();
    assert.deepEqual(servers.log, []);
  });
});

describe("when eventlint is missing", () => {
  it("shows the command that installs it, and copies it", async () => {
    selectPython();
    state.clicks = ["Copy Command"];
    await new Manager(output, new Servers().start, missing).restart();
    await settled();
    const command = `${PYTHON} -m pip install "eventlint[lsp]"`;
    assert.match(seen.messages[0]?.text ?? "", /^eventlint was not found in the selected Python environment/);
    assert.ok(seen.messages[0]?.text.endsWith(`To install it, run: ${command}`));
    assert.equal(seen.clipboard, command);
  });

  it("offers to select another interpreter", async () => {
    selectPython();
    state.clicks = ["Select Interpreter"];
    await new Manager(output, new Servers().start, missing).restart();
    await settled();
    assert.deepEqual(seen.executed, [["python.setInterpreter"]]);
  });

  it("shows why the server did not start", async () => {
    selectPython();
    const servers = new Servers();
    servers.failure = new StartError("ImportError: no module named shop");
    const manager = new Manager(output, servers.start, installed("0.1.0"));
    await manager.restart();
    assert.equal(manager.running, undefined);
    assert.match(seen.messages[0]?.text ?? "", /did not start: ImportError: no module named shop\. To install it, run: /);
  });

  it("copies the command that the server names, such as for a missing extra", async () => {
    selectPython();
    state.clicks = ["Copy Command"];
    const servers = new Servers();
    servers.failure = new StartError(
      "eventlint: error: the language server is not installed: run /py -m pip install 'eventlint[lsp]'",
    );
    await new Manager(output, servers.start, installed("0.1.0")).restart();
    await settled();
    assert.match(seen.messages[0]?.text ?? "", /: the language server is not installed\. To install it, run: \/py -m pip/);
    assert.equal(seen.clipboard, "/py -m pip install 'eventlint[lsp]'");
  });

  it("offers the settings if eventlint.path is wrong", async () => {
    state.settings["eventlint.path"] = "/nowhere/eventlint";
    state.clicks = ["Open Settings"];
    await new Manager(output, new Servers().start, installed("0.1.0")).restart();
    await settled();
    assert.deepEqual(seen.executed, [["workbench.action.openSettings", "eventlint.path"]]);
  });
});

/** Waits until promises that nobody holds are done. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
