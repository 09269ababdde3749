import type { Graph } from '../2-link/graph.ts'
import type { Change } from '../diff/change.ts'
import { applyOverlay } from '../overlay/apply-overlay.ts'
import type { Overlay } from '../overlay/overlay.ts'
import type { Path } from '../text/origin.ts'
import { descend, isObject, rootOf, type Document } from '../text/site.ts'
import { jsonPathTo } from './json-path-to.ts'

/** How to make a breaking change without breaking anybody: first the new beside the old, then everybody moves, then the old goes. */
export interface Migration {
  readonly steps: readonly {
    readonly phase: 'expand' | 'migrate' | 'contract'
    readonly text: string
  }[]
  /** What brings the old back beside the new, for the contract as it is after the change. None where they can't stand side by side. */
  readonly compatibility?: { readonly file: string; readonly overlay: Overlay }
}

/**
 * The way to make a change in plain words, naming the screens that must move and the teams that own them; for what was removed, an
 * overlay that keeps it, deprecated, for the time being. `undefined` for a change that breaks nothing.
 */
export function migrationFor(before: Graph, after: Graph, change: Change): Migration | undefined {
  if (change.level !== 'breaking') return undefined
  const compatibility = restoring(before, after, change)
  const what = change.message.replace(/\.$/, '')
  const moving = [...new Set(change.impact.map(({ step, owner }) => withOwner(step, owner)))]
  const owner = before.apis.find((one) => one.name === change.api)?.owner
  const who = owner === undefined ? 'The owners of the API' : `The team ${owner}`
  return {
    steps: [
      {
        phase: 'expand',
        text:
          compatibility === undefined
            ? `${who} offers the new way beside the old one, under another name, path or version; the old one stays as it is. (${what}.)`
            : `${who} keeps the old one beside the new, marked deprecated, with the day it will go (x-sunset). (${what}.)`,
      },
      {
        phase: 'migrate',
        text:
          moving.length === 0
            ? 'No step of a journey uses it: tell consumers outside of the workspace, and wait until nobody calls it.'
            : `These screens move to the new one, each with its journey: ${moving.join(', ')}. Released apps count until they are no longer supported (\`clients\`).`,
      },
      {
        phase: 'contract',
        text: 'When the day has passed and `throughline diff` says that no step needs it, it is removed.',
      },
    ],
    ...(compatibility !== undefined && { compatibility }),
  }
}

function withOwner(step: string, owner: string | undefined): string {
  return owner === undefined ? step : `${step} (${owner})`
}

/** An overlay that puts back what was removed, where its place still is. */
function restoring(before: Graph, after: Graph, change: Change): Migration['compatibility'] {
  const origin = change.origin.before
  if (change.to !== undefined || origin === undefined || origin.place.kind === 'offsets')
    return undefined
  const { path } = origin.place
  const { file } = origin.source
  const old =
    'value' in origin.source ? descend(rootOf(origin.source as Document), path) : undefined
  const document = documentOf(before, after, change.api, file.path)
  if (old === undefined || document === undefined || path.length === 0) return undefined
  if (descend(rootOf(document), path) !== undefined) return undefined
  let depth = path.length - 1
  while (depth > 0 && descend(rootOf(document), path.slice(0, depth)) === undefined) depth -= 1
  const place = path.slice(0, depth)
  const kept = isObject(old.value) && old.value['$ref'] === undefined
  const value = kept ? { ...(old.value as object), deprecated: true } : old.value
  const update = path.slice(depth).reduceRight<unknown>(wrapped, value)
  const overlay: Overlay = {
    overlay: '1.1.0',
    info: { title: `Keep for now: ${change.message}`, version: '1' },
    actions: [{ target: jsonPathTo(place), update }],
  }
  const { problems, idle } = applyOverlay(document.value, overlay)
  return problems.length + idle.length > 0 ? undefined : { file: document.file.path, overlay }
}

function wrapped(inner: unknown, key: Path[number]): unknown {
  return typeof key === 'number' ? [inner] : { [key]: inner }
}

/** The contract's own file as it is now, where the change stands in the file that it was: two bare contracts have two names. */
function documentOf(
  before: Graph,
  after: Graph,
  api: string | undefined,
  path: string,
): Document | undefined {
  const was = before.apis.some(({ contract }) => contract?.root.file.path === path)
  const contract = after.apis.find((one) => one.name === api)?.contract
  return was ? contract?.root : undefined
}
