// The playground: findings while an event is edited, the answers of all releases, and an upgrade.
export default async function ({open, input}) {
  const {page, seen} = await open(`${input.url}/_eventlint/#playground`)
  await page.locator('#eras table').waitFor()
  const status = page.locator('#play-status')
  const result = {examples: {}, bodies: []}
  const checks = response => /_eventlint\/check/.test(response.url())
  for (const type of await page.locator('#play-type option').allInnerTexts()) {
    // The example follows the type as long as it is not edited.
    const [response] = await Promise.all([
      page.waitForResponse(response => checks(response) && response.request().postDataJSON().event_type === type),
      page.locator('#play-type').selectOption(type)
    ])
    result.examples[type] = (await response.json()).verdict
  }
  await page.locator('#play-type').selectOption('page_view')
  for (const {body, release, from, to} of input.bodies) {
    await page.locator('#play-release').selectOption(release)
    await page.locator('#upgrade-from').selectOption(from)
    await page.locator('#upgrade-to').selectOption(to)
    const checked = page.waitForResponse(
      response => checks(response) && response.request().postDataJSON().body === body
    )
    await page.locator('#play-body').fill(body)
    await checked
    await page.waitForTimeout(100)
    const places = []
    for (const place of await page.locator('#play-findings').getByRole('button').all()) {
      await place.click()
      places.push(await page.evaluate(() => {
        const area = /** @type {HTMLTextAreaElement} */ (document.activeElement)
        return area.value.slice(area.selectionStart, area.selectionEnd)
      }))
    }
    result.bodies.push({
      status: await status.innerText(),
      findings: await page.locator('#play-findings').innerText(),
      places,
      answer: await page.locator('#play-result').innerText(),
      eras: await page.locator('#eras tbody tr').allInnerTexts(),
      upgrade: await page.locator('#upgrade').innerText()
    })
  }
  await page.goto(`${input.url}/_eventlint/#events`)
  await page.locator('#list button').first().click()
  await page.getByRole('button', {name: 'Open in playground'}).click()
  result.opened = [await page.locator('#play-body').inputValue(), await page.locator('#play-type').inputValue()]
  return {...result, ...seen}
}
