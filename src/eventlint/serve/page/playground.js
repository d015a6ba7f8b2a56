/** The playground: checks an event while it is edited, and shows the answers of all releases. */

import * as api from './api.js'
import {VERDICTS} from './detail.js'
import {byId, fill, h, setOptions} from './dom.js'
import {answerBlock, badge, findingList, ranges, storedBlock} from './findings.js'
import {counted, parse, printable} from './text.js'
import {eraTable, showUpgrade} from './upgrade.js'

/** @typedef {import('./api.js').Finding} Finding */
/** @typedef {import('./api.js').Era} Era */

const DELAY = 250

export class Playground {
  /** @param {(text: string) => void} say shows a message */
  constructor(say) {
    this.say = say
    this.body = /** @type {HTMLTextAreaElement} */ (byId('play-body'))
    this.type = select('play-type')
    this.release = select('play-release')
    this.collection = /** @type {HTMLInputElement} */ (byId('play-collection'))
    this.from = select('upgrade-from')
    this.to = select('upgrade-to')
    /** @type {Record<string, unknown>} */
    this.examples = {}
    this.example = ''
    /** @type {any} */
    this.releases = null
    /** @type {any} the newest result */
    this.checked = null
    /** @type {Promise<void> | null} */
    this.started = null
    this.timer = 0
    this.stop = new AbortController()
    for (const one of [this.body, this.collection]) one.addEventListener('input', () => this.checkSoon(DELAY))
    this.type.addEventListener('change', () => (this.body.value === this.example ? this.insertExample() : this.checkSoon(0)))
    this.release.addEventListener('change', () => this.checkSoon(0))
    for (const one of [this.from, this.to]) one.addEventListener('change', () => this.showUpgrade())
    byId('play-example').addEventListener('click', () => this.insertExample())
    byId('play-format').addEventListener('click', () => this.format())
  }

  /** Loads the releases when the playground is first shown. */
  start() {
    this.started ??= this.load().catch(error => {
      this.started = null
      this.say(error.message)
    })
    return this.started
  }

  async load() {
    const [releases, examples, info] = await Promise.all([api.releases(), api.request('examples.json'), api.info()])
    this.releases = releases
    this.examples = examples
    setOptions(this.type, info.event_types.map((/** @type {string} */ value) => h('option', {value}, value)))
    for (const one of [this.release, this.from, this.to]) {
      // Newest first, because that is what most people look for.
      const groups = [...releases.eras].reverse().map((/** @type {Era} */ era) =>
        h('optgroup', {label: era.span}, [...era.releases].reverse().map(value => h('option', {value}, value)))
      )
      setOptions(one, groups)
    }
    this.release.value = this.to.value = releases.current
    this.from.value = releases.eras[0].releases[0]
    if (this.to.value === this.from.value) this.to.value = releases.latest
    if (this.body.value) this.checkSoon(0)
    else this.insertExample()
  }

  /**
   * Opens an event that arrived.
   * @param {import('./api.js').Received} event
   */
  async open(event) {
    this.body.value = event.body ?? ''
    await this.start()
    if ([...this.type.options].some(option => option.value === event.event_type)) this.type.value = event.event_type ?? ''
    this.release.value = event.release
    this.collection.value = event.collection ?? ''
    this.checkSoon(0)
  }

  insertExample() {
    this.body.value = this.example = JSON.stringify(this.examples[this.type.value] ?? {}, null, 2)
    this.checkSoon(0)
  }

  format() {
    try {
      this.body.value = JSON.stringify(parse(this.body.value), null, 2)
      this.checkSoon(0)
    } catch {
      this.say('The event is not valid JSON.')
    }
  }

  /** @param {number} delay in milliseconds */
  checkSoon(delay) {
    clearTimeout(this.timer)
    this.stop.abort()
    if (!this.releases) return
    this.timer = setTimeout(() => void this.check(), delay)
  }

  async check() {
    const stop = (this.stop = new AbortController())
    const body = this.body.value
    try {
      const [event_type, release, collection] = [this.type.value, this.release.value, this.collection.value]
      const event = {event_type, release, collection, body}
      const checked = await api.check(event, stop.signal)
      if (stop.signal.aborted) return
      this.checked = checked
      this.show(body)
    } catch (error) {
      if (stop.signal.aborted) return
      this.checked = null
      const message = /** @type {Error} */ (error).message
      byId('play-status').textContent = `Not checked: ${printable(message)}`
      for (const id of ['play-findings', 'play-result', 'upgrade', 'eras']) fill(byId(id))
    }
  }

  /** @param {string} body */
  show(body) {
    const {verdict, release, findings, answer, stored} = this.checked
    byId('play-status').textContent = `${VERDICTS[verdict] ?? verdict} ${counted(findings.length, 'finding')}.`
    fill(byId('play-findings'), findingList(findings, (_, index) => this.selectPlace(body, findings, index)))
    let payload = null
    try {
      payload = parse(body)
    } catch {
      // Then nothing is stored.
    }
    fill(
      byId('play-result'),
      h('h3', {}, `Answer of ${printable(release)}`),
      h('p', {}, badge(verdict), ` ${printable(answer.reason)}`),
      answerBlock(answer),
      h('h3', {}, 'Stored'),
      storedBlock(stored, payload, verdict, findings)
    )
    fill(byId('eras'), eraTable(this.releases.eras, this.checked.answers, release))
    this.showUpgrade()
  }

  showUpgrade() {
    if (this.checked) showUpgrade(byId('upgrade'), this.releases, this.checked.answers, this.from.value, this.to.value)
  }

  /**
   * Selects the place of a finding in the text.
   * @param {string} body
   * @param {Finding[]} findings
   * @param {number} index
   */
  selectPlace(body, findings, index) {
    const range = ranges(body, findings).find(one => one.findings.includes(index))
    this.body.focus()
    if (range) this.body.setSelectionRange(range.start, range.end)
  }
}

/**
 * @param {string} id
 * @returns {HTMLSelectElement}
 */
const select = id => /** @type {HTMLSelectElement} */ (byId(id))
