import {
  child,
  edgesOf,
  expressionValue,
  generate,
  seededChoices,
  type Happened,
  type Operation,
  type Resource,
} from '@throughline/core'
import { isFine, jsonOf, statusOf, type Exchange } from '../exchange.ts'
import { createdId, idIn, itemsIn } from '../learn.ts'
import { aMoment, asking, choicesFor, pathOf, type Script, type Talk } from '../talk.ts'
import { bodyContent, usualBody } from '../usual-request.ts'
import { difference } from './same.ts'

/** What can be done to the things of a resource. */
export interface Doings {
  readonly resource: Resource
  readonly create?: Operation
  readonly read?: Operation
  readonly list?: Operation
  readonly replace?: Operation
  readonly update?: Operation
  readonly remove?: Operation
}

const phase = 'stateful'

/** One thing from its making to its end, with everything that must hold in between. */
export function life(doings: Doings): Script | undefined {
  const { create, resource } = doings
  if (create === undefined) return undefined
  return async (talk) => {
    const made = await newThing(talk, create, resource)
    if (made === undefined) return
    const { exchange, path } = made
    if (!(await isThere(talk, doings, exchange, path))) return
    await linksLead(talk, create, exchange)
    await unchangedIsKnown(talk, doings, path)
    await refusedChangesNothing(talk, doings, path)
    await putIsIdempotent(talk, doings, path)
    await othersStayOut(talk, doings, path)
    await ends(talk, doings, path)
    await ownIdIsNotTaken(talk, doings)
  }
}

interface Made {
  readonly exchange: Exchange
  readonly path: readonly unknown[]
}

async function newThing(
  talk: Talk,
  create: Operation,
  resource: Resource,
): Promise<Made | undefined> {
  for (const optional of [false, true]) {
    const exchange = await talk.ask(
      asking(talk, create, { phase, name: optional ? 'create-full' : 'create', optional }),
    )
    if (exchange === undefined || !isFine(exchange) || statusOf(exchange) === 202) continue
    const id = createdId(exchange, resource)
    if (id !== undefined) return { exchange, path: [...pathOf(exchange.case), id] }
  }
  return undefined
}

/** `available-after-create` */
async function isThere(
  talk: Talk,
  { read, list, resource }: Doings,
  created: Exchange,
  path: readonly unknown[],
): Promise<boolean> {
  if (read === undefined) return list !== undefined
  const look = (name: string) => talk.ask(asking(talk, read, { phase, name, path }))
  let found = await look('read-created')
  if (found !== undefined && isGone(found)) {
    await aMoment()
    found = await look('read-created-later')
  }
  if (found === undefined) return false
  if (isGone(found)) {
    talk.note(found, {
      check: 'available-after-create',
      severity: 'error',
      message: `What ${created.case.operation.method} ${created.case.operation.path} answered ${statusOf(created)} for is not there (${statusOf(found)}).`,
      cause: `${resource.path}:read`,
      at: 'status',
    })
    return false
  }
  return isFine(found)
}

function isGone(exchange: Exchange): boolean {
  return statusOf(exchange) === 404 || statusOf(exchange) === 410
}

/** The links of the contract lead from the answer to something. */
async function linksLead(talk: Talk, create: Operation, exchange: Exchange): Promise<void> {
  const response = create.responses().find((one) => one.status === String(statusOf(exchange)))
  const links = response && child(response.site, 'links')
  if (links === undefined || !isObject(links.value)) return
  for (const name of Object.keys(links.value).slice(0, 20)) {
    const link = child(links, name)?.value
    if (!isObject(link) || !isObject(link['parameters'])) continue
    const target = talk.operations.find(
      (one) => one.api === create.api && one.name === link['operationId'],
    )
    if (target === undefined || target.method !== 'GET') continue
    const happened = happenedOf(exchange)
    const parameters: Record<string, unknown> = {}
    for (const [key, expression] of Object.entries(link['parameters'])) {
      const value =
        typeof expression === 'string' && expression.startsWith('$')
          ? expressionValue(expression, happened)
          : expression
      const parameter = target
        .parameters()
        .find((one) => one.name === key || `${one.in}.${one.name}` === key)
      if (parameter !== undefined) parameters[`${parameter.in}.${parameter.name}`] = value
    }
    const found = await talk.ask(asking(talk, target, { phase, name: `link/${name}`, parameters }))
    if (found !== undefined && isGone(found))
      talk.note(found, {
        check: 'available-after-create',
        severity: 'error',
        message: `The link \`${name}\` of ${create.method} ${create.path} leads to nothing (${statusOf(found)}).`,
        cause: `link:${name}`,
        at: 'status',
      })
  }
}

function happenedOf(exchange: Exchange): Happened {
  const { outcome, url, case: one } = exchange
  const { request, said } = one
  const named = (place: string): ReadonlyMap<string, string> =>
    new Map(
      [...said.parameters]
        .filter(([key]) => key.startsWith(`${place}.`))
        .map(([key, value]) => [key.slice(place.length + 1), String(value)]),
    )
  return {
    method: request.method,
    url,
    query: named('query'),
    path: named('path'),
    header: (name) => request.headers.find(([key]) => key.toLowerCase() === name)?.[1],
    body: said.body?.value,
    response: {
      status: statusOf(exchange),
      header: (name) => (outcome.kind === 'answered' ? outcome.headers.get(name) : undefined),
      body: jsonOf(exchange),
    },
  }
}

/** `conditional-request`: who has the newest version already gets 304 (RFC 9110, 13.1.2). */
export async function unchangedIsKnown(
  talk: Talk,
  { read }: Pick<Doings, 'read'>,
  path: readonly unknown[] | undefined,
): Promise<void> {
  if (read === undefined) return
  const given = path === undefined ? {} : { path }
  const first = await talk.ask(asking(talk, read, { phase, name: 'read', ...given }))
  if (first === undefined || first.outcome.kind !== 'answered' || !isFine(first)) return
  const tag = first.outcome.headers.get('etag')
  if (tag === undefined) return
  const second = await talk.ask(
    asking(talk, read, {
      phase,
      name: 'read-unchanged',
      ...given,
      headers: { 'if-none-match': tag },
    }),
  )
  if (second?.outcome.kind !== 'answered' || second.outcome.status !== 200) return
  // Another tag is another version: something changed in between.
  if (second.outcome.headers.get('etag') !== tag) return
  talk.note(second, {
    check: 'conditional-request',
    severity: 'warning',
    message: 'The same version is sent again though If-None-Match names it: 304 saves the bytes.',
    cause: 'if-none-match',
    at: 'status',
  })
}

/** A request that is refused changes nothing. */
async function refusedChangesNothing(
  talk: Talk,
  { read, replace, update }: Doings,
  path: readonly unknown[],
): Promise<void> {
  const change = replace ?? update
  const content = change && bodyContent(change)
  if (read === undefined || change === undefined || content?.schema === undefined) return
  const before = await stateOf(talk, read, path)
  if (before === undefined) return
  const choices = choicesFor(talk, change, 'refused')
  const body = usualBody(change, content, { choices, learned: talk.learned, optional: true })
  const wrong = [...edgesOf(content.schema, body, { most: 300 })].filter((edge) => !edge.fits)
  // Bounds first: what is nearly right is what a backend writes before it looks.
  const likely = wrong.toSorted(
    (one, other) => Number(other.name.includes('imum')) - Number(one.name.includes('imum')),
  )
  for (const { path: at, name, words, value } of likely.slice(0, mostRefused)) {
    const place = at.join('.') || 'the body'
    const refused = await talk.ask(
      asking(talk, change, {
        phase,
        name: `refused/${[...at, name].join('/')}`,
        path,
        body: value,
        mutation: `${place} ${words}`,
      }),
    )
    if (refused === undefined) return
    const status = statusOf(refused)
    if (status < 400 || status >= 500) continue
    const after = await stateOf(talk, read, path)
    if (after === undefined) return
    const changed = difference(before.value, after.value)
    if (changed === undefined) continue
    talk.note(refused, {
      check: 'idempotency',
      severity: 'error',
      message: `A request that was refused (${status}) changed \`${changed || 'the thing'}\` all the same.`,
      cause: 'refused-yet-changed',
      at: `body:${changed}`,
    })
    return
  }
}

const mostRefused = 8

/** What is read now; `undefined` where that does not work, or is another each time. */
async function stateOf(
  talk: Talk,
  read: Operation,
  path: readonly unknown[] | undefined,
): Promise<{ readonly value: unknown } | undefined> {
  const exchange = await talk.ask(
    asking(talk, read, { phase, name: 'state', ...(path !== undefined && { path }) }),
  )
  if (exchange === undefined || !isFine(exchange)) return undefined
  const value = jsonOf(exchange)
  return value === undefined ? undefined : { value }
}

/** `idempotency`: the same PUT twice leaves what it left once (RFC 9110, 9.2.2). */
export async function putIsIdempotent(
  talk: Talk,
  { read, replace }: Pick<Doings, 'read' | 'replace'>,
  path: readonly unknown[] | undefined,
): Promise<void> {
  if (replace === undefined || read === undefined) return
  const put = () =>
    talk.ask(asking(talk, replace, { phase, name: 'put', ...(path !== undefined && { path }) }))
  const first = await put()
  if (first === undefined || !isFine(first)) return
  const once = await stateOf(talk, read, path)
  const second = await put()
  if (second === undefined) return
  const twice = await stateOf(talk, read, path)
  if (once === undefined || twice === undefined) return
  const changed = difference(once.value, twice.value)
  if (changed !== undefined)
    talk.note(second, {
      check: 'idempotency',
      severity: 'error',
      message: `The same PUT a second time changed \`${changed || 'the thing'}\` again.`,
      cause: 'put-twice',
      at: `body:${changed}`,
    })
}

/** `other-user-sees`: what one person made and another's list does not show is not the other's to read or to take away. */
async function othersStayOut(
  talk: Talk,
  { read, list, remove, resource }: Doings,
  path: readonly unknown[],
): Promise<void> {
  if (talk.identities.second === undefined) return
  const id = String(path.at(-1))
  const isLocked = (one: Operation): boolean => {
    const security = one.security()
    return security.length > 0 && security.every((all) => all.length > 0)
  }
  if (list !== undefined) {
    const theirs = await talk.ask(
      asking(talk, list, {
        phase,
        name: 'list-second',
        path: path.slice(0, -1),
        identity: 'second',
      }),
    )
    if (theirs === undefined) return
    const items = itemsIn(theirs, resource.list?.place ?? [])
    if (items.some((one) => String(idIn(one, resource.idProperty)) === id)) return
  }
  for (const [operation, verb] of [
    [read, 'read'],
    [remove, 'taken away'],
  ] as const) {
    if (operation === undefined || !isLocked(operation)) continue
    const foreign = await talk.ask(
      asking(talk, operation, {
        phase,
        name: `second-${operation.method.toLowerCase()}`,
        path,
        identity: 'second',
      }),
    )
    if (foreign !== undefined && isFine(foreign))
      talk.note(foreign, {
        check: 'other-user-sees',
        severity: list === undefined ? 'warning' : 'error',
        message: `What one person made can be ${verb} by another (${statusOf(foreign)}).`,
        cause: verb,
        at: 'status',
      })
  }
}

/** `use-after-delete`, and a second DELETE that breaks nothing. */
async function ends(
  talk: Talk,
  { read, list, remove, resource }: Doings,
  path: readonly unknown[],
): Promise<void> {
  if (remove === undefined) return
  const removed = await talk.ask(asking(talk, remove, { phase, name: 'delete', path }))
  if (removed === undefined || !isFine(removed) || statusOf(removed) === 202) return
  if (read !== undefined) {
    const look = (name: string) => talk.ask(asking(talk, read, { phase, name, path }))
    let still = await look('read-deleted')
    if (still !== undefined && isFine(still)) {
      await aMoment()
      still = await look('read-deleted-later')
    }
    if (still !== undefined && isFine(still))
      talk.note(still, {
        check: 'use-after-delete',
        severity: 'error',
        message: `What was deleted can still be read (${statusOf(still)}).`,
        cause: 'read',
        at: 'status',
      })
  }
  if (list !== undefined) {
    const listed = await talk.ask(
      asking(talk, list, { phase, name: 'list-deleted', path: path.slice(0, -1) }),
    )
    const id = String(path.at(-1))
    const place = resource.list?.place ?? []
    if (
      listed !== undefined &&
      itemsIn(listed, place).some((one) => String(idIn(one, resource.idProperty)) === id)
    )
      talk.note(listed, {
        check: 'use-after-delete',
        severity: 'error',
        message: 'What was deleted still stands in the list.',
        cause: 'list',
        at: 'body',
      })
  }
  await talk.ask(asking(talk, remove, { phase, name: 'delete-again', path }))
}

/** What only the backend decides is not the client's to send: its id above all. */
async function ownIdIsNotTaken(talk: Talk, { create, remove, resource }: Doings): Promise<void> {
  const content = create && bodyContent(create)
  const { idProperty, item } = resource
  if (create === undefined || content?.schema === undefined || idProperty === undefined) return
  const field = item.children().find((one) => one.name === idProperty)
  if (field?.readOnly !== true || field.schema === undefined) return
  const choices = choicesFor(talk, create, 'own-id')
  const body = usualBody(create, content, { choices, learned: talk.learned })
  if (!isObject(body) || Object.hasOwn(body, idProperty)) return
  const own = generate(field.schema, seededChoices(`own id ${talk.seed}`), {
    direction: 'response',
    examples: false,
  })
  const made = await talk.ask(
    asking(talk, create, {
      phase,
      name: 'own-id',
      body: { ...body, [idProperty]: own },
      mutation: `${idProperty} is read-only, and sent`,
    }),
  )
  if (made === undefined || !isFine(made)) return
  const id = createdId(made, resource)
  if (id !== undefined && String(id) === String(own) && made.case.verdict.kind !== 'invalid')
    talk.note(made, {
      check: 'invalid-accepted',
      severity: 'error',
      message: `A client may set \`${idProperty}\`, which is read-only.`,
      cause: `read-only:${idProperty}`,
      at: `body:${idProperty}`,
    })
  if (id !== undefined && remove !== undefined)
    await talk.ask(
      asking(talk, remove, { phase, name: 'own-id-away', path: [...pathOf(made.case), id] }),
    )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
