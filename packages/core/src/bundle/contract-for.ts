import { contractOf } from '../1-parse/contract.ts'
import type { ApiDeclaration } from '../1-parse/declarations.ts'
import { nodeOf, nodesOfKind } from '../2-link/ask.ts'
import type { ApiNode, Graph } from '../2-link/graph.ts'
import { classesOf } from '../3-check/classes.ts'
import { matchingFields } from '../3-check/matching-fields.ts'
import type { Contract } from '../operation/api.ts'
import { findInAnswer } from '../operation/fields-of.ts'
import { applyOverlay } from '../overlay/apply-overlay.ts'
import type { Overlay } from '../overlay/overlay.ts'
import { isObject } from '../text/site.ts'
import type { Files } from '../text/source.ts'
import { hiddenBecause, maySee, type ContractAudience } from './audience.ts'
import { bundled } from './bundled.ts'
import type { Removal } from './removal.ts'
import { withoutHidden } from './without-hidden.ts'
import { withoutUnused } from './without-unused.ts'

export interface ContractForOptions {
  /** Nothing is left out where nobody says for whom it is. */
  readonly audience?: ContractAudience
  /** Applied one after another, before anything is left out: an overlay may say what is internal. */
  readonly overlays?: readonly (Pick<Overlay, 'actions'> & { readonly file: string })[]
  /** Only the operations that a journey calls. */
  readonly journeysOnly?: boolean
}

/** A contract in one file, and what that costs those who use it. */
export interface ContractFor {
  readonly value: unknown
  readonly removed: readonly Removal[]
  /** What the journeys would miss if this were the contract. */
  readonly lost: readonly LostNeed[]
  readonly problems: readonly string[]
}

export interface LostNeed {
  /** `checkout/basket` */
  readonly step: string
  /** `store.getBasket` */
  readonly operation: string
  /** `items[].price.amount`; the whole operation where there is none. */
  readonly need?: string
  /** What the screen shows instead. */
  readonly absent?: string
}

/** The REST contract of an API as one document: bundled, with overlays applied and without what an audience may not see. */
export function contractFor(
  graph: Graph,
  { name, contract }: ApiNode & { readonly contract: Contract },
  { audience, overlays = [], journeysOnly = false }: ContractForOptions = {},
): ContractFor {
  const whole = bundled(contract.root)
  const problems = [...whole.problems]
  let { value } = whole
  for (const overlay of overlays) {
    const done = applyOverlay(value, overlay)
    value = done.value
    problems.push(
      ...done.problems.map(
        ({ action, problem }) => `${overlay.file}: action ${action + 1} ${problem}.`,
      ),
      ...done.idle.map(
        (action) =>
          `${overlay.file}: the target of action ${action + 1} (${overlay.actions[action]!.target}) selects nothing.`,
      ),
    )
  }
  const declaration = graph.declarations.workspace.apis.find(({ id }) => id === name)
  const read = (written: unknown): Contract | undefined =>
    declaration && contractFromValue(written, declaration)
  let removed: readonly Removal[] = []
  if (audience !== undefined || journeysOnly) {
    const one = read(value)
    if (one !== undefined) {
      const own = reasons(graph, one, audience, journeysOnly)
      const left = withoutHidden(one.root, (raw) => {
        const reason = own.get(raw)
        return reason ?? (audience && hiddenBecause(raw, audience))
      })
      removed = left.removed
      const smaller = read(left.value)
      value = smaller === undefined ? left.value : withoutUnused(smaller.root)
    }
  }
  const isChanged = removed.length > 0 || overlays.length > 0
  const after = isChanged ? read(value) : undefined
  return {
    value,
    removed,
    lost: after === undefined ? [] : lostNeeds(graph, name, after),
    problems,
  }
}

/** Whether a contract says of itself that an audience may not see any of it. */
export function isForOthers({ root }: Contract, audience: ContractAudience): string | undefined {
  const info = isObject(root.value) ? root.value['info'] : undefined
  return isObject(info) ? hiddenBecause(info, audience) : undefined
}

function contractFromValue(value: unknown, declaration: ApiDeclaration): Contract | undefined {
  const path = 'bundle.openapi.json'
  const file = { path, text: JSON.stringify(value) }
  const files: Files = {
    paths: [path],
    read: (asked) => (asked === path ? file : { path: asked, unreadable: 'missing' }),
  }
  return contractOf(files, { ...declaration, contract: path }).contract
}

/** What the workspace itself wants left out: classes of data, and what no journey calls. */
function reasons(
  graph: Graph,
  contract: Contract,
  audience: ContractAudience | undefined,
  journeysOnly: boolean,
): ReadonlyMap<unknown, string> {
  const found = new Map<unknown, string>()
  const classes = classesOf(graph)
  const isLimited = [...nodesOfKind(graph, 'class')].some(
    ({ declaration }) => declaration.audience !== undefined,
  )
  if (audience !== undefined && isLimited)
    for (const { operation, place, path, field } of matchingFields(contract, classes.wanted)) {
      const declared = classes.classOf(operation, path, field)
      if (declared?.audience === undefined || maySee(audience, declared.audience)) continue
      const why = `class ${declared.id} is ${declared.audience}`
      const parameter = operation
        .parameters()
        .find((one) => one.name === field.name && (place === 'url' || place === 'header'))
      const written = parameter?.site.value ?? field.written?.value
      if (written !== undefined) found.set(written, why)
    }
  if (journeysOnly) {
    const called = new Set(
      [...nodesOfKind(graph, 'call')].flatMap(({ operation: id }) => {
        const operation = nodeOf(graph, 'operation', id)
        return operation === undefined || operation.api !== contract.api ? [] : [keyOf(operation)]
      }),
    )
    for (const operation of contract.operations)
      if (!called.has(keyOf(operation))) found.set(operation.site.value, 'no journey calls it')
  }
  return found
}

function lostNeeds(graph: Graph, api: string, contract: Contract): readonly LostNeed[] {
  const operations = new Map(contract.operations.map((one) => [keyOf(one), one]))
  return [...nodesOfKind(graph, 'call')].flatMap((call): readonly LostNeed[] => {
    const before = nodeOf(graph, 'operation', call.operation)
    const step = nodeOf(graph, 'step', call.step)
    if (before === undefined || before.api !== api || step === undefined) return []
    const after = operations.get(keyOf(before))
    if (after === undefined) return [{ step: step.name, operation: call.name }]
    return call.needs.flatMap((id) => {
      const need = nodeOf(graph, 'need', id)
      if (need?.field === undefined || 'field' in findInAnswer(after, need.path)) return []
      return [
        {
          step: step.name,
          operation: call.name,
          need: need.path,
          ...(need.absent !== undefined && { absent: need.absent }),
        },
      ]
    })
  })
}

function keyOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`
}
