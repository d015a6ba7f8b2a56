/** Makes elements. Text only ever becomes text nodes, so no event can add markup. */

const SVG = 'http://www.w3.org/2000/svg'

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * Makes an element.
 * @param {string} tag its name
 * @param {Record<string, unknown>} [attributes] attributes; `on…` adds a listener, null and false leave one out
 * @param {...(Child | Child[])} children nodes and texts
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  return /** @type {HTMLElement} */ (filled(document.createElement(tag), attributes, children))
}

/**
 * Makes an element of SVG.
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {Element}
 */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children)
}

/**
 * @param {Element} element
 * @param {Record<string, unknown>} attributes
 * @param {(Child | Child[])[]} children
 */
function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue
    if (typeof value === 'function') element.addEventListener(name.slice(2), /** @type {EventListener} */ (value))
    else element.setAttribute(name, value === true ? '' : String(value))
  }
  fill(element, ...children)
  return element
}

/**
 * Replaces the children of an element.
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function fill(element, ...children) {
  const kept = children.flat().filter(child => child !== null && child !== undefined && child !== false)
  element.replaceChildren(...kept.map(child => (child instanceof Node ? child : document.createTextNode(String(child)))))
}

/**
 * The element with an ID, which must be there.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id)
  if (!found) throw new Error(`no element ${id}`)
  return found
}

/**
 * Replaces the options of a select, and keeps the chosen one if it is still there.
 * @param {HTMLSelectElement} select
 * @param {(HTMLElement)[]} options options and groups of options
 */
export function setOptions(select, options) {
  const chosen = select.value
  fill(select, ...options)
  if ([...select.options].some(option => option.value === chosen)) select.value = chosen
}
