import { mainContent, type Operation, type SaidRequest } from '@throughline/core'
import { caseOf, type Case } from './case.ts'
import { describedStatus } from './coverage.ts'
import { secretName } from './curl.ts'
import type { Exchange } from './exchange.ts'
import { identityNames, type IdentityName } from './identities.ts'

/** How to bring one documented status about again: what a request says, without who says it. */
export interface Recipe {
  readonly parameters: Readonly<Record<string, unknown>>
  readonly body?: { readonly type: string; readonly value: unknown }
  /** Whose credentials go along, where they are not the usual ones. */
  readonly identity?: IdentityName
}

/** Recipes by operation (`store.getBasket`) and documented status (`404`, `4XX`, `default`). */
export type Ledger = ReadonlyMap<string, ReadonlyMap<string, Recipe>>

/** One request for each documented status of an operation that was reached before. */
export function* recipeCases(operation: Operation, ledger: Ledger): Generator<Case> {
  for (const [status, recipe] of ledger.get(nameOf(operation)) ?? []) {
    const one = recipeCase(operation, status, recipe)
    if (one !== undefined) yield one
  }
}

/** `undefined` where the contract has changed so that it can't be said any more. */
export function recipeCase(
  operation: Operation,
  status: string,
  { parameters, body, identity }: Recipe,
): Case | undefined {
  const content =
    body === undefined
      ? undefined
      : (operation.requestBody()?.content ?? []).find((one) => one.type === body.type)
  if (body !== undefined && content === undefined) return undefined
  return caseOf({
    operation,
    phase: 'examples',
    name: `${replayed}${status}`,
    said: {
      parameters: new Map(Object.entries(parameters)),
      ...(content !== undefined && { body: { content, value: bodyFrom(body!.value) } }),
    },
    ...(identity !== undefined && { identity }),
  })
}

const replayed = 'reached/'

/** Keeps the smallest request that reached each documented status; a recipe that still works stays before one of its size. */
export interface Keeping {
  readonly take: (exchange: Exchange) => void
  /** What this run reached, over what was known before. */
  readonly ledger: () => Ledger
}

export function keepLedger(before: Ledger): Keeping {
  const found = new Map<string, Map<string, Kept>>()
  return {
    take({ case: one, outcome }) {
      if (outcome.kind !== 'answered') return
      const { operation } = one
      const status = describedStatus(operation, outcome.status)
      if (status === undefined) return
      const known = found.get(nameOf(operation)) ?? new Map<string, Kept>()
      const last = known.get(status)
      const isReplay = one.id.includes(`/${replayed}`)
      const size = roughSize(one)
      if (last !== undefined && size > last.size) return
      const recipe = recipeOf(one)
      const text = recipe && jsonOf(recipe)
      if (recipe === undefined || text === undefined) return
      const wins =
        last === undefined ||
        size < last.size ||
        (isReplay && !last.isReplay) ||
        (isReplay === last.isReplay && text < last.text)
      if (!wins) return
      known.set(status, { recipe, text, size, isReplay })
      found.set(nameOf(operation), known)
    },
    ledger() {
      const all = new Map([...before].map(([name, recipes]) => [name, new Map(recipes)]))
      for (const [name, recipes] of found) {
        const known = all.get(name) ?? new Map<string, Recipe>()
        for (const [status, { recipe }] of recipes) known.set(status, recipe)
        all.set(name, known)
      }
      return all
    },
  }
}

interface Kept {
  readonly recipe: Recipe
  readonly text: string
  readonly size: number
  readonly isReplay: boolean
}

/** The recipes of one API as its file in `reached/` holds them: sorted, so that two branches merge. */
export function ledgerText(ledger: Ledger, api: string): string {
  const operations: Record<string, Record<string, Recipe>> = {}
  for (const name of [...ledger.keys()].toSorted()) {
    if (!name.startsWith(`${api}.`)) continue
    const recipes = ledger.get(name)!
    operations[name.slice(api.length + 1)] = Object.fromEntries(
      [...recipes.keys()].toSorted().map((status) => [status, sorted(recipes.get(status)!)]),
    )
  }
  return `${JSON.stringify({ version: 1, operations }, null, 2)}\n`
}

/** Reads what `ledgerText` wrote, and leaves out what it can't understand; `undefined` where it is no such file at all. */
export function ledgerFrom(text: string, api: string): Ledger | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isMap(value) || value['version'] !== 1 || !isMap(value['operations'])) return undefined
  const ledger = new Map<string, Map<string, Recipe>>()
  for (const [operation, statuses] of Object.entries(value['operations'])) {
    if (!isMap(statuses)) continue
    const recipes = new Map<string, Recipe>()
    for (const [status, recipe] of Object.entries(statuses))
      if (isRecipe(recipe)) recipes.set(status, recipe)
    ledger.set(`${api}.${operation}`, recipes)
  }
  return ledger
}

function isRecipe(value: unknown): value is Recipe {
  if (!isMap(value) || !isMap(value['parameters'])) return false
  const { body, identity } = value
  return (
    (body === undefined || (isMap(body) && typeof body['type'] === 'string')) &&
    (identity === undefined || identityNames.some((one) => one === identity))
  )
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** `undefined` where what it says doesn't survive being written as JSON. Secrets are left out. */
function recipeOf({ said, identity, operation }: Case): Recipe | undefined {
  const body = said.body && bodyInto(said)
  if (said.body !== undefined && body === undefined) return undefined
  const media = said.body?.content ?? mainContent(operation.requestBody()?.content ?? [])
  return {
    parameters: Object.fromEntries(
      [...said.parameters].filter(
        ([key]) => secretName(key.slice(key.indexOf('.') + 1)) === undefined,
      ),
    ),
    ...(body !== undefined && media !== undefined && { body: { type: media.type, ...body } }),
    ...(identity !== 'valid' && { identity }),
  }
}

function jsonOf(recipe: Recipe): string | undefined {
  try {
    return JSON.stringify(recipe)
  } catch {
    return undefined // a number that JSON does not have
  }
}

function bodyInto({ body }: SaidRequest): { readonly value: unknown } | undefined {
  const value = body?.value
  if (value === undefined) return undefined
  return value instanceof Uint8Array
    ? { value: { [bytesKey]: Buffer.from(value).toString('base64') } }
    : { value }
}

function bodyFrom(value: unknown): unknown {
  return isMap(value) && Object.keys(value).length === 1 && typeof value[bytesKey] === 'string'
    ? new Uint8Array(Buffer.from(value[bytesKey], 'base64'))
    : value
}

const bytesKey = '$base64'

function sorted({ parameters, body, identity }: Recipe): Recipe {
  return {
    parameters: Object.fromEntries(
      Object.entries(parameters).toSorted(([one], [other]) => one.localeCompare(other, 'en')),
    ),
    ...(body && { body }),
    ...(identity !== undefined && { identity }),
  }
}

function roughSize({ request: { path, query, headers, body } }: Case): number {
  return path.length + query.length + headers.length * 20 + (body?.length ?? 0)
}

function nameOf({ api, name }: Operation): string {
  return `${api}.${name}`
}
