/** The chosen event: verdict, findings, body, answer, and what is stored. */

import {fill, h} from './dom.js'
import {answerBlock, badge, findingList, markedBody, storedBlock} from './findings.js'
import {consoleRequest, curl, fixture} from './formats.js'
import {clock, counted, printable} from './text.js'

/** @typedef {import('./api.js').Received} Received */

/** @type {Record<string, string>} */
export const VERDICTS = {
  accepted: 'The server accepts and stores the event.',
  lost: 'The server answers with 202, and then drops the event.',
  rejected: 'The server rejects the request.',
  unchecked: 'The event cannot be read here.'
}

/**
 * Shows an event.
 * @param {HTMLElement} element
 * @param {Received} event
 * @param {{
 *   origin: string,
 *   back: () => void,
 *   copy: (text: string, what: string) => void,
 *   play: (event: Received) => void,
 * }} actions
 */
export function showEvent(element, event, actions) {
  const {verdict, body, findings} = event
  const marked = body === null ? null : markedBody(body, findings)
  const show = (/** @type {unknown} */ _, /** @type {number} */ index) => marked?.marks.get(index)?.focus()
  fill(
    element,
    h('button', {type: 'button', class: 'back', onclick: actions.back}, 'Back to the list'),
    h('h2', {}, `${printable(event.event_type ?? '(no type)')} · ${printable(event.collection ?? '(no collection)')}`),
    h('p', {}, badge(verdict), ` ${VERDICTS[verdict] ?? ''}`),
    h('p', {class: 'quiet'}, `Event ${event.id}, ${clock(event.time)}, release ${printable(event.release)}`),
    event.unchecked && h('p', {}, printable(event.unchecked)),
    buttons(event, actions),
    event.forwarded && differences(event.forwarded),
    h('h3', {}, `${counted(findings.length, 'finding')}`),
    findingList(findings, show),
    h('h3', {}, 'Body'),
    marked?.element ?? h('p', {class: 'quiet'}, missingBody(event)),
    h('h3', {}, 'Answer'),
    h('p', {}, printable(event.answer.reason)),
    answerBlock(event.answer),
    h('h3', {}, 'Stored'),
    storedBlock(event.stored, event.payload, verdict, findings),
    h('h3', {}, 'Request'),
    h('p', {}, h('code', {}, `${printable(event.method)} ${printable(event.uri)}`)),
    h('ul', {}, event.headers.map(([name, value]) => h('li', {}, `${printable(name)}: ${printable(value)}`)))
  )
}

/** @param {Received} event */
function missingBody(event) {
  return event.size === null ? 'The body was too large to be kept.' : `${counted(event.size, 'byte')}, not text.`
}

/**
 * @param {Received} event
 * @param {Parameters<typeof showEvent>[2]} actions
 */
function buttons(event, {origin, copy, play}) {
  const disabled = event.body === null
  const button = (/** @type {string} */ text, /** @type {() => void} */ onclick) =>
    h('button', {type: 'button', disabled, onclick}, text)
  return h(
    'p',
    {class: 'buttons'},
    button('Copy as curl', () => copy(curl(event, origin), 'curl')),
    button('Copy as console request', () => copy(consoleRequest(event), 'console request')),
    button('Copy as fixture', () => copy(fixture(event), 'fixture')),
    button('Open in playground', () => play(event))
  )
}

/** @param {{part: string, expected: string, actual: string}[]} found */
function differences(found) {
  if (!found.length) return h('p', {}, 'The real server answered as expected.')
  return h(
    'div',
    {},
    h('h3', {}, 'The real server answered differently'),
    h('ul', {}, found.map(({part, expected, actual}) =>
      h('li', {}, `${printable(part)}: expected ${printable(expected)}, got ${printable(actual)}`)
    ))
  )
}
