/** The JSON API next to the page. Everything is asked for redacted. */

import {parse} from './text.js'

/**
 * @typedef {object} Finding
 * @property {string} rule
 * @property {string} tier
 * @property {string} message
 * @property {string} pointer
 * @property {number | null} line
 * @property {number | null} column
 * @property {string | null} effect
 * @property {string | null} hint
 * @property {string | null} answer the status, if the server reports this finding
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {string | null} body
 * @property {string} reason
 *
 * @typedef {object} Received
 * @property {number} id
 * @property {string} time
 * @property {string} release
 * @property {string} method
 * @property {string} uri
 * @property {[string, string][]} headers
 * @property {string | null} event_type
 * @property {string | null} collection
 * @property {string} verdict
 * @property {number} status
 * @property {Answer} answer
 * @property {any} payload
 * @property {string | null} body
 * @property {number | null} size
 * @property {Finding[]} findings
 * @property {string[]} rules
 * @property {any} stored
 * @property {string | null} unchecked
 * @property {{part: string, expected: string, actual: string}[] | null} forwarded
 *
 * @typedef {object} Group
 * @property {string[]} eras
 * @property {string} verdict
 * @property {number} status
 * @property {string[]} rules
 * @property {Answer} answer
 *
 * @typedef {object} Era
 * @property {string} name
 * @property {string[]} releases
 * @property {string} span
 */

/**
 * @param {string} path relative to the page
 * @param {RequestInit} [options]
 * @returns {Promise<any>} the document
 */
export async function request(path, options = {}) {
  const response = await fetch(path, options)
  const text = await response.text()
  let document
  try {
    document = parse(text)
  } catch {
    throw new Error(text.trim() || `status ${response.status}`)
  }
  if (!response.ok) throw new Error(document?.error ?? `status ${response.status}`)
  return document
}

/**
 * @param {number} [limit] at most so many, the newest; 0 is all
 * @returns {Promise<{events: Received[], last_id: number}>}
 */
export const events = (limit = 0) => request(`events?redacted=true&limit=${limit}`)

export const counts = () => request('counts')
export const info = () => request('info')
export const releases = () => request('releases')
export const clear = () => request('events', {method: 'DELETE'})

/**
 * @param {{event_type: string, release: string, collection: string, body: string}} event
 * @param {AbortSignal} signal
 */
export const check = (event, signal) =>
  request('check?redacted=true', {method: 'POST', body: JSON.stringify(event), signal})

const RETRY = 1000

/**
 * Follows the events. After a lost connection it goes on where it was, or begins again if the server is another one.
 * @param {{
 *   reset: (events: Received[]) => void,
 *   add: (event: Received) => void,
 *   state: (isConnected: boolean) => void,
 * }} listener
 */
export function follow(listener) {
  let last = 0
  let time = ''
  /** @type {EventSource | null} */
  let source = null

  async function start() {
    try {
      if (!(await isSame())) {
        const found = await events()
        last = found.last_id
        time = found.events.at(-1)?.time ?? ''
        listener.reset(found.events)
      }
    } catch {
      retry()
      return
    }
    source = new EventSource(`stream?after=${last}`)
    source.addEventListener('open', () => listener.state(true))
    source.addEventListener('error', retry)
    source.addEventListener('event', message => {
      const event = parse(message.data)
      last = event.id
      time = event.time
      listener.add(event)
    })
    source.addEventListener('cleared', () => {
      time = ''
      listener.reset([])
    })
  }

  /** Whether the server still has the newest event of the page. */
  async function isSame() {
    if (!time) return false
    try {
      return (await request(`events/${last}?redacted=true`)).time === time
    } catch (error) {
      if (error instanceof TypeError) throw error
      return false
    }
  }

  function retry() {
    source?.close()
    source = null
    listener.state(false)
    setTimeout(start, RETRY)
  }

  void start()
}
