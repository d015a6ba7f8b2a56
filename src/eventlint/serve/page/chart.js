/** A chart of the events by minute. */

import {svg} from './dom.js'
import {clock, counted} from './text.js'

const MINUTE = 60_000
const SHOWN = 60
const HEIGHT = 48
const BAR = 8

/**
 * @param {Record<string, any>[]} minutes the minutes with events, with a number for each verdict
 * @param {string[]} verdicts
 * @returns {Element}
 */
export function chart(minutes, verdicts) {
  const last = Math.floor(Date.now() / MINUTE)
  const shown = minutes.filter(minute => last - minuteOf(minute) < SHOWN && minuteOf(minute) <= last)
  const totals = shown.map(minute => verdicts.reduce((sum, name) => sum + minute[name], 0))
  const most = Math.max(1, ...totals)
  const sum = totals.reduce((one, other) => one + other, 0)
  const label = `${counted(sum, 'event')} in the last ${SHOWN} minutes, at most ${sum ? most : 0} in a minute`
  const bars = shown.map(minute => {
    const x = (SHOWN - 1 - (last - minuteOf(minute))) * BAR
    let top = HEIGHT
    const parts = verdicts.filter(name => minute[name] > 0).map(name => {
      const height = (minute[name] / most) * HEIGHT
      top -= height
      return svg('rect', {x: x + 1, y: top, width: BAR - 2, height, class: name})
    })
    const counts = verdicts.filter(name => minute[name] > 0).map(name => `${minute[name]} ${name}`)
    return svg('g', {}, svg('title', {}, `${clock(minute.time).slice(0, 5)}: ${counts.join(', ')}`), parts)
  })
  const size = {viewBox: `0 0 ${SHOWN * BAR} ${HEIGHT}`, preserveAspectRatio: 'none'}
  const axis = svg('path', {d: `M0 ${HEIGHT}H${SHOWN * BAR}`, class: 'axis'})
  return svg('svg', {...size, role: 'img', 'aria-label': label}, axis, bars)
}

/** @param {Record<string, any>} minute */
const minuteOf = minute => Math.floor(Date.parse(minute.time) / MINUTE)
