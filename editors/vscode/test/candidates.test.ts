import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { candidates, PathSettingError, type Surroundings } from "../src/candidates";

function surroundings(changes: Partial<Surroundings> = {}, programs: string[] = []): Surroundings {
  return {
    configuredPath: "",
    trusted: true,
    folders: ["/srv/shop"],
    home: "/home/ann",
    env: { PATH: "/usr/local/bin:/usr/bin" },
    platform: "linux",
    isProgram: (file) => programs.includes(file),
    selectedPython: () => Promise.resolve(undefined),
    ...changes,
  };
}

async function programs(changes: Partial<Surroundings>, existing: string[]): Promise<string[]> {
  return (await candidates(surroundings(changes, existing))).map(({ program, args }) => [program, ...args].join(" "));
}

describe("without a setting", () => {
  it("tries the selected environment, then the PATH, then Python on the PATH", async () => {
    const selectedPython = (): Promise<string> => Promise.resolve("/venv/bin/python");
    assert.deepEqual(await programs({ selectedPython }, ["/usr/bin/eventlint", "/usr/bin/python3"]), [
      "/venv/bin/python -m eventlint",
      "/usr/bin/eventlint",
      "/usr/bin/python3 -m eventlint",
    ]);
  });

  it("takes the first folder of the PATH that has the program", async () => {
    const existing = ["/usr/bin/eventlint", "/usr/local/bin/eventlint"];
    assert.deepEqual(await programs({}, existing), ["/usr/local/bin/eventlint"]);
  });

  it("ignores relative folders in the PATH", async () => {
    const env = { PATH: ".::bin:/usr/bin" };
    const existing = ["./eventlint", "eventlint", "bin/eventlint", "/usr/bin/eventlint"];
    assert.deepEqual(await programs({ env }, existing), ["/usr/bin/eventlint"]);
  });

  it("finds programs on Windows, whatever the case of the variable", async () => {
    const env = { Path: "C:\\Tools;D:\\bin" };
    assert.deepEqual(await programs({ env, platform: "win32" }, ["D:\\bin\\eventlint.exe"]), [
      "D:\\bin\\eventlint.exe",
    ]);
  });

  it("names the command that installs into the environment", async () => {
    const selectedPython = (): Promise<string> => Promise.resolve("/my envs/a/bin/python");
    const [first] = await candidates(surroundings({ selectedPython }));
    assert.equal(first?.install, '"/my envs/a/bin/python" -m pip install "eventlint[lsp]"');
  });
});

describe("in a workspace that is not trusted", () => {
  it("does not ask for the selected environment", async () => {
    const selectedPython = (): Promise<string> => Promise.reject(new Error("asked"));
    assert.deepEqual(await programs({ trusted: false, selectedPython }, ["/usr/bin/eventlint"]), [
      "/usr/bin/eventlint",
    ]);
  });

  it("skips folders of the PATH that are in the workspace", async () => {
    const env = { PATH: "/srv/shop/.venv/bin:/srv/shop/../shop/bin:/srv/shopping/bin" };
    const existing = ["/srv/shop/.venv/bin/eventlint", "/srv/shop/bin/eventlint", "/srv/shopping/bin/eventlint"];
    assert.deepEqual(await programs({ trusted: false, env }, existing), ["/srv/shopping/bin/eventlint"]);
  });

  it("refuses a setting that leads into the workspace", async () => {
    const configuredPath = "${workspaceFolder}/.venv/bin/eventlint";
    const given = surroundings({ trusted: false, configuredPath }, ["/srv/shop/.venv/bin/eventlint"]);
    await assert.rejects(candidates(given), PathSettingError);
  });
});

describe("the setting eventlint.path", () => {
  it("is the only program that is tried", async () => {
    const existing = ["/opt/eventlint", "/usr/bin/eventlint"];
    assert.deepEqual(await programs({ configuredPath: "/opt/eventlint" }, existing), ["/opt/eventlint"]);
  });

  it("may begin with the home folder or the workspace folder", async () => {
    const existing = ["/home/ann/bin/eventlint", "/srv/shop/.venv/bin/eventlint"];
    assert.deepEqual(await programs({ configuredPath: "~/bin/eventlint" }, existing), ["/home/ann/bin/eventlint"]);
    assert.deepEqual(await programs({ configuredPath: "${workspaceFolder}/.venv/bin/eventlint" }, existing), [
      "/srv/shop/.venv/bin/eventlint",
    ]);
  });

  for (const [configuredPath, reason] of [
    ["eventlint", /not an absolute path/],
    ["/nowhere/eventlint", /not a program/],
  ] as const) {
    it(`is not replaced when it is ${configuredPath}`, async () => {
      await assert.rejects(candidates(surroundings({ configuredPath }, ["/usr/bin/eventlint"])), reason);
    });
  }

  it("needs a folder for ${workspaceFolder}", async () => {
    const given = surroundings({ configuredPath: "${workspaceFolder}/eventlint", folders: [] });
    await assert.rejects(candidates(given), /no folder is open/);
  });
});
