import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import type { LogOutputChannel } from "vscode";

import { registerCommands } from "../src/commands";
import { Documents } from "../src/documents";
import { Manager } from "../src/manager";
import { showResult } from "../src/results";
import { channel, events, providers, registered, reset, seen, state, Uri } from "./vscode";

const output = channel() as unknown as LogOutputChannel;
const here = { document: { uri: Uri.file("/srv/search.json") }, selection: { active: { line: 3, character: 4 } } };

let asked: unknown[][];
let documents: Documents;
let manager: Manager;

/** Lets a server run that answers every command with the same result. */
async function run(result: unknown): Promise<void> {
  const found = { candidate: { program: "/eventlint", args: [], origin: "a test", install: "" }, version: "0.1.0" };
  state.extensions["ms-python.python"] = {
    activate: () =>
      Promise.resolve({
        ready: Promise.resolve(),
        environments: {
          getActiveEnvironmentPath: () => ({ path: "/python" }),
          resolveEnvironment: () => Promise.resolve({ executable: { uri: { fsPath: "/python" } } }),
        },
      }),
  };
  manager = new Manager(
    output,
    () =>
      Promise.resolve({
        found,
        execute: (...call) => {
          asked.push(call);
          return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
        },
        stop: () => Promise.resolve(),
      }),
    () => () => Promise.resolve("eventlint 0.1.0\n"),
  );
  registerCommands(manager, documents, output);
  await manager.restart();
}

function call(command: string): Promise<unknown> {
  return Promise.resolve(registered.get(command)?.());
}

function text(uri: Uri | undefined): string | undefined {
  return uri && providers.get("eventlint")?.provideTextDocumentContent(uri);
}

beforeEach(() => {
  reset();
  asked = [];
  documents = new Documents();
});

describe("Show the Server's Answer", () => {
  it("asks for the event at the cursor and opens the answer", async () => {
    state.editor = here;
    await run("HTTP/1.1 202 Accepted\n");
    await call("eventlint.showAnswer");
    assert.deepEqual(asked, [["eventlint.answer", ["file:/srv/search.json", { line: 3, character: 4 }]]]);
    assert.equal(text(seen.opened[0]), "HTTP/1.1 202 Accepted\n");
  });

  it("reports that there is no event", async () => {
    state.editor = here;
    await run(null);
    await call("eventlint.showAnswer");
    assert.deepEqual(seen.opened, []);
    assert.equal(seen.messages[0]?.text, "There is no event at the cursor.");
  });

  it("shows an error of the server", async () => {
    state.editor = here;
    await run(new Error("the file is too large"));
    await call("eventlint.showAnswer");
    assert.equal(seen.messages[0]?.text, "eventlint: the file is too large");
  });

  it("offers to start a server that does not run", async () => {
    state.editor = here;
    state.clicks = ["Start"];
    await run("");
    await manager.shutDown();
    await call("eventlint.showAnswer");
    assert.deepEqual(asked, []);
    assert.equal(seen.messages[0]?.text, "The eventlint server is not running.");
  });
});

describe("Explain a Rule", () => {
  const finding = (rule: string, line: number, source = "eventlint"): unknown => ({
    source,
    code: { value: rule, target: undefined },
    range: { start: { line }, end: { line } },
  });

  it("takes the rule of the only finding on the line", async () => {
    state.editor = here;
    state.diagnostics = [finding("wrong-type", 3), finding("blank-id", 2), finding("other", 3, "json")];
    await run("# wrong-type");
    await call("eventlint.explainRule");
    assert.deepEqual(asked, [["eventlint.explain", ["wrong-type"]]]);
    const [command, uri] = seen.executed[0] ?? [];
    assert.equal(command, "markdown.showPreviewToSide");
    assert.equal(text(uri as Uri), "# wrong-type");
  });

  it("lets the user choose one of several", async () => {
    state.editor = here;
    state.diagnostics = [finding("wrong-type", 3), finding("blank-id", 3)];
    state.input = "blank-id";
    await run("# blank-id");
    await call("eventlint.explainRule");
    assert.deepEqual(asked, [["eventlint.explain", ["blank-id"]]]);
  });

  it("asks for a name elsewhere, and does nothing without one", async () => {
    await run("");
    await call("eventlint.explainRule");
    assert.deepEqual(asked, []);
    state.input = "empty-query";
    await call("eventlint.explainRule");
    assert.deepEqual(asked, [["eventlint.explain", ["empty-query"]]]);
  });
});

describe("read-only documents", () => {
  it("forget their text when they are closed", async () => {
    await documents.open("answer.http", "secret");
    const [uri] = seen.opened;
    assert.ok(uri !== undefined);
    events.closed.fire({ uri });
    assert.match(text(uri) ?? "", /no longer available/);
    assert.ok(!uri.toString().includes("secret"));
  });

  it("are not opened for results of other commands", async () => {
    await showResult(documents, "eventlint.suppress", "done");
    await showResult(documents, "eventlint.answer", null);
    assert.deepEqual([seen.opened, seen.executed], [[], []]);
  });
});
