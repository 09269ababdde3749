import { nameOf, nodeOf, nodesOfKind } from '../2-link/ask.ts'
import type { CallNode, Graph, StepNode } from '../2-link/graph.ts'
import { journeyLine, stepsOf } from '../blueprint/journey-line.ts'
import { needStatus } from '../blueprint/need-status.ts'
import { stateChipsOf } from '../blueprint/state-chips.ts'
import {
  diagnosticsAddress,
  journeyAddress,
  operationAddress,
  statesAddress,
  stepAddress,
  typeAddress,
} from '../blueprint/studio-address.ts'
import { typeNameOf } from '../blueprint/type-name.ts'
import { fieldsOf, isHeader } from '../operation/fields-of.ts'
import type { Operation } from '../operation/operation.ts'
import { fieldPaths } from '../schema/fields.ts'
import { typeNamesOf } from './contract-types.ts'
import type { SearchEntry, SearchIndex } from './search-index.ts'
import { usageOf } from './usage.ts'

/** More would make the palette slow to open. */
const most = 5000
const mostFields = 2000
const mostOfOne = 150

export interface SearchedRule {
  readonly code: string
  readonly rule: string
  readonly title: string
}

/** Everything that can be found, most wanted first; what does not fit is counted. */
export function searchIndexOf(
  graph: Graph,
  version: number,
  rules: readonly SearchedRule[],
): SearchIndex {
  const entries: SearchEntry[] = []
  let all = 0
  for (const entry of entriesOf(graph, rules)) {
    all++
    if (entries.length < most) entries.push(entry)
    if (all >= most * 4) break
  }
  return { version, entries, leftOut: all - entries.length }
}

function* entriesOf(graph: Graph, rules: readonly SearchedRule[]): Generator<SearchEntry> {
  yield* pages
  yield* journeysOf(graph)
  yield* personasOf(graph)
  yield* needsOf(graph)
  const operations = [...nodesOfKind(graph, 'operation')]
  const called = operations.filter((one) => usageOf(graph, nameOf(one.id)).calls.length > 0)
  for (const operation of called) yield operationEntry(operation)
  yield* statesOf(graph)
  for (const { code, rule, title } of rules) {
    yield { kind: 'rule', label: title, hint: code, url: diagnosticsAddress({ code }), words: rule }
  }
  yield* fieldsOfAll(called)
  const known = new Set(called)
  for (const operation of operations) if (!known.has(operation)) yield operationEntry(operation)
  yield* typesOf(graph)
}

const pages: readonly SearchEntry[] = [
  {
    kind: 'page',
    label: 'Overview',
    hint: 'How the workspace stands, and what waits for you',
    url: '/',
  },
  { kind: 'page', label: 'Journeys', hint: 'What people want to get done', url: '/journeys' },
  { kind: 'page', label: 'Needs', hint: 'Every field beside every step', url: '/needs' },
  {
    kind: 'page',
    label: 'States',
    hint: 'What people see when it goes another way',
    url: '/states',
  },
  {
    kind: 'page',
    label: 'Data',
    hint: 'Which personal data reaches whom, and how old it may be',
    url: '/data',
    words: 'lineage freshness privacy',
  },
  { kind: 'page', label: 'People', hint: 'Who the journeys are about', url: '/people' },
  {
    kind: 'page',
    label: 'App-wide states',
    hint: 'What every step shows that says nothing of its own',
    url: '/app-states',
  },
  {
    kind: 'page',
    label: 'Reference',
    hint: 'Every operation of every contract',
    url: '/reference',
  },
  {
    kind: 'page',
    label: 'Review',
    hint: 'What changes, and what waits to be signed',
    url: '/review',
    words: 'changes proposals',
  },
  {
    kind: 'page',
    label: 'Problems',
    hint: 'What is to be mended, and by whom',
    url: '/diagnostics',
    words: 'diagnostics errors',
  },
  {
    kind: 'page',
    label: 'Performance',
    hint: 'What people waited for, and where they left',
    url: '/performance',
  },
  {
    kind: 'page',
    label: 'Traffic',
    hint: 'What is asked of the mock, and by real visits',
    url: '/traffic',
  },
  {
    kind: 'page',
    label: 'Tests',
    hint: 'Whether a backend keeps what the contracts promise',
    url: '/tests',
  },
]

function* journeysOf(graph: Graph): Generator<SearchEntry> {
  for (const journey of graph.journeys) {
    const line = journeyLine(graph, journey)
    yield {
      kind: 'journey',
      label: journey.title,
      url: journeyAddress(journey),
      line,
      words: journey.name,
      ...(journey.goal !== undefined && { hint: journey.goal }),
    }
  }
  for (const journey of graph.journeys) {
    const line = journeyLine(graph, journey)
    for (const step of stepsOf(graph, journey)) {
      yield {
        kind: 'step',
        label: step.title,
        hint: journey.title,
        url: stepAddress(step),
        line,
        words: step.name,
      }
    }
  }
  for (const journey of graph.journeys) {
    for (const step of stepsOf(graph, journey)) {
      if (step.screen === undefined) continue
      yield {
        kind: 'screen',
        label: step.screen,
        hint: step.title,
        url: stepAddress(step),
        line: journeyLine(graph, journey),
      }
    }
  }
}

function* personasOf(graph: Graph): Generator<SearchEntry> {
  for (const { id, name, declaration } of nodesOfKind(graph, 'persona')) {
    const journey = graph.journeys.find((one) => one.persona === id)
    const hint = declaration.context ?? declaration.goal
    yield {
      kind: 'persona',
      label: declaration.title ?? name,
      url: journey === undefined ? '/people' : journeyAddress(journey),
      words: name,
      ...(hint !== undefined && { hint }),
      ...(journey !== undefined && { line: journeyLine(graph, journey) }),
    }
  }
}

interface CallOf {
  readonly step: StepNode
  readonly call: CallNode
  readonly line: 1 | 2 | 3 | 4
}

function* callsOf(graph: Graph): Generator<CallOf> {
  for (const journey of graph.journeys) {
    for (const step of stepsOf(graph, journey)) {
      for (const id of step.calls) {
        const call = nodeOf(graph, 'call', id)
        if (call !== undefined) yield { step, call, line: journeyLine(graph, journey) }
      }
    }
  }
}

function* needsOf(graph: Graph): Generator<SearchEntry> {
  for (const { step, call, line } of callsOf(graph)) {
    for (const id of call.needs) {
      const need = nodeOf(graph, 'need', id)
      if (need === undefined) continue
      yield {
        kind: 'need',
        label: need.label,
        hint: `${need.path} · ${step.title}`,
        url: stepAddress(step, { need: need.id }),
        line,
        status: needStatus(graph, need),
        words: call.name,
      }
    }
  }
}

function* statesOf(graph: Graph): Generator<SearchEntry> {
  for (const journey of graph.journeys) {
    for (const step of stepsOf(graph, journey)) {
      for (const chip of stateChipsOf(graph, step, [])) {
        if (chip.status === 'cannot-happen') continue
        yield {
          kind: 'state',
          label: `${step.title}: ${chip.label}`,
          url: statesAddress({ step: step.name, condition: chip.condition }),
          line: journeyLine(graph, journey),
          words: chip.condition,
          ...(chip.show !== undefined && { hint: chip.show }),
        }
      }
    }
  }
}

function operationEntry(operation: Operation): SearchEntry {
  const name = nameOf(operation.id)
  const { method, path, title } = operation
  return {
    kind: 'operation',
    label: title ?? name,
    hint: `${method} ${path}`,
    url: operationAddress(name),
    words: name,
  }
}

/** Fields of answers that steps read; so many that operations and types have room behind them. */
function* fieldsOfAll(operations: readonly Operation[]): Generator<SearchEntry> {
  let count = 0
  for (const operation of operations) {
    for (const entry of fieldEntries(operation)) {
      if (count++ >= mostFields) return
      yield entry
    }
  }
}

function* fieldEntries(operation: Operation): Generator<SearchEntry> {
  const name = nameOf(operation.id)
  for (const field of fieldPaths(fieldsOf(operation), { depth: 5, most: mostOfOne })) {
    if (isHeader(field) || field.name === '[]' || field.name === '{}') continue
    yield {
      kind: 'field',
      label: field.path,
      hint: `${typeNameOf(field)} · ${name}`,
      url: operationAddress(name, field.path),
    }
  }
}

function* typesOf(graph: Graph): Generator<SearchEntry> {
  for (const { name: api, contract } of graph.apis) {
    if (contract === undefined) continue
    for (const type of typeNamesOf(contract))
      yield {
        kind: 'type',
        label: type,
        hint: `type of ${api}`,
        url: typeAddress(`${api}.${type}`),
      }
  }
}
