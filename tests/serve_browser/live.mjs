// The list of events: what arrives, how an event is shown, filters, keyboard, copies and downloads.
import {readFile} from 'node:fs/promises'

export default async function ({open, input}) {
  const {page, context, seen} = await open(`${input.url}/_eventlint/`)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], {origin: input.url})
  await page.getByText('Connected', {exact: true}).waitFor()
  const send = (type, body, collection = 'site') =>
    fetch(`${input.url}/_application/analytics/${collection}/event/${type}`, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body
    })
  for (const event of input.events) await send(event.type, event.body, event.collection)
  const rows = page.locator('#list button')
  await page.locator(`#list li:nth-child(${input.events.length})`).waitFor()
  const result = {rows: await rows.allInnerTexts()}

  await page.locator('#chart rect').first().waitFor()
  await page.locator('#filter-rule option').nth(1).waitFor({state: 'attached'})
  await page.locator('#counts').filter({hasText: `${input.events.length} total`}).waitFor()
  const drawn = `#chart svg[aria-label^="${input.events.length} events"]`
  await page.locator(drawn).waitFor({state: 'attached'})
  result.chart = await page.locator('#chart svg').getAttribute('aria-label')
  result.counts = await page.locator('#counts').innerText()
  result.options = await page.locator('#filter-rule option').allInnerTexts()

  result.filtered = {}
  for (const [name, value] of Object.entries(input.filters)) {
    await page.locator(`#filter-${name}`).selectOption(value)
    result.filtered[name] = await rows.allInnerTexts()
    await page.getByRole('button', {name: 'Reset filters'}).click()
  }

  // By keyboard: from the top of the page to the first event, and down.
  await page.locator('#clear').focus()
  await page.keyboard.press('Tab')
  result.details = []
  for (let index = 0; index < input.events.length; index += 1) {
    await page.keyboard.press(index ? 'ArrowDown' : 'Enter')
    const detail = page.locator('#detail')
    const mark = detail.locator('mark').first()
    const place = detail.getByRole('button', {name: /^Show \d/}).first()
    let focused = null
    if (await place.count()) {
      await place.click()
      focused = await page.evaluate(() => document.activeElement?.textContent)
      await rows.nth(index).focus()
    }
    result.details.push({
      text: await detail.innerText(),
      body: await detail.getByLabel('Body').innerText(),
      mark: (await mark.count()) ? await mark.innerText() : null,
      focused,
      stored: (await detail.getByLabel('Stored event').count()) ? await detail.getByLabel('Stored event').innerText() : null
    })
  }
  result.elements = await page.evaluate(() => document.querySelectorAll('#detail script, #detail img, #list script').length)
  result.ran = await page.evaluate(() => /** @type {any} */ (globalThis).ran ?? null)

  result.copies = {}
  for (const name of ['Copy as curl', 'Copy as console request', 'Copy as fixture']) {
    await page.getByRole('button', {name}).click()
    await page.locator('#message').filter({hasText: 'Copied'}).waitFor()
    result.copies[name] = await page.evaluate(() => navigator.clipboard.readText())
    await page.evaluate(() => (document.getElementById('message').textContent = ''))
  }
  result.downloads = {}
  for (const name of ['Download NDJSON', 'Download HAR']) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name}).click()])
    result.downloads[download.suggestedFilename()] = await readFile(await download.path(), 'utf8')
  }

  await page.getByRole('button', {name: 'Clear'}).click()
  await page.getByText('0 events', {exact: true}).waitFor()
  result.left = await rows.count()
  return {...result, ...seen}
}
