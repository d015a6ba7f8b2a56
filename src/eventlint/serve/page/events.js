/** The list of events: which ones are shown, and which one is chosen. */

import {badge} from './findings.js'
import {byId, fill, h, setOptions} from './dom.js'
import {clock, counted, printable} from './text.js'

/** @typedef {import('./api.js').Received} Received */

const PAGE = 200

/** @type {Record<string, (event: Received) => string[]>} */
const FILTERS = {
  verdict: event => [event.verdict],
  type: event => [event.event_type ?? ''],
  rule: event => event.rules,
  collection: event => [event.collection ?? '']
}

export class EventList {
  /**
   * @param {(event: Received | null) => void} onChoose called with the event that is chosen
   */
  constructor(onChoose) {
    /** @type {Received[]} oldest first */
    this.events = []
    this.keep = 1000
    /** @type {number | null} the ID of the chosen event */
    this.chosen = null
    this.onChoose = onChoose
    this.limit = PAGE
    this.isDrawing = false
    this.list = byId('list')
    this.list.addEventListener('keydown', event => this.onKey(event))
    byId('more').addEventListener('click', () => {
      this.limit += PAGE
      this.draw()
    })
    for (const name of Object.keys(FILTERS)) this.select(name).addEventListener('change', () => this.onFilter())
    byId('reset-filters').addEventListener('click', () => {
      for (const name of Object.keys(FILTERS)) this.select(name).value = ''
      this.onFilter()
    })
  }

  /** @param {string} name */
  select(name) {
    return /** @type {HTMLSelectElement} */ (byId(`filter-${name}`))
  }

  /** @param {Received[]} events */
  reset(events) {
    const chosen = this.events.find(event => event.id === this.chosen)
    this.events = [...events]
    // Another endpoint has other events with the same IDs, so no row is used again.
    fill(this.list)
    if (!events.some(event => event.id === chosen?.id && event.time === chosen.time)) this.choose(null)
    this.drawSoon()
  }

  /** @param {Received} event */
  add(event) {
    this.events.push(event)
    if (this.events.length > this.keep) this.events.splice(0, this.events.length - this.keep)
    this.drawSoon()
  }

  /**
   * Offers the values that occur as filters.
   * @param {Record<string, string[]>} values
   */
  offer(values) {
    for (const [name, found] of Object.entries(values)) {
      const select = this.select(name)
      const all = [...new Set([...found, ...(select.value ? [select.value] : [])])]
      const same = [...select.options].slice(1).map(option => option.value)
      if (all.length === same.length && all.every((value, index) => value === same[index])) continue
      const options = all.map(value => h('option', {value}, printable(value).slice(0, 60)))
      setOptions(select, [h('option', {value: ''}, 'any'), ...options])
    }
  }

  /** The events that the filters select, newest first. */
  selected() {
    const wanted = Object.entries(FILTERS).map(([name, of]) => ({of, value: this.select(name).value}))
    const used = wanted.filter(({value}) => value !== '')
    return this.events.filter(event => used.every(({of, value}) => of(event).includes(value))).reverse()
  }

  onFilter() {
    this.limit = PAGE
    this.draw()
  }

  /** Draws the list with the next frame, so that many events at once cost one drawing. */
  drawSoon() {
    if (this.isDrawing) return
    this.isDrawing = true
    setTimeout(() => {
      this.isDrawing = false
      this.draw()
    }, 100)
  }

  draw() {
    const selected = this.selected()
    const shown = selected.slice(0, this.limit)
    const hadFocus = this.list.contains(document.activeElement)
    const focused = hadFocus ? document.activeElement?.getAttribute('data-id') : null
    /** @type {Map<string | null, Element>} */
    const before = new Map([...this.list.children].map(item => [item.getAttribute('data-id'), item]))
    fill(this.list, shown.map(event => before.get(String(event.id)) ?? this.item(event)))
    const first = shown.some(event => event.id === this.chosen) ? this.chosen : shown[0]?.id
    for (const button of this.buttons()) {
      const id = Number(button.getAttribute('data-id'))
      button.tabIndex = id === first ? 0 : -1
      if (id === this.chosen) button.setAttribute('aria-current', 'true')
      else button.removeAttribute('aria-current')
    }
    if (hadFocus) (this.buttons().find(one => one.getAttribute('data-id') === focused) ?? this.list).focus()
    byId('more').hidden = shown.length === selected.length
    const all = counted(this.events.length, 'event')
    byId('shown').textContent = selected.length === this.events.length ? all : `${selected.length} of ${all}`
  }

  /** @returns {HTMLButtonElement[]} */
  buttons() {
    return [...this.list.querySelectorAll('button')]
  }

  /** @param {Received} event */
  item(event) {
    const {id, time, event_type, collection, verdict, status, rules} = event
    const name = `${printable(event_type ?? '(no type)')} · ${printable(collection ?? '(no collection)')}`
    const differs = event.forwarded?.length ? ' · differs from the real server' : ''
    return h(
      'li',
      {'data-id': id},
      h(
        'button',
        {type: 'button', 'data-id': id, onclick: () => this.choose(id)},
        h('time', {datetime: time}, clock(time)),
        h('span', {class: 'name'}, name),
        h('span', {}, badge(verdict), ` ${status}`),
        (rules.length > 0 || differs) && h('span', {class: 'rules'}, printable(rules.join(', ')), differs)
      )
    )
  }

  /** @param {number | null} id */
  choose(id) {
    this.chosen = id
    this.draw()
    this.onChoose(this.events.find(event => event.id === id) ?? null)
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const buttons = this.buttons()
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement))
    const to = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1}[event.key]
    const button = to === undefined ? undefined : buttons[to]
    if (!button) return
    event.preventDefault()
    buttons.forEach(one => (one.tabIndex = one === button ? 0 : -1))
    button.focus()
    // On a narrow screen, the chosen event takes the place of the list.
    if (byId('detail').checkVisibility()) this.choose(Number(button.getAttribute('data-id')))
  }
}
