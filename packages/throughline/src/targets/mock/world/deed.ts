import { plain } from '@throughline/core'
import type { Field } from '@throughline/core'
import { isEntity, withValid } from './entity.ts'
import type { Entity } from './entity.ts'

/**
 * A thing after something was done with it, as far as it says so: after `cancel` its status is `cancelled`, `cancelledAt` is set
 * and `isCancelled` holds. The thing itself where it says nothing of the kind.
 */
export function afterDeed(thing: Entity, item: Field, deed: string): Entity {
  const isDone = doneBy(plain(deed))
  let result = thing
  for (const field of item.children()) {
    const value = valueAfter(field, isDone, thing)
    if (value === undefined) continue
    result = withValid(result, { [field.name]: value }, item.schema) ?? result
  }
  return result
}

function valueAfter(
  { name, types, schema }: Field,
  isDone: (word: string) => boolean,
  thing: Entity,
): unknown {
  if (/^(status|state|phase|stage)$/i.test(name)) return choicesOf(schema?.value).find(isDone)
  const word = plain(name).replace(/^is/, '')
  if (types.includes('boolean')) return isDone(word) ? true : undefined
  const moment = /^(.+)(?:[-_](?:at|on|date|time)|(?:At|On|Date|Time))$/.exec(name)?.[1]
  const before = thing[name]
  if (moment === undefined || !isDone(plain(moment)) || (before !== undefined && before !== null))
    return undefined
  const last = latestIn(thing)
  return formatIn(schema?.value) === 'date' ? last.slice(0, 10) : last
}

/** What is done with a thing comes after all that it tells of. */
function latestIn(thing: Entity): string {
  const moments = Object.entries(thing).flatMap(([name, value]) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT/.test(value) &&
    !/expir|until|due|end/i.test(name)
      ? [new Date(value).getTime()]
      : [],
  )
  const last = Math.max(...moments.filter((one) => !Number.isNaN(one)))
  return new Date(Number.isFinite(last) ? last + 3_600_000 : USUAL).toISOString()
}

/** Where a thing tells of no time. */
const USUAL = Date.UTC(2026, 2, 1, 9, 30)

function formatIn(schema: unknown): unknown {
  return isEntity(schema) ? schema['format'] : undefined
}

function choicesOf(schema: unknown): readonly string[] {
  const choices: unknown = isEntity(schema) ? schema['enum'] : undefined
  return Array.isArray(choices) ? choices.filter((one) => typeof one === 'string') : []
}

/** Whether a word says that the deed is done: `cancelled` for `cancel`, `paid` for `pay`. */
function doneBy(deed: string): (word: string) => boolean {
  const irregular = IRREGULAR.get(deed)
  const stem = deed.replace(/[ey]$/, '')
  return (given) => {
    const word = plain(given)
    if (irregular?.has(word) === true) return true
    // `cancelled`, `completed`, `shipped`, `denied`.
    const end = word.startsWith(stem) ? word.slice(stem.length) : undefined
    return end !== undefined && stem.length > 2 && /^[a-z]?i?ed$/.test(end)
  }
}

const IRREGULAR: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    pay: ['paid'],
    send: ['sent'],
    withdraw: ['withdrawn'],
    hold: ['held', 'onhold'],
    activate: ['active'],
    deactivate: ['inactive'],
    enable: ['active'],
    disable: ['inactive'],
    start: ['inprogress', 'running', 'active'],
    resume: ['active', 'running', 'inprogress'],
    finish: ['done', 'completed'],
    reopen: ['open'],
    void: ['void'],
    checkin: ['checkedin'],
    checkout: ['checkedout'],
  }).map(([deed, words]) => [deed, new Set(words)]),
)
