import { readFileSync } from 'node:fs'
import {
  bodyField,
  compile,
  conformance,
  located,
  mainContent,
  type Compilation,
  type Field,
  type Operation,
} from '@throughline/core'
import { filesOf } from '../../core/test/in-memory-files.ts'
import { liveWorkspace, type LiveWorkspace } from '../src/server/live.ts'
import { studio, type StudioOptions } from '../src/server/studio.ts'

const token = 'a-token-of-this-start'

interface Asking {
  readonly method?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface StudioApp {
  readonly live: LiveWorkspace
  /** Asks as the studio's own page does: right host, right token. */
  readonly ask: (path: string, init?: Asking) => Promise<Response>
  /** Asks for JSON. */
  readonly data: <Data>(path: string) => Promise<Data>
}

/** The studio's server over files written in a test; no port is opened. `edit` changes files and links again. */
export function studioApp(
  texts: Readonly<Record<string, string>>,
  options: Partial<StudioOptions> = {},
): StudioApp & { readonly edit: (changed: Readonly<Record<string, string>>) => void } {
  let files = texts
  const live = liveWorkspace((): Compilation => compile(filesOf(files)))
  const app = studio({
    live,
    root: '/nowhere',
    pages: '/nowhere',
    token,
    port: () => 4400,
    mock: { url: 'http://localhost:4401', situation: () => null, play: () => null },
    ...options,
  })
  const ask: StudioApp['ask'] = async (path, init = {}) =>
    app.request(`http://localhost:4400${path}`, {
      ...init,
      headers: { host: 'localhost:4400', authorization: `Bearer ${token}`, ...init.headers },
    })
  return {
    live,
    ask,
    async data<Data>(path: string) {
      const response = await ask(path)
      return (await response.json()) as Data
    },
    edit(changed) {
      files = { ...files, ...changed }
      live.refresh()
    },
  }
}

/** In what an answer of the studio differs from `studio.openapi.yaml`; also what it says and the contract does not. */
export async function differences(name: string, response: Response): Promise<readonly string[]> {
  const operation = studioOperation(name)
  const body = await response.text()
  const { described, violations } = conformance(operation, {
    status: response.status,
    header: (header) => response.headers.get(header) ?? undefined,
    body,
    opaque: false,
  })
  const found = violations.map((one) => `${one.path}: ${one.message}`)
  const content = operation.responses().find((one) => one.status === described)?.content ?? []
  const schema = mainContent(content)?.schema
  if (schema !== undefined && body !== '')
    found.push(...undescribed(bodyField(schema), JSON.parse(body)))
  return found
}

function studioOperation(name: string): Operation {
  const path = 'studio.openapi.yaml'
  const text = readFileSync(new URL(`../src/server/${path}`, import.meta.url), 'utf8')
  const { graph, diagnostics } = compile(filesOf({ [path]: text }), { contracts: [path] })
  const errors = located(diagnostics).filter((one) => one.severity === 'error')
  if (errors.length > 0) throw new Error(errors.map((one) => one.message).join('\n'))
  const operation = graph.apis[0]!.contract!.operations.find((one) => one.name === name)
  if (operation === undefined) throw new Error(`studio.openapi.yaml has no operation ${name}`)
  return operation
}

function undescribed(field: Field, value: unknown): string[] {
  if (value === null || typeof value !== 'object') return []
  const children = field.children()
  if (Array.isArray(value)) {
    const item = children.find((one) => one.name === '[]')
    return item === undefined ? [] : [...new Set(value.flatMap((one) => undescribed(item, one)))]
  }
  const anyName = children.find((one) => one.name === '{}')
  return Object.entries(value).flatMap(([name, inner]) => {
    const own = children.find((one) => one.name === name) ?? anyName
    return own === undefined
      ? [`${field.path}.${name} is not in the contract`]
      : undescribed(own, inner)
  })
}
