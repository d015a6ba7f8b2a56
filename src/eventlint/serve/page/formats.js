/** An event as text for other programs. Secrets are redacted, as everywhere on the page. */

import {UNPRINTABLE, isUnprintable} from './text.js'

/** @typedef {import('./api.js').Received} Received */

const SENT = new Set(['content-type', 'accept', 'origin', 'user-agent', 'x-opaque-id', 'x-elastic-client-meta'])
const utf8 = new TextEncoder()

/**
 * The request as a command for a shell.
 * @param {Received} event
 * @param {string} origin of the endpoint
 */
export function curl(event, origin) {
  const lines = [`curl -X ${quoted(event.method)} ${quoted(`${origin}${event.uri}`)}`]
  for (const [name, value] of event.headers) {
    if (SENT.has(name.toLowerCase())) lines.push(`-H ${quoted(`${name}: ${value}`)}`)
  }
  if (event.body) {
    if (event.body.includes('\0')) {
      return `printf %s ${base64(event.body)} | base64 -d | ${[...lines, '--data-binary @-'].join(' \\\n  ')}`
    }
    lines.push(`--data-raw ${quoted(event.body)}`)
  }
  return lines.join(' \\\n  ')
}

/**
 * A string for a shell. Characters that could act on the terminal into which it is pasted are escaped.
 * @param {string} text
 */
function quoted(text) {
  if (/^[A-Z]+$/.test(text)) return text
  if (!isUnprintable(text)) return `'${text.replaceAll("'", "'\\''")}'`
  const escaped = [...text].map(one => {
    if (one === "'" || one === '\\') return `\\${one}`
    if (one === '\n') return '\\n'
    if (!isUnprintable(one)) return one
    return [...utf8.encode(one)].map(byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
  })
  return `$'${escaped.join('')}'`
}

/**
 * The request for the console of Kibana.
 * @param {Received} event
 */
export function consoleRequest(event) {
  const body = (event.body ?? '').split(/[\r\n]+/).filter(line => line.trim()).join('\n')
  return `${event.method} ${event.uri.replace(/^\//, '')}\n${inJson(body)}\n`
}

/**
 * A file with the event, its type and its collection, which `eventlint check` reads.
 * @param {Received} event
 */
export function fixture(event) {
  const {event_type, collection} = event
  return inJson(`${JSON.stringify({event_type, collection}).slice(0, -1)},${payload(event)}}\n`)
}

/**
 * The line that `--record` writes for the event.
 * @param {Received} event
 */
export function record(event) {
  const {time, event_type, collection, status, verdict, findings, forwarded} = event
  const more = JSON.stringify({status, verdict, findings, ...(forwarded ? {forwarded} : {})})
  return inJson(`${JSON.stringify({time, event_type, collection}).slice(0, -1)},${payload(event)},${more.slice(1)}\n`)
}

/**
 * The member of an object that holds the payload; JSON as it came, so that all of its oddities stay.
 * @param {Received} event
 */
function payload(event) {
  const body = event.body ?? ''
  const isJson = event.payload !== null && !body.startsWith('\ufeff')
  return isJson ? `"payload":${body.trim().replace(/[\r\n]/g, ' ')}` : `"payload_base64":"${base64(body)}"`
}

/**
 * JSON in which characters that do not print are escapes.
 * @param {string} text
 */
function inJson(text) {
  return text.replace(UNPRINTABLE, one => (one === '\n' || one === '\t' ? one : ascii(one)))
}

/** @param {string} text */
function ascii(text) {
  return text.replace(/[^\x20-\x7e]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** @param {string} text */
function base64(text) {
  return btoa(Array.from(utf8.encode(text), byte => String.fromCharCode(byte)).join(''))
}

/**
 * A recording (HAR 1.2) of events.
 * @param {Received[]} events
 * @param {string} origin of the endpoint
 * @param {string} version of eventlint
 */
export function har(events, origin, version) {
  const entries = events.map(event => entry(event, origin))
  const log = {version: '1.2', creator: {name: 'eventlint serve', version}, entries}
  return inJson(`${JSON.stringify({log}, null, 1)}\n`)
}

/**
 * @param {Received} event
 * @param {string} origin
 */
function entry(event, origin) {
  const {answer} = event
  const type = event.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const body = event.body ?? ''
  const size = event.size ?? -1
  return {
    startedDateTime: event.time,
    time: 0,
    request: {
      method: event.method,
      url: `${origin}${event.uri}`,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      // The text below has no content encoding.
      headers: event.headers
        .filter(([name]) => !['content-encoding', 'content-length', 'transfer-encoding'].includes(name.toLowerCase()))
        .map(([name, value]) => ({name, value})),
      queryString: [...new URLSearchParams(event.uri.split('?')[1] ?? '')].map(([name, value]) => ({name, value})),
      ...(event.body === null && size !== 0 ? {} : {postData: {mimeType: type, text: body}}),
      headersSize: -1,
      bodySize: size
    },
    response: {
      status: answer.status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: Object.entries(answer.headers).map(([name, value]) => ({name, value})),
      content: {
        size: answer.body?.length ?? 0,
        mimeType: answer.headers['Content-Type'] ?? '',
        text: answer.body ?? ''
      },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1
    },
    cache: {},
    timings: {send: 0, wait: 0, receive: 0}
  }
}
