// Both views, in both color schemes and on a narrow screen: what axe finds, and whether the page fits. Makes screenshots.
import {join} from 'node:path'

const SCREENS = {
  light: {colorScheme: 'light', viewport: {width: 1200, height: 900}},
  dark: {colorScheme: 'dark', viewport: {width: 1200, height: 900}},
  narrow: {colorScheme: 'light', viewport: {width: 360, height: 740}}
}

export default async function ({open, input, require}) {
  const axe = require('axe-core').source
  const check = async page => {
    await page.evaluate(axe)
    return (await page.evaluate(() => globalThis.axe.run())).violations
  }
  const result = {}
  for (const [name, options] of Object.entries(SCREENS)) {
    const {page, context} = await open(`${input.url}/_eventlint/`, options)
    const look = async view => {
      // The narrow screen has the same elements and colors as the light one.
      const violations = name === 'narrow' ? [] : await check(page)
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      if (input.screenshots) await page.screenshot({path: join(input.screenshots, `${name}-${view}.png`), fullPage: true})
      const found = violations.map(({id, impact, nodes}) => ({id, impact, nodes: nodes.map(node => node.html)}))
      result[`${name} ${view}`] = {violations: found, width, screen: options.viewport.width}
    }
    await page.locator('#list button').first().waitFor()
    await page.locator('#chart rect').first().waitFor()
    await look('list')
    await page.locator('#list button').first().click()
    await look('event')
    await page.getByRole('link', {name: 'Playground'}).click()
    await page.locator('#play-body').fill('{"session": {"id": "s-1"},\n "user": {"id": 7}, "page": {}, "x": 1}')
    await page.locator('#play-findings li').first().waitFor()
    await look('playground')
    await context.close()
  }
  return result
}
