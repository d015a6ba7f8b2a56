/** Starts the page. */

import * as api from './api.js'
import {chart} from './chart.js'
import {showEvent} from './detail.js'
import {byId, fill, h} from './dom.js'
import {EventList} from './events.js'
import {badge} from './findings.js'
import {har, record} from './formats.js'
import {Playground} from './playground.js'
import {printable} from './text.js'

/** @typedef {import('./api.js').Received} Received */

const origin = new URL('..', location.href).href.replace(/\/$/, '')
const list = new EventList(choose)
const playground = new Playground(say)
/** @type {any} */
let info = {verdicts: [], eventlint: ''}
let isCounting = false

/** @param {Received | null} event */
function choose(event) {
  byId('events-view').classList.toggle('chosen-event', event !== null)
  const detail = byId('detail')
  if (event) {
    showEvent(detail, event, {origin, back, copy, play})
    // On a narrow screen, the event takes the place of the list.
    if (!byId('list').checkVisibility()) detail.focus()
  } else {
    fill(detail, h('p', {class: 'empty quiet'}, list.events.length ? 'Choose an event.' : empty()))
  }
}

const empty = () => `No event arrived yet. Point a tracker or client to ${origin}, or send one with curl.`

function back() {
  const id = list.chosen
  list.choose(null)
  list.buttons().find(button => button.getAttribute('data-id') === String(id))?.focus()
}

/** @param {Received} event */
function play(event) {
  playground.open(event)
  location.hash = 'playground'
}

let silence = 0

/**
 * Shows a message for some seconds.
 * @param {string} text
 */
function say(text) {
  clearTimeout(silence)
  byId('message').textContent = printable(text)
  silence = setTimeout(() => (byId('message').textContent = ''), 6000)
}

/**
 * @param {string} text
 * @param {string} what
 */
async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text)
    say(`Copied as ${what}. Secrets are redacted.`)
  } catch {
    say('The browser does not allow copying. Open the page under localhost, or with https.')
  }
}

/**
 * @param {string} name
 * @param {string} type
 * @param {(events: Received[]) => string} write
 */
async function download(name, type, write) {
  try {
    const {events} = await api.events()
    const url = URL.createObjectURL(new Blob([write(events)], {type}))
    h('a', {href: url, download: name}).click()
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
    say(`Downloaded ${name}. Secrets are redacted.`)
  } catch (error) {
    say(`Cannot download: ${/** @type {Error} */ (error).message}`)
  }
}

/** Updates counts, chart and filters; at most once a second. */
function countSoon() {
  if (isCounting) return
  isCounting = true
  setTimeout(async () => {
    isCounting = false
    try {
      showCounts(await api.counts())
    } catch {
      // The stream notices a lost connection, too.
    }
  }, 400)
}

/** @param {any} counts */
function showCounts(counts) {
  const verdicts = info.verdicts.filter((/** @type {string} */ name) => counts.verdicts[name])
  const dropped = counts.dropped ? h('li', {}, `${counts.dropped} no longer kept`) : null
  const each = verdicts.map((/** @type {string} */ name) => h('li', {}, badge(name), ` ${counts.verdicts[name]}`))
  fill(byId('counts'), h('li', {}, `${counts.total} total`), ...each, dropped)
  fill(byId('chart'), chart(counts.minutes, info.verdicts))
  list.offer({
    verdict: info.verdicts,
    type: Object.keys(counts.event_types).sort(),
    rule: Object.keys(counts.rules).sort(),
    collection: Object.keys(counts.collections).sort()
  })
}

async function showServer() {
  info = await api.info()
  list.keep = info.keep
  const more = [info.contract && 'custom contract', info.records && 'recording', info.forwards_to]
  const parts = [`Elasticsearch ${info.release}`, ...more.filter(Boolean).map(String)]
  byId('server').textContent = printable(parts.join(' · '))
}

function showView() {
  const isPlayground = location.hash === '#playground'
  byId('events-view').hidden = isPlayground
  byId('playground-view').hidden = !isPlayground
  for (const [id, isCurrent] of Object.entries({'to-events': !isPlayground, 'to-playground': isPlayground})) {
    if (isCurrent) byId(id).setAttribute('aria-current', 'page')
    else byId(id).removeAttribute('aria-current')
  }
  if (isPlayground) void playground.start()
}

byId('skip').addEventListener('click', () => byId(location.hash === '#playground' ? 'playground-view' : 'events-view').focus())
byId('clear').addEventListener('click', () => api.clear().catch(error => say(error.message)))
byId('download-ndjson').addEventListener('click', () =>
  download('events.ndjson', 'application/x-ndjson', events => events.map(record).join(''))
)
byId('download-har').addEventListener('click', () =>
  download('events.har', 'application/json', events => har(events, origin, info.eventlint))
)
addEventListener('hashchange', showView)
setInterval(countSoon, 60_000)
choose(null)
showView()
api.follow({
  reset(events) {
    list.reset(events)
    if (list.chosen === null) choose(null)
    void showServer().catch(() => {}).then(countSoon)
  },
  add(event) {
    const isFirst = list.events.length === 0
    list.add(event)
    if (isFirst) choose(null)
    countSoon()
  },
  state(isConnected) {
    byId('connection').textContent = isConnected ? 'Connected' : 'Not connected; trying again…'
    byId('connection').classList.toggle('off', !isConnected)
  }
})
