/** The answers of all releases to an event, and what an upgrade changes. */

import {fill, h} from './dom.js'
import {badge} from './findings.js'
import {printable} from './text.js'

/** @typedef {import('./api.js').Group} Group */
/** @typedef {import('./api.js').Era} Era */
/** @typedef {{name: string, title: string, eras: string[]}} Trait */

/**
 * A table of the answers; consecutive releases with the same answer are one row.
 * @param {Era[]} eras oldest first
 * @param {Group[]} answers
 * @param {string} release the chosen release
 */
export function eraTable(eras, answers, release) {
  const rows = runs(eras, answers).map(({group, from, to, releases}) =>
    h(
      'tr',
      {class: releases.includes(release) ? 'chosen' : null},
      h('th', {scope: 'row'}, from === to ? from : `${from} to ${to}`),
      ...cells(group)
    )
  )
  const head = ['Releases', 'Verdict', 'Answer', 'Rules'].map(text => h('th', {scope: 'col'}, text))
  return h('table', {}, h('thead', {}, h('tr', {}, head)), h('tbody', {}, rows))
}

/** @param {Group} group */
function cells(group) {
  return [
    h('td', {}, badge(group.verdict)),
    h('td', {}, printable(group.answer.reason)),
    h('td', {}, printable(group.rules.join(', ')) || 'none')
  ]
}

/**
 * Consecutive releases with the same answer.
 * @param {Era[]} eras
 * @param {Group[]} answers
 */
function runs(eras, answers) {
  /** @type {{group: Group, from: string, to: string, releases: string[]}[]} */
  const found = []
  for (const era of eras) {
    const group = answers.find(one => one.eras.includes(era.name))
    if (!group) continue
    const last = found.at(-1)
    const to = era.releases.at(-1) ?? era.name
    // Releases of two majors overlap in time, so a row does not go from one to the other.
    if (last && last.group === group && major(last.to) === major(era.name)) {
      last.to = to
      last.releases.push(...era.releases)
    } else {
      found.push({group, from: era.releases[0] ?? era.name, to, releases: [...era.releases]})
    }
  }
  return found
}

/** @param {string} release */
const major = release => release.split('.')[0]

/**
 * Shows what happens to the event between two releases.
 * @param {HTMLElement} element
 * @param {{eras: Era[], traits: Trait[]}} known
 * @param {Group[]} answers
 * @param {string} from
 * @param {string} to
 */
export function showUpgrade(element, known, answers, from, to) {
  const {eras, traits} = known
  const [start, end] = [from, to].map(release => eras.findIndex(era => era.releases.includes(release)))
  if (start === undefined || end === undefined || start < 0 || end < 0) return
  if (start > end) {
    fill(element, h('p', {}, `${printable(from)} is newer than ${printable(to)}.`))
    return
  }
  const path = eras.slice(start, end + 1)
  const steps = path.slice(1).flatMap((era, index) => step(path[index], era, answers))
  const [first, last] = [path[0], path.at(-1)].map(era => groupOf(era, answers))
  const isSame = first === last
  fill(
    element,
    h('p', {}, summary(first, last)),
    steps.length > 0 && h('ol', {class: 'steps'}, steps),
    isSame && steps.length > 0 && h('p', {class: 'quiet'}, 'In between, the answer changes.'),
    traitList(traits, `New in ${printable(to)}`, path.at(-1), path[0]),
    traitList(traits, `No longer in ${printable(to)}`, path[0], path.at(-1))
  )
}

/**
 * @param {Era | undefined} era
 * @param {Group[]} answers
 */
const groupOf = (era, answers) => answers.find(one => era && one.eras.includes(era.name))

/**
 * @param {Group | undefined} first
 * @param {Group | undefined} last
 */
function summary(first, last) {
  if (!first || !last) return ''
  if (first === last) return `The same: ${last.verdict}, ${printable(last.answer.reason)}.`
  if (first.verdict !== last.verdict) return `The event is ${first.verdict} before the upgrade, and ${last.verdict} after it.`
  return `The event is ${last.verdict} before and after the upgrade, but the answer or the findings differ.`
}

/**
 * What changes for the event between two eras.
 * @param {Era | undefined} before
 * @param {Era} after
 * @param {Group[]} answers
 */
function step(before, after, answers) {
  const [old, found] = [groupOf(before, answers), groupOf(after, answers)]
  if (!old || !found || old === found) return []
  const added = found.rules.filter(rule => !old.rules.includes(rule))
  const removed = old.rules.filter(rule => !found.rules.includes(rule))
  return [
    h(
      'li',
      {},
      h('strong', {}, `From ${after.releases[0]}: `),
      badge(found.verdict),
      ` ${printable(found.answer.reason)}`,
      added.length > 0 && h('span', {}, ` · new findings: ${printable(added.join(', '))}`),
      removed.length > 0 && h('span', {}, ` · no longer: ${printable(removed.join(', '))}`)
    )
  ]
}

/**
 * How the server behaves in one era, and not in the other.
 * @param {Trait[]} traits
 * @param {string} title
 * @param {Era | undefined} here
 * @param {Era | undefined} there
 */
function traitList(traits, title, here, there) {
  const only = traits.filter(({eras}) => here && eras.includes(here.name) && !(there && eras.includes(there.name)))
  if (!only.length) return null
  return h('div', {}, h('h4', {}, title), h('ul', {}, only.map(trait => h('li', {}, printable(trait.title)))))
}
