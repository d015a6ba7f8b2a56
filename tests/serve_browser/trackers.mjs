// The trackers in a page of another origin: what they send, what they print, and what the page shows.
export default async function ({open, input}) {
  const live = await open(`${input.url}/_eventlint/`)
  await live.page.getByText('Connected', {exact: true}).waitFor()
  const shop = await open(input.shop)
  const statuses = []
  shop.page.on('response', async response => {
    if (response.request().method() === 'POST') statuses.push([new URL(response.url()).pathname, response.status()])
  })
  for (const {call, arrives} of input.calls) {
    await Promise.all([
      shop.page.waitForResponse(response => response.request().method() === 'POST' && response.url().endsWith(arrives)),
      shop.page.evaluate(({name, args}) => globalThis.shop[name](...args), call)
    ])
  }
  await shop.page.waitForTimeout(300)
  const {events} = await (await fetch(`${input.url}/_eventlint/events`)).json()
  await live.page.locator(`#list li:nth-child(${events.length})`).waitFor()
  const rows = await live.page.locator('#list button').allInnerTexts()
  return {statuses, events, rows, console: shop.seen.console, errors: shop.seen.errors}
}
