import type { CallDeclaration, StepDeclaration } from '../1-parse/declarations.ts'
import { diagnostic, quoted, type Diagnostic } from '../text/diagnostic.ts'
import { originOf } from '../text/site.ts'
import { suggestion } from '../text/suggestion.ts'
import { joined, type Draft } from './draft.ts'
import { findOperation, type FoundOperation } from './find-operation.ts'
import type { CallId, CallNode, Node, StateId, StateNode, StepId } from './graph.ts'
import { linkNeeds } from './link-needs.ts'
import { linkSends } from './link-sends.ts'
import { linkStates, type LinkedState } from './states.ts'

interface StepNames {
  readonly id: StepId
  readonly name: string
}
interface DraftCall {
  readonly declaration: CallDeclaration
  readonly found: FoundOperation
  readonly id: CallId
}
type OuterStates = readonly ReadonlyMap<string, LinkedState>[]

/** The calls of a step, with their needs, what they send and their states. */
export function linkCalls(
  draft: Draft,
  step: StepNames,
  declaration: StepDeclaration,
  outer: OuterStates,
): readonly CallId[] {
  const calls: DraftCall[] = []
  for (const call of declaration.calls) {
    const found = findOperation(draft.apis, call.operation, originOf(call.operationSite))
    if (found.diagnostic !== undefined)
      draft.diagnostics.push({ ...found.diagnostic, subject: step.name })
    calls.push({ declaration: call, found, id: `call:${step.name}/${found.name}` })
  }
  const kept: CallId[] = []
  for (const call of calls) if (linkCall(draft, step, call, calls, outer)) kept.push(call.id)
  reportLoops(draft, step, kept)
  return kept
}

/** Calls that wait for each other in a circle: each circle once, at the call that stands first. */
function reportLoops(draft: Draft, step: StepNames, calls: readonly CallId[]): void {
  const done = new Set<CallId>()
  const path: CallNode[] = []
  const visit = (id: CallId): void => {
    const node = draft.nodes.get(id)
    if (node?.kind !== 'call') return
    const start = path.indexOf(node)
    if (start !== -1) {
      const names = [...path.slice(start), node].map((call) => quoted(call.name))
      draft.diagnostics.push(
        diagnostic(
          'TL2019',
          node.origin,
          { call: names[0]!, path: names.join(' after ') },
          { subject: step.name },
        ),
      )
    }
    if (done.has(id)) return
    done.add(id)
    path.push(node)
    for (const earlier of node.after) visit(earlier)
    path.pop()
  }
  for (const id of calls) visit(id)
}

function linkCall(
  draft: Draft,
  step: StepNames,
  { declaration, found, id }: DraftCall,
  calls: readonly DraftCall[],
  outer: OuterStates,
): boolean {
  const name = `${step.name}/${found.name}`
  const { budget, maxAge } = declaration
  const node: CallNode & {
    needs: CallNode['needs']
    sends: CallNode['sends']
    states: CallNode['states']
  } = {
    kind: 'call',
    id,
    origin: originOf(declaration.operationSite),
    step: step.id,
    name: found.name,
    operation: found.operation?.id,
    after: afterOf(draft, step, declaration, calls),
    needs: [],
    sends: [],
    states: [],
    via: declaration.via,
    ...(found.document !== undefined && { document: found.document }),
    ...(budget !== undefined && { budget }),
    ...(maxAge !== undefined && { maxAge }),
  }
  const first = draft.nodes.get(id)
  if (first !== undefined) {
    draft.diagnostics.push(repeated(node, first, step.name))
    return false
  }
  draft.nodes.set(id, node)
  joined(draft, 'has', step.id, id)
  for (const one of [found.operation, ...(found.others ?? [])]) {
    if (one !== undefined) joined(draft, 'calls', id, one.id)
  }
  for (const earlier of node.after) joined(draft, 'after', id, earlier)
  const linked = linkStates(declaration.states, outer, step.name)
  draft.diagnostics.push(...linked.diagnostics)
  node.states = addStates(draft, id, name, linked.states)
  node.needs = linkNeeds(draft, { id, name, step: step.name, found }, declaration.needs)
  node.sends = linkSends(draft, step.name, found, declaration.sends)
  return true
}

function repeated(call: CallNode, first: Node, step: string): Diagnostic {
  return diagnostic(
    'TL2020',
    call.origin,
    { step, operation: quoted(call.name) },
    {
      subject: step,
      ...(first.kind === 'call' && {
        related: [{ origin: first.origin, message: 'the first one is here' }],
      }),
    },
  )
}

function afterOf(
  draft: Draft,
  step: StepNames,
  declaration: CallDeclaration,
  calls: readonly DraftCall[],
): readonly CallId[] {
  const after = new Set<CallId>()
  for (const { operation, site } of declaration.after) {
    const meant = findOperation(draft.apis, operation, originOf(site)).name
    const earlier = calls.find(
      (call) => call.declaration !== declaration && call.found.name === meant,
    )
    if (earlier !== undefined) {
      after.add(earlier.id)
      continue
    }
    const known = calls
      .filter((call) => call.declaration !== declaration)
      .map((call) => call.declaration.operation)
    draft.diagnostics.push(
      diagnostic(
        'TL2008',
        originOf(site),
        {
          call: quoted(declaration.operation),
          after: quoted(operation),
          suggestion: suggestion(operation, known),
        },
        { subject: step.name },
      ),
    )
  }
  return [...after]
}

/** Puts the states of a step or call into the graph. `name` is `checkout/basket` or `checkout/basket/store.getBasket`. */
export function addStates(
  draft: Draft,
  on: StepId | CallId,
  name: string,
  states: ReadonlyMap<string, LinkedState>,
): readonly StateId[] {
  const ids: StateId[] = []
  for (const [condition, { written, shown }] of states) {
    const show = written.show ?? shown.show
    const test = written.test ?? shown.test
    const recover = written.recover ?? shown.recover
    const design = written.design ?? shown.design
    const node: StateNode = {
      kind: 'state',
      id: `state:${name}/${condition}`,
      origin: originOf(written.site, 'key'),
      condition,
      on,
      declaration: shown,
      ...(show !== undefined && { show }),
      ...(test !== undefined && { test }),
      ...(recover !== undefined && { recover }),
      ...(design !== undefined && { design }),
    }
    draft.nodes.set(node.id, node)
    joined(draft, 'designs', on, node.id)
    ids.push(node.id)
  }
  return ids
}
