/** Findings, and texts in which their places are marked. */

import {h} from './dom.js'
import {counted, indexes, pretty, prettyText, printable, tokenEnd} from './text.js'

/** @typedef {import('./api.js').Finding} Finding */
/** @typedef {import('./api.js').Answer} Answer */

export const EFFECTS = /** @type {Record<string, string>} */ ({
  lost: 'The event is lost.',
  changed: 'It is stored differently.',
  unsearchable: 'It cannot be searched.'
})

/** How many findings are listed. */
const MOST = 200

/**
 * @param {string} verdict
 * @returns {HTMLElement}
 */
export const badge = verdict => h('span', {class: `badge ${verdict}`}, verdict)

/**
 * A list of findings.
 * @param {Finding[]} findings
 * @param {(finding: Finding, index: number) => void} show called to show the place of a finding
 */
export function findingList(findings, show) {
  if (!findings.length) return h('p', {class: 'quiet'}, 'No findings.')
  const shown = findings.slice(0, MOST).map((finding, index) => h('li', {}, ...oneFinding(finding, index, show)))
  const more = findings.length - shown.length
  return h('div', {}, h('ol', {class: 'findings'}, shown), more > 0 && h('p', {}, `${counted(more, 'more finding')}.`))
}

/**
 * @param {Finding} finding
 * @param {number} index
 * @param {(finding: Finding, index: number) => void} show
 */
function oneFinding(finding, index, show) {
  const {tier, rule, message, pointer, line, column, hint, effect, answer} = finding
  const place = line === null ? '' : `${line}:${column}`
  return [
    h('p', {}, h('span', {class: `tier ${tier}`}, tier), ' ', h('code', {}, printable(rule))),
    h('p', {class: 'message'}, printable(message)),
    answer && h('p', {}, 'The server reports this one.'),
    effect && h('p', {}, EFFECTS[effect] ?? ''),
    hint && h('p', {class: 'hint'}, `Hint: ${printable(hint)}`),
    h(
      'p',
      {class: 'place'},
      place && h('button', {type: 'button', class: 'link', onclick: () => show(finding, index)}, `Show ${place}`),
      ' ',
      pointer && h('code', {}, printable(pointer))
    )
  ]
}

/**
 * The range of each finding in a body, in the order of the text; ranges do not overlap.
 * @param {string} body
 * @param {Finding[]} findings
 * @returns {{start: number, end: number, findings: number[]}[]}
 */
export function ranges(body, findings) {
  /** @type {Map<number, number[]>} */
  const starts = new Map()
  indexes(body, findings).forEach((start, index) => {
    if (start >= 0) starts.set(start, [...(starts.get(start) ?? []), index])
  })
  const sorted = [...starts].sort(([one], [other]) => one - other)
  return sorted.map(([start, found], at) => {
    const end = tokenEnd(body, start, sorted[at + 1]?.[0] ?? body.length)
    return {start, end, findings: found}
  })
}

/**
 * A body in which the places of findings are marked.
 * @param {string} body
 * @param {Finding[]} findings
 * @returns {{element: HTMLElement, marks: Map<number, HTMLElement>}} with the mark of each finding, by its index
 */
export function markedBody(body, findings) {
  /** @type {Map<number, HTMLElement>} */
  const marks = new Map()
  /** @type {(HTMLElement | string)[]} */
  const parts = []
  let at = 0
  for (const range of ranges(body, findings)) {
    parts.push(printable(body.slice(at, range.start), '\n'))
    const rules = range.findings.map(index => printable(findings[index]?.rule)).join(', ')
    const text = printable(body.slice(range.start, range.end), '\n') || '⟨end⟩'
    const mark = h('mark', {tabindex: -1, title: rules, class: findings[range.findings[0] ?? 0]?.tier}, text)
    range.findings.forEach(index => marks.set(index, mark))
    parts.push(mark)
    at = range.end
  }
  parts.push(printable(body.slice(at), '\n'))
  return {element: code('Body', parts), marks}
}

/**
 * A block of code that can be scrolled by keyboard.
 * @param {string} label
 * @param {(HTMLElement | string)[]} parts
 */
export const code = (label, parts) => h('pre', {tabindex: 0, role: 'region', 'aria-label': label}, ...parts)

/**
 * The server's answer.
 * @param {Answer} answer
 */
export function answerBlock(answer) {
  if (answer.status === 0) return h('p', {}, 'The server closes the connection without an answer.')
  const headers = Object.entries(answer.headers).map(([name, value]) => `${printable(name)}: ${printable(value)}\n`)
  const body = answer.body === null ? '(not text)' : prettyText(answer.body)
  return code('Answer', [`${answer.status}\n`, ...headers, '\n', body])
}

/**
 * What is stored of an event, and what is not.
 * @param {any} stored
 * @param {any} payload null if it is not known
 * @param {string} verdict
 * @param {Finding[]} findings
 */
export function storedBlock(stored, payload, verdict, findings) {
  const effects = findings.filter(finding => finding.effect)
  const list = effects.slice(0, MOST).map(({pointer, effect, rule}) =>
    h('li', {}, h('code', {}, printable(pointer || '/')), ` ${EFFECTS[effect ?? '']} `, h('code', {}, printable(rule)))
  )
  if (stored === null) {
    const why = verdict === 'lost' ? 'Nothing: the event is dropped after it is accepted.' : 'Nothing.'
    return h('div', {}, h('p', {}, why), list.length > 0 && h('ul', {}, list))
  }
  const items = payload === null ? [] : changes(leaves(payload), new Map(leaves(stored)))
  return h(
    'div',
    {},
    h('h4', {}, 'What changes'),
    list.length + items.length > 0 ? h('ul', {}, list, items) : h('p', {class: 'quiet'}, 'Nothing.'),
    code('Stored event', [pretty(stored)])
  )
}

/**
 * The values that are not stored as they were sent.
 * @param {[string, string][]} sent
 * @param {Map<string, string>} kept
 */
function changes(sent, kept) {
  return sent
    .filter(([place, value]) => kept.get(place) !== value)
    .map(([place, value]) => {
      const now = kept.get(place)
      let what = 'not stored'
      if (now !== undefined) what = `stored as ${printable(now)}`
      else if (kept.get(`${place}/original`) === value) what = 'stored with its parts'
      else if ([...kept.keys()].some(key => key.startsWith(`${place}/`))) what = 'stored in another form'
      return h('li', {}, h('code', {}, printable(place || '/')), ` ${printable(value)}: ${what}`)
    })
}

/**
 * The strings, numbers and so on in a value, by their place.
 * @param {any} value
 * @param {string} [place] a JSON Pointer
 * @returns {[string, string][]}
 */
function leaves(value, place = '') {
  const isRaw = /** @type {any} */ (JSON).isRawJSON?.(value)
  if (value === null || typeof value !== 'object' || isRaw) return [[place, JSON.stringify(value)]]
  return Object.entries(value).flatMap(([name, inner]) =>
    leaves(inner, `${place}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
  )
}
