// Runs a scenario in a browser: node drive.mjs SCENARIO JSON. Prints what the scenario returns, as JSON.
import {createRequire} from 'node:module'
import {join} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'

const [, , scenario, text] = process.argv
const input = JSON.parse(text)
const require = createRequire(join(input.modules, 'index.js'))
const {chromium} = require('playwright-core')
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
]

/** A page that keeps its errors and messages, and the requests to other hosts. */
async function open(browser, url, options = {}) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const seen = {errors: [], console: [], requests: []}
  page.on('pageerror', error => seen.errors.push(String(error)))
  page.on('console', message => seen.console.push({type: message.type(), text: message.text()}))
  page.on('request', request => seen.requests.push(request.url()))
  await page.goto(url)
  return {page, context, seen}
}

const {default: run} = await import(pathToFileURL(join(fileURLToPath(new URL('.', import.meta.url)), scenario)).href)
const browser = await chromium.launch({executablePath: input.chromium, args})
try {
  console.log(JSON.stringify(await run({open: (...rest) => open(browser, ...rest), input, require})))
} finally {
  await browser.close()
}
