import { getArgumentValues, getNamedType, getOperationAST, isObjectType } from 'graphql'
import type { FieldNode, GraphQLField } from 'graphql'
import { plain } from '@throughline/core'
import { idIn, referencesIn } from './graphql-change.ts'
import type { Changed } from './graphql-change.ts'
import { topFields } from './graphql-document.ts'
import type { Execution } from './graphql-execution.ts'
import type { ThingType, ThingTypes } from './graphql-things.ts'
import { belongs } from './graphql-values.ts'
import type { Entity } from './world/entity.ts'
import type { Row, Written } from './world/worlds.ts'

/**
 * What has happened to the things that a subscription tells of, since it was asked last: those of `messageAdded` are new, those
 * of `orderDeleted` are gone. `undefined` where it tells of no thing of the world.
 */
export function happenings({
  schema,
  document,
  operationName,
  variableValues,
  contextValue: { things },
}: Execution): (() => readonly Changed[]) | undefined {
  const operation = getOperationAST(document, operationName)
  const [node] = operation ? topFields(document, operation) : []
  const field = node && schema.getSubscriptionType()?.getFields()[node.name.value]
  if (node === undefined || field === undefined) return undefined
  const thing = thingOf(field, things.types)
  if (thing === undefined) return undefined
  const args = argumentsOf(field, node, variableValues)
  const scope = new Map(referencesIn(args))
  scope.delete(`${plain(thing.type)}id`)
  const id = idIn(args, thing)
  const wanted = wantedBy(field.name)
  const news = newsOf(things.shelf(thing, scope).written)
  return () =>
    news()
      .filter(
        (one) =>
          wanted.has(one.did) && (id === undefined || one.id === id) && belongs(one.known, scope),
      )
      .map(({ did, id: own, known }) => ({
        kind: did === 'removed' ? 'removed' : 'changed',
        thing,
        id: own,
        known,
      }))
}

type Deed = 'made' | 'changed' | 'removed'

interface News {
  readonly did: Deed
  readonly id: string
  readonly known: Entity
}

/** What was written since the last look. Rows are never changed, only replaced. */
function newsOf(written: () => Written | undefined): () => readonly News[] {
  let rows: ReadonlyMap<string, Row> = new Map(written()?.rows)
  let gone: ReadonlySet<string> = new Set(written()?.gone)
  return () => {
    const now = written()
    const news: News[] = []
    for (const [id, row] of now?.rows ?? []) {
      const before = rows.get(id)
      if (row === before || !row.written) continue
      const isNew = row.made === true && before === undefined
      news.push({ did: isNew ? 'made' : 'changed', id, known: row.value })
    }
    for (const id of now?.gone ?? [])
      if (!gone.has(id)) news.push({ did: 'removed', id, known: rows.get(id)?.value ?? {} })
    rows = new Map(now?.rows)
    gone = new Set(now?.gone)
    return news
  }
}

/** The thing that a subscription answers with, that stands in its answer, or that it is called after: `messageDeleted: ID!`. */
function thingOf(
  { name, type }: GraphQLField<unknown, unknown>,
  types: ThingTypes,
): ThingType | undefined {
  const answer = getNamedType(type)
  const direct = types.of(answer.name)
  if (direct !== undefined) return direct
  const inside = isObjectType(answer)
    ? Object.values(answer.getFields()).flatMap(
        (one) => types.of(getNamedType(one.type).name) ?? [],
      )
    : []
  const isCalled = (one: ThingType): boolean => plain(name).includes(plain(one.type))
  return inside.find(isCalled) ?? inside[0] ?? types.all().find(isCalled)
}

function wantedBy(name: string): ReadonlySet<Deed> {
  const words = name.split(/_|(?=[A-Z])/).map((one) => one.toLowerCase())
  const says = (verbs: RegExp): boolean => words.some((one) => verbs.test(one))
  if (says(/^(added|created|new|posted|placed|received|sent|submitted|opened)$/)) return MADE
  if (says(/^(deleted|removed|destroyed|erased)$/)) return REMOVED
  return says(/^(updated|changed|edited|modified|moved)$/) ? CHANGED : ANY
}

const MADE: ReadonlySet<Deed> = new Set(['made'])
const CHANGED: ReadonlySet<Deed> = new Set(['changed'])
const REMOVED: ReadonlySet<Deed> = new Set(['removed'])
const ANY: ReadonlySet<Deed> = new Set(['made', 'changed'])

/** None where a variable lacks: the execution says so. */
function argumentsOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Execution['variableValues'],
): Entity {
  try {
    return getArgumentValues(field, node, variables)
  } catch {
    return {}
  }
}
