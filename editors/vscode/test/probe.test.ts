import assert from "node:assert/strict";
import { describe, it } from "node:test";

import type { Candidate } from "../src/candidates";
import { choose, environment, isOlder, NotFoundError } from "../src/probe";

const candidate = (program: string): Candidate => ({
  program,
  args: [],
  origin: `the origin ${program}`,
  install: `${program} -m pip install "eventlint[lsp]"`,
});

/** Answers for programs by name. */
const answers = (versions: Record<string, string>) => (asked: Candidate): Promise<string | undefined> =>
  Promise.resolve(versions[asked.program]);

describe("choose", () => {
  it("takes the first program that is eventlint", async () => {
    const versions = { b: "Python 3.12.1\n", c: "eventlint 0.1.0\n", d: "eventlint 0.2.0\n" };
    const found = await choose(["a", "b", "c", "d"].map(candidate), answers(versions));
    assert.deepEqual([found.candidate.program, found.version], ["c", "0.1.0"]);
  });

  it("reports an eventlint that is too old, and how to upgrade it", async () => {
    const chosen = choose([candidate("a")], answers({ a: "eventlint 0.0.9\n" }));
    await assert.rejects(chosen, (error: unknown) => {
      assert.ok(error instanceof NotFoundError);
      assert.match(error.message, /^eventlint 0\.0\.9 in the origin a is too old/);
      assert.equal(error.install, 'a -m pip install --upgrade "eventlint[lsp]"');
      return true;
    });
  });

  it("reports where it looked, and installs into the first of them", async () => {
    await assert.rejects(choose([candidate("a"), candidate("b")], answers({})), {
      message: "eventlint was not found in the origin a or the origin b.",
      install: 'a -m pip install "eventlint[lsp]"',
    });
  });

  it("names the general command if there is nowhere to look", async () => {
    await assert.rejects(choose([], answers({})), { install: 'pip install "eventlint[lsp]"' });
  });
});

describe("isOlder", () => {
  for (const [left, right, expected] of [
    ["0.9", "0.10.0", true],
    ["1.0", "1.0.0", false],
    ["0.1.0rc1", "0.1.1", true],
    ["2", "1.9.9", false],
  ] as const) {
    it(`${left} before ${right}: ${String(expected)}`, () => {
      assert.equal(isOlder(left, right), expected);
    });
  }
});

it("Python does not import modules from the folder in which it is started", () => {
  assert.equal(environment({ PATH: "/bin" }).PYTHONSAFEPATH, "1");
});
