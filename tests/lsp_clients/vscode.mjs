// Uses the extension in a real editor, and prints what is seen: node vscode.mjs '{"modules": …, "chromium": …, "url": …}'.
import { createRequire } from "node:module";

const given = JSON.parse(process.argv[2]);
const { chromium } = createRequire(`${given.modules}/`)("playwright-core");
const browser = await chromium.launch({ executablePath: given.chromium, args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1200, height: 700 } });
page.setDefaultTimeout(60_000);
const seen = {};

/** Types into the box that a key opens. */
async function pick(key, text) {
  await page.keyboard.press(key);
  const box = page.locator(".quick-input-widget input.input");
  await box.waitFor();
  await box.pressSequentially(text);
  await page.waitForTimeout(1000); // the list is filtered after a pause
  await page.keyboard.press("Enter");
}

async function open(name) {
  await page.getByRole("treeitem", { name }).dblclick();
  await page.getByRole("tab", { name }).and(page.locator(".active")).waitFor();
}

async function text(selector) {
  return (await page.locator(selector).allInnerTexts()).map((one) => one.replaceAll("\u00a0", " ").trim());
}

await page.goto(given.url);
await page.locator(".explorer-folders-view").waitFor();
await open("search.json");
await page.locator(".squiggly-error").waitFor();

await pick("Control+g", "7:14");
await page.keyboard.press("Control+.");
await page.locator(".action-widget .monaco-list-row.action").first().waitFor();
seen.actions = await text(".action-widget .monaco-list-row.action");
await page.keyboard.press("Enter");
await page.locator(".squiggly-error").waitFor({ state: "detached" });
seen.fixed = await text(".editor-instance .view-line");

await open("requests.http");
await page.locator(".codelens-decoration a").first().waitFor();
seen.lenses = await text(".codelens-decoration");
await page.locator(".codelens-decoration a").first().click();
await page.getByRole("tab", { name: "answer.http" }).waitFor();

await pick("F1", "eventlint: Explain a Rule");
const box = page.locator(".quick-input-widget input.input");
await box.pressSequentially("blank-id");
await page.keyboard.press("Enter");
await page.getByRole("tab", { name: "manual.md" }).waitFor();
seen.tabs = await text(".tab .label-name");

console.log(JSON.stringify(seen));
await browser.close();
