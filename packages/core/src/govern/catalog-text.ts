import { isMap, parseDocument, stringify } from 'yaml'
import type { ApiDeclaration } from '../1-parse/declarations.ts'
import { nodeOf } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import { linkedCalls } from '../3-check/of-call.ts'
import type { Written } from './written.ts'

/** What tells an entity that Throughline wrote from those of others. */
const mark = 'throughline/workspace'

/**
 * The text of a Backstage `catalog-info.yaml` with an API entity for each contract and a component of type `website` for the screens,
 * which consumes the APIs that journeys call. Only entities with our annotation are written anew; an entity of the same kind and name that somebody
 * wrote by hand stays as it is and is said. The file is meant to lie beside `throughline.yaml`.
 */
export function catalogText(graph: Graph, existing: string): Written {
  const leftOut: string[] = []
  const wanted = new Map(entitiesOf(graph, leftOut).map((one) => [keyOf(one), one]))
  const chunks: string[] = []
  for (const chunk of chunksOf(existing)) {
    const found = headOf(chunk)
    const mine = found && wanted.get(found.key)
    if (found === undefined || !found.isOurs) {
      chunks.push(chunk)
      if (mine !== undefined) {
        leftOut.push(
          `${found!.key}: an entity of that name was written by hand, and stays as it is`,
        )
        wanted.delete(found!.key)
      }
    } else if (mine !== undefined) {
      chunks.push(textOf(mine))
      wanted.delete(found.key)
    }
    // Ours, and there is no such thing any more: gone.
  }
  for (const entity of wanted.values()) chunks.push(textOf(entity))
  return {
    text: chunks
      .filter((chunk) => chunk.trim() !== '')
      .map(ended)
      .join('---\n'),
    leftOut,
  }
}

interface Entity {
  readonly apiVersion: 'backstage.io/v1alpha1'
  readonly kind: 'API' | 'Component'
  readonly metadata: {
    readonly name: string
    readonly title: string
    readonly description?: string
    readonly annotations: Readonly<Record<string, string>>
  }
  readonly spec: Readonly<Record<string, unknown>>
}

function entitiesOf(graph: Graph, leftOut: string[]): readonly Entity[] {
  const { workspace, journeys } = graph.declarations
  const whole = (owner: string | undefined, what: string): string => {
    if (owner === undefined)
      leftOut.push(`${what} has no owner: Backstage asks for one, and gets \`unknown\``)
    return owner ?? 'unknown'
  }
  const apis = workspace.apis.map((api): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: {
      name: nameIn(api.id),
      title: graph.apis.find((one) => one.name === api.id)?.contract?.title ?? api.id,
      annotations: { [mark]: graph.name },
    },
    spec: {
      type: typeOf(graph, api),
      lifecycle: lifecycleOf(api.stage),
      owner: whole(api.owner, `the API ${api.id}`),
      definition: { $text: besideWorkspace(graph, api.contract) },
    },
  }))
  if (journeys.length === 0) return apis
  const called = new Set([...linkedCalls(graph)].map(({ operation }) => operation.api))
  const screens: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: nameIn(graph.name),
      title: graph.name,
      description: `Journeys: ${graph.journeys.map((one) => one.title).join(', ')}`,
      annotations: { [mark]: graph.name },
    },
    spec: {
      type: 'website',
      lifecycle: 'production',
      owner: whole(mostCommon(graph), 'the component of the screens'),
      consumesApis: workspace.apis.flatMap(({ id }) => (called.has(id) ? [nameIn(id)] : [])),
    },
  }
  return [...apis, screens]
}

function typeOf(graph: Graph, { id, contract }: ApiDeclaration): 'graphql' | 'openapi' {
  const node = nodeOf(graph, 'api', `api:${id}`)
  return /\.(graphqls?|gql)$/i.test(contract) || node?.contract?.protocol === 'graphql'
    ? 'graphql'
    : 'openapi'
}

function lifecycleOf(stage: ApiDeclaration['stage']): string {
  if (stage === 'deprecated') return 'deprecated'
  return stage === undefined || stage === 'live' ? 'production' : 'experimental'
}

/** Paths in the catalog count from its own folder, which is that of `throughline.yaml`. */
function besideWorkspace({ declarations }: Graph, path: string): string {
  const { path: workspace } = declarations.workspace.site.document.file
  const folder = workspace.slice(0, workspace.lastIndexOf('/') + 1)
  return path.startsWith(folder) ? `./${path.slice(folder.length)}` : path
}

/** The team that owns most journeys. */
function mostCommon({ journeys }: Graph): string | undefined {
  const owners = Map.groupBy(
    journeys.flatMap((one) => one.owner ?? []),
    (owner) => owner,
  )
  return [...owners].toSorted((a, b) => b[1].length - a[1].length)[0]?.[0]
}

/** Backstage: letters, digits, `-`, `_` and `.`, at most 63. */
function nameIn(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
  return plain.slice(0, 63).replace(/[^a-z0-9]+$/, '') || 'workspace'
}

function keyOf({ kind, metadata }: Entity): string {
  return `${kind} ${metadata.name}`
}

function textOf(entity: Entity): string {
  return stringify(entity, { lineWidth: 0 })
}

/** The documents of a file as they are written, without the lines between them. */
function chunksOf(text: string): readonly string[] {
  return text.split(/^---[ \t]*(?:\r?\n|$)/m)
}

function headOf(chunk: string): { readonly key: string; readonly isOurs: boolean } | undefined {
  const document = parseDocument(chunk, { logLevel: 'silent' })
  if (!isMap(document.contents)) return undefined
  const kind: unknown = document.getIn(['kind'])
  const name: unknown = document.getIn(['metadata', 'name'])
  if (typeof kind !== 'string' || typeof name !== 'string') return undefined
  return { key: `${kind} ${name}`, isOurs: document.hasIn(['metadata', 'annotations', mark]) }
}

function ended(chunk: string): string {
  return chunk.endsWith('\n') ? chunk : `${chunk}\n`
}
