// Bundles the extension into dist/, or with --test the tests into out/.
import { readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const common = { bundle: true, platform: "node", format: "cjs", target: "node20", absWorkingDir: here, logLevel: "warning" };

if (process.argv.includes("--test")) {
  rmSync(`${here}out`, { recursive: true, force: true });
  const tests = readdirSync(`${here}test`).filter((name) => name.endsWith(".test.ts"));
  await build({
    ...common,
    entryPoints: tests.map((name) => `test/${name}`),
    outdir: "out",
    outbase: here,
    sourcemap: "inline",
    // Outside of the editor there is no module "vscode".
    alias: { vscode: "./test/vscode.ts" },
  });
} else {
  const production = process.argv.includes("--production");
  await build({
    ...common,
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.js",
    external: ["vscode"],
    minify: production,
    sourcemap: !production,
  });
}
