import { nameOf, nodeOf } from '../2-link/ask.ts'
import type { CallNode, FieldNode, Graph, NeedNode, StepNode } from '../2-link/graph.ts'
import { labelOf } from '../2-link/label.ts'
import { classesOf } from '../3-check/classes.ts'
import { whyAbsent } from '../3-check/need-may-be-absent.ts'
import { fieldsOf, isHeader } from '../operation/fields-of.ts'
import { successResponse, type Operation, type OperationId } from '../operation/operation.ts'
import type { Field } from '../schema/field.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { Place, Source } from '../text/origin.ts'
import type { NeedStatus } from './blueprint.ts'
import { diagnosticsByPlace } from './diagnostics-by-place.ts'
import { journeyLine, stepsOf } from './journey-line.ts'
import type {
  CellProblem,
  MatrixJourney,
  NeedsCell,
  NeedsGroup,
  NeedsMatrix,
  NeedsRow,
} from './needs-matrix.ts'
import { needStatus } from './need-status.ts'
import { needPlace, type NeedPlace } from './need-place.ts'
import { operationAddress, stepAddress } from './studio-address.ts'
import { typeNameOf } from './type-name.ts'

/** A tree of fields is shown this deep, and an operation with this many rows; what steps need is always there. */
const bounds = { depth: 5, rows: 60 }
/** Fields of one answer that are looked at: what is left out beyond is not counted to the end. */
const mostVisited = 1500

/** Every response field of the operations that some step calls, beside the steps that need it; needs that no contract has stand in place. */
export function needsMatrixOf(graph: Graph, diagnostics: readonly Diagnostic[]): NeedsMatrix {
  const needs = needsOf(graph, diagnostics)
  const operations = calledOf(graph, needs).map((called) => groupOf(graph, called))
  const counts: Record<NeedStatus, number> = {
    covered: 0,
    optional: 0,
    'planned-for': 0,
    missing: 0,
  }
  const rows = operations.flatMap((one) => one.rows)
  for (const row of rows) for (const cell of row.cells) counts[cell.status] += 1
  return {
    journeys: graph.journeys.map((journey) => journeyOf(graph, journey)),
    operations,
    totals: { rows: rows.length, unused: rows.filter((row) => row.unused).length, needs: counts },
    bounds,
  }
}

function journeyOf(graph: Graph, journey: Graph['journeys'][number]): MatrixJourney {
  return {
    name: journey.name,
    title: journey.title,
    line: journeyLine(graph, journey),
    steps: stepsOf(graph, journey).map((step) => ({
      name: step.name,
      title: step.title,
      url: stepAddress(step),
      ...(step.screen !== undefined && { screen: step.screen }),
    })),
    ...(journey.owner !== undefined && { owner: journey.owner }),
  }
}

interface Needed {
  readonly place: NeedPlace
  readonly cell: NeedsCell
  readonly found?: FieldNode
}

/** Every need with its cell, in the order of the columns. */
function needsOf(graph: Graph, diagnostics: readonly Diagnostic[]): readonly Needed[] {
  const needs: { readonly step: StepNode; readonly call: CallNode; readonly need: NeedNode }[] = []
  for (const journey of graph.journeys) {
    for (const step of stepsOf(graph, journey)) {
      for (const id of step.calls) {
        const call = nodeOf(graph, 'call', id)
        for (const needId of call?.needs ?? []) {
          const need = nodeOf(graph, 'need', needId)
          if (call !== undefined && need !== undefined) needs.push({ step, call, need })
        }
      }
    }
  }
  const lines = linesOf(needs.map(({ need }) => need.origin))
  const said = diagnosticsByPlace(diagnostics)
  return needs.map(({ step, call, need }, index) => {
    const place = needPlace(graph, call, need)
    const found = nodeOf(graph, 'field', need.field)
    return {
      place,
      ...(found !== undefined && { found }),
      cell: {
        step: step.name,
        status: needStatus(graph, need),
        call: call.name,
        need: need.id,
        label: need.label,
        url: stepAddress(step, { need: need.id }),
        file: need.origin.source.file.path,
        line: lines[index]!,
        problems: said(need.origin).map(problemOf),
        ...(need.path !== place.path && { path: need.path }),
        ...(need.why !== undefined && { why: need.why }),
        ...(need.absent !== undefined && { absent: need.absent }),
      },
    }
  })
}

function problemOf({ code, severity, message, fixes }: Diagnostic): CellProblem {
  return { code, severity, message, fixes: fixes ?? [] }
}

/** The first line of each origin, found with one pass for each file. */
function linesOf(
  origins: readonly { readonly source: Source; readonly place: Place }[],
): readonly number[] {
  const lines = new Map<object, number>()
  for (const [source, group] of Map.groupBy(origins, (one) => one.source)) {
    const ranges = source.locate(group.map((one) => one.place))
    group.forEach((one, index) => lines.set(one, ranges[index]!.start.line))
  }
  return origins.map((one) => lines.get(one)!)
}

interface Called {
  /** `store.getBasket` */
  readonly name: string
  readonly operation: Operation | undefined
  readonly calls: readonly CallNode[]
  readonly needs: readonly Needed[]
}

/** Every operation that a step calls, in the order of the first call; also those that no contract has. */
function calledOf(graph: Graph, needs: readonly Needed[]): readonly Called[] {
  const calls = new Map<string, CallNode[]>()
  const operations = new Map<string, Operation>()
  const calling = (name: string, call: CallNode): void => {
    const known = calls.get(name)
    if (known === undefined) calls.set(name, [call])
    else if (!known.includes(call)) known.push(call)
  }
  for (const journey of graph.journeys) {
    for (const step of stepsOf(graph, journey)) {
      for (const id of step.calls) {
        const call = nodeOf(graph, 'call', id)
        if (call === undefined) continue
        const called = operationsOf(graph, call)
        for (const operation of called) operations.set(nameOf(operation.id), operation)
        for (const operation of called) calling(nameOf(operation.id), call)
        if (called.length === 0) calling(call.name, call)
      }
    }
  }
  const byName = Map.groupBy(needs, (one) => one.place.operation)
  return [...calls].map(([name, its]) => ({
    name,
    operation: operations.get(name),
    calls: its,
    needs: byName.get(name) ?? [],
  }))
}

/** The operations of a call: more than one where a GraphQL document asks for several top-level fields. */
function operationsOf(graph: Graph, call: CallNode): readonly Operation[] {
  return (graph.outgoing.get(call.id) ?? [])
    .filter((edge) => edge.kind === 'calls')
    .map((edge) => nodeOf(graph, 'operation', edge.to as OperationId))
    .filter((operation) => operation !== undefined)
}

function groupOf(graph: Graph, called: Called): NeedsGroup {
  const { name, operation, calls, needs } = called
  const { rows, leftOut } =
    operation === undefined
      ? { rows: gapRows(needs), leftOut: nothingLeft }
      : rowsOf(graph, operation, called)
  const response = operation && successResponse(operation)
  return {
    operation: name,
    api: operation?.api ?? '',
    method: operation?.method ?? '',
    path: operation?.path ?? name,
    deprecated: operation?.deprecated ?? false,
    calledBy: [...new Set(calls.map((call) => nodeOf(graph, 'step', call.step)?.name ?? ''))],
    rows,
    leftOut,
    ...(operation !== undefined && { url: operationAddress(name) }),
    ...(operation?.title !== undefined && { title: operation.title }),
    ...(operation?.owner !== undefined && { owner: operation.owner }),
    ...(response !== undefined && { status: response.status }),
  }
}

const nothingLeft = { fields: 0, more: false } as const

function rowsOf(
  graph: Graph,
  operation: Operation,
  { calls, needs }: Called,
): Pick<NeedsGroup, 'rows' | 'leftOut'> {
  const byPath = Map.groupBy(
    needs.filter((one) => one.found !== undefined),
    (one) => one.place.path,
  )
  const walk = walked(fieldsOf(operation), new Set(byPath.keys()), returnedBy(operation, calls))
  const { classOf } = classesOf(graph)
  const rows: NeedsRow[] = walk.fields.map((field) => {
    const here = byPath.get(field.path) ?? []
    const dataClass = classOf(operation, field.path, field)?.id
    const [first] = here
    const absence = first?.found?.found.absence ?? []
    const optional = !field.required || field.nullable || absence.length > 0
    return {
      path: field.path,
      label: first?.cell.label ?? labelOf(field.path),
      type: typeNameOf(field) + (optional ? '?' : ''),
      deprecated: field.deprecated,
      missing: false,
      unused: here.length === 0,
      usedBy: new Set(here.map((one) => one.cell.step)).size,
      cells: here.map((one) => one.cell),
      ...(field.description !== undefined && {
        description: field.description.slice(0, longestDescription),
      }),
      ...(dataClass !== undefined && { class: dataClass }),
      ...(absence.length > 0 && { because: whyAbsent(absence) }),
    }
  })
  const shown = new Set(walk.fields.map((field) => field.path))
  for (const [path, group] of byPath)
    if (!shown.has(path)) insert(rows, undescribedRow(path, group))
  for (const row of gapRows(needs)) insert(rows, row)
  return { rows, leftOut: walk.leftOut }
}

const longestDescription = 600

/** A need below something that the contract does not describe: it may be there. */
function undescribedRow(path: string, needs: readonly Needed[]): NeedsRow {
  const absence = needs[0]?.found?.found.absence ?? []
  const field = needs[0]?.found?.found.field
  return {
    ...rowOf(path, needs),
    missing: false,
    type: (field === undefined ? 'any' : typeNameOf(field)) + (absence.length > 0 ? '?' : ''),
    ...(absence.length > 0 && { because: whyAbsent(absence) }),
  }
}

function gapRows(needs: readonly Needed[]): readonly NeedsRow[] {
  const missing = needs.filter((one) => one.found === undefined)
  return [...Map.groupBy(missing, (one) => one.place.path)].map(([path, group]) =>
    rowOf(path, group),
  )
}

function rowOf(path: string, needs: readonly Needed[]): NeedsRow {
  return {
    path,
    label: needs[0]?.cell.label ?? labelOf(path),
    deprecated: false,
    missing: true,
    unused: false,
    usedBy: new Set(needs.map((one) => one.cell.step)).size,
    cells: needs.map((one) => one.cell),
  }
}

/** Puts a row where its field would be: after the last row that shares the most of its path. */
function insert(rows: NeedsRow[], row: NeedsRow): void {
  let parent = row.path
  while (parent !== '') {
    parent = parentOf(parent)
    const last = rows.findLastIndex((one) => isAtOrBelow(one.path, parent))
    if (last === -1) continue
    rows.splice(last + 1, 0, row)
    return
  }
  rows.push(row)
}

/** `items[].price` of `items[].price.amount`, `items` of `items[]`. */
function parentOf(path: string): string {
  return path.replace(/(\.?[^.[\]{}]+|\[\d*\]|\{\})$/, '') === path
    ? ''
    : path.replace(/(\.?[^.[\]{}]+|\[\d*\]|\{\})$/, '')
}

function isAtOrBelow(path: string, parent: string): boolean {
  if (parent === '') return !path.startsWith('header:')
  return path === parent || (path.startsWith(parent) && /^[.[{]/.test(path.slice(parent.length)))
}

/** GraphQL: what the documents of the calls ask for; everything, where one of them names the field alone. */
function returnedBy(
  operation: Operation,
  calls: readonly CallNode[],
): ReadonlySet<string> | undefined {
  if (operation.protocol === 'rest') return undefined
  const paths = new Set<string>()
  for (const { document } of calls) {
    if (document === undefined) return undefined
    for (const one of document.selected) if (one.operation === operation.path) paths.add(one.field)
  }
  return paths
}

interface Walked {
  readonly fields: readonly Field[]
  readonly leftOut: NeedsGroup['leftOut']
}

/**
 * The fields that become rows: what is needed, and besides the leaves (a value, a list of values, an object too deep to
 * open). An object that is itself needed stands for all inside it.
 */
function walked(
  root: Field,
  needed: ReadonlySet<string>,
  returned: ReadonlySet<string> | undefined,
): Walked {
  const neededBelow = prefixesOf(needed)
  const returnedBelow = prefixesOf(returned ?? new Set())
  const fields: Field[] = []
  let visited = 0
  let leftOut = 0
  let room = bounds.rows - needed.size
  const visit = (field: Field, depth: number, within: readonly unknown[]): void => {
    const isNeeded = needed.has(field.path)
    const leadsOn = neededBelow.has(field.path)
    if (!isNeeded && !leadsOn) {
      if (visited++ > mostVisited || isHeader(field)) return
      if (returned !== undefined && !returned.has(field.path) && !returnedBelow.has(field.path))
        return
    }
    if (isNeeded) fields.push(field)
    if (isNeeded && !leadsOn) return
    const schema = field.schema?.value
    const again = within.includes(schema)
    const children =
      (depth >= bounds.depth || again) && !leadsOn
        ? []
        : field.children().filter((one) => !isHeader(one) || needed.has(one.path))
    const shown = isNeeded
      ? children.filter((one) => needed.has(one.path) || neededBelow.has(one.path))
      : children
    if (shown.length === 0 && !isNeeded && field.path !== '') {
      if (room-- > 0) fields.push(field)
      else leftOut++
    }
    for (const one of shown)
      visit(one, depth + 1, schema === undefined ? within : [...within, schema])
  }
  visit(root, 0, [])
  return { fields, leftOut: { fields: leftOut, more: visited > mostVisited } }
}

/** Every path that some other path goes through. */
function prefixesOf(paths: ReadonlySet<string>): ReadonlySet<string> {
  const prefixes = new Set<string>()
  for (const path of paths) {
    if (path !== '') prefixes.add('')
    for (const match of path.matchAll(/[.[{]/g)) prefixes.add(path.slice(0, match.index))
  }
  return prefixes
}
