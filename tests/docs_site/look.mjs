// Kinds of pages, in both color schemes and on a narrow screen: what axe finds, whether the page fits, and what it loads.
import {join} from 'node:path'

const SCREENS = {
  light: {colorScheme: 'light', viewport: {width: 1280, height: 900}},
  dark: {colorScheme: 'dark', viewport: {width: 1280, height: 900}},
  narrow: {colorScheme: 'light', viewport: {width: 360, height: 740}}
}

export default async function ({open, input, require}) {
  const axe = require('axe-core').source
  const result = {}
  for (const [kind, address] of Object.entries(input.pages)) {
    for (const [name, options] of Object.entries(SCREENS)) {
      const {page, context, seen} = await open(input.url + address, options)
      if (kind === 'search') await page.locator('#search-results li a').first().waitFor()
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      await page.evaluate(axe)
      const {violations} = await page.evaluate(() => globalThis.axe.run())
      if (input.screenshots) await page.screenshot({path: join(input.screenshots, `${kind}-${name}.png`)})
      result[`${kind} ${name}`] = {
        violations: violations.map(({id, impact, nodes}) => ({id, impact, nodes: nodes.map(node => node.html).slice(0, 5)})),
        width,
        screen: options.viewport.width,
        elsewhere: seen.requests.filter(url => !url.startsWith(input.url) && !url.startsWith('data:')),
        errors: seen.errors,
        results: kind === 'search' ? await page.locator('#search-results li a').evaluateAll(links => links.map(link => link.href)) : []
      }
      await context.close()
    }
  }
  return result
}
