/** Texts of events: characters that do not print, places, and JSON. */

/** Characters that control, hide or turn text, and all spaces other than U+0020. */
export const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu

/**
 * A string in which each character that controls, hides, or turns text is escaped with its code.
 * @param {unknown} text
 * @param {string} [keep] characters that stay
 * @returns {string}
 */
export function printable(text, keep = '') {
  return String(text).replace(UNPRINTABLE, one => (keep.includes(one) ? one : escaped(one)))
}

/**
 * Whether a string has characters that must be escaped.
 * @param {string} text
 * @param {string} [keep] characters that may be there
 */
export function isUnprintable(text, keep = '') {
  return printable(text, keep) !== text
}

/** @param {string} character */
function escaped(character) {
  const code = character.codePointAt(0) ?? 0
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}

/**
 * Parses JSON; a number that JavaScript would change keeps its digits when it is written again.
 * @param {string} text
 * @returns {any}
 */
export function parse(text) {
  const raw = /** @type {any} */ (JSON).rawJSON
  if (!raw) return JSON.parse(text)
  /** @type {any} */
  const keep = (/** @type {string} */ _, /** @type {any} */ value, /** @type {any} */ context) =>
    typeof value === 'number' && context?.source && String(value) !== context.source ? raw(context.source) : value
  return JSON.parse(text, keep)
}

/**
 * A value as indented JSON, with escaped characters.
 * @param {unknown} value
 */
export function pretty(value) {
  return printable(JSON.stringify(value, null, 2), '\n')
}

/**
 * A text as indented JSON if it is JSON, else as it is.
 * @param {string} text
 */
export function prettyText(text) {
  try {
    return pretty(parse(text))
  } catch {
    return printable(text, '\n')
  }
}

/**
 * Where places are in a string, in one pass.
 * @param {string} text
 * @param {{line: number | null, column: number | null}[]} places line and column (in characters), from 1
 * @returns {number[]} the index of each place; -1 if it has none
 */
export function indexes(text, places) {
  const found = places.map(() => -1)
  const order = places.map((place, index) => ({line: place.line ?? 0, column: place.column ?? 0, index}))
  order.sort((one, other) => one.line - other.line || one.column - other.column)
  const ends = /\r\n|\n|\r/g
  let [line, column, at] = [1, 1, text.startsWith('\ufeff') ? 1 : 0] // a byte order mark has no column
  for (const place of order) {
    if (!place.line || !place.column) continue
    while (line < place.line && ends.exec(text)) [line, column, at] = [line + 1, 1, ends.lastIndex]
    if (line < place.line) break
    for (; column < place.column && at < text.length; column += 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
    found[place.index] = at
  }
  return found
}

/**
 * Where the token that begins at an index ends: a string, a number or word, or else one character.
 * @param {string} text
 * @param {number} start
 * @param {number} limit where it ends at the latest
 * @returns {number}
 */
export function tokenEnd(text, start, limit) {
  let end = start + 1
  if (text[start] === '"') {
    while (end < limit && text[end] !== '"') end += text[end] === '\\' ? 2 : 1
    return Math.min(end + 1, limit)
  }
  const isWord = (/** @type {number} */ at) => /[\w.+-]/.test(text[at] ?? '')
  if (isWord(start)) while (end < limit && isWord(end)) end += 1
  else if ((text.codePointAt(start) ?? 0) > 0xffff) end += 1
  return Math.min(end, limit)
}

/**
 * A time of an event in the time zone of the browser, as `10:15:02`.
 * @param {string} time
 */
export function clock(time) {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? printable(time) : date.toTimeString().slice(0, 8)
}

/**
 * A number with its noun, as `2 events`.
 * @param {number} count
 * @param {string} noun
 */
export function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
