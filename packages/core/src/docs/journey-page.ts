import type { Blueprint, CallRow, NeedRow, StateChip, StepColumn } from '../blueprint/blueprint.ts'
import { outlineOf } from '../blueprint/blueprint-of.ts'
import { nameOf, nodeOf } from '../2-link/ask.ts'
import type { CallNode, JourneyNode, NeedNode } from '../2-link/graph.ts'
import {
  duration,
  fieldAnchor,
  many,
  operationLink,
  separated,
  stepAnchor,
  type DocsContext,
} from './context.ts'
import { dayOf, seenKey } from './evidence.ts'
import type { SeenState } from './evidence.ts'
import { isWebAddress, markdownInline } from './markdown-blocks.ts'
import type {
  Block,
  BudgetBar,
  DocsPage,
  Inline,
  PageHead,
  Picture,
  StateCard,
  Text,
} from './page.ts'
import { provenShare } from './proven.ts'

type Outline = Omit<Blueprint, 'diagnostics'>

export function journeyHead(context: DocsContext, journey: JourneyNode): PageHead {
  const outline = outlineFor(context, journey)
  return {
    path: context.paths.journeys.get(journey.name)!,
    kind: 'journey',
    title: journey.title,
    parent: 'index',
    line: outline.journey.line,
    summary: journey.goal ?? `${many(outline.steps.length, 'step')}.`,
    words: [
      journey.name,
      outline.journey.persona?.title ?? '',
      ...outline.journey.pains,
      ...outline.steps.flatMap(({ title, screen, needs }) => [
        title,
        screen ?? '',
        ...needs.map(({ label }) => label),
      ]),
    ].join(' '),
  }
}

/** One journey as a story: for whom, screen by screen, what each shows, asks for, and does when it goes otherwise. */
export function journeyPage(context: DocsContext, journey: JourneyNode): DocsPage {
  const outline = outlineFor(context, journey)
  const { goal, persona, pains, owner, line } = outline.journey
  const operations = [
    ...new Set(
      outline.steps.flatMap(({ calls }) =>
        calls.map(({ id, operation }) => operationOfCall(context, id) ?? operation),
      ),
    ),
  ].filter((one) => context.paths.operations.has(one))
  const proven = provenShare(context, operations)
  const facts = [
    ...(persona === undefined
      ? []
      : [
          {
            term: 'Who',
            text: [
              persona.title,
              ...(persona.context === undefined ? [] : [`: ${persona.context}`]),
            ],
          },
        ]),
    ...(owner === undefined ? [] : [{ term: 'Owner', text: [owner] }]),
    { term: 'Needs', text: needTotals(outline) },
    { term: 'States', text: stateTotals(outline) },
    ...(proven.length === 0 ? [] : [{ term: 'Proven', text: proven }]),
  ]
  const blocks: Block[] = [
    ...(goal === undefined ? [] : [{ kind: 'lead', text: markdownInline(goal) } as const]),
    { kind: 'facts', items: facts },
    {
      kind: 'line',
      line,
      stations: outline.steps.map((step) => ({
        title: step.title,
        anchor: stepAnchor(step.name),
        gap: hasGap(step),
        ...(step.feeling !== undefined && { score: step.feeling.score }),
      })),
    },
    ...(pains.length === 0
      ? []
      : [
          { kind: 'heading', level: 2, id: 'pains', text: ['What hurts today'] } as const,
          { kind: 'list', ordered: false, items: pains.map(markdownInline) } as const,
        ]),
    ...outline.steps.flatMap((step) => stepBlocks(context, journey, step)),
  ]
  return { ...journeyHead(context, journey), blocks }
}

function outlineFor(context: DocsContext, journey: JourneyNode): Outline {
  let outlines = remembered.get(context)
  if (outlines === undefined) remembered.set(context, (outlines = new Map()))
  let outline = outlines.get(journey.name)
  if (outline === undefined)
    outlines.set(journey.name, (outline = outlineOf(context.graph, journey, context.diagnostics)))
  return outline
}

const remembered = new WeakMap<DocsContext, Map<string, Outline>>()

function stepBlocks(
  context: DocsContext,
  journey: JourneyNode,
  step: StepColumn,
): readonly Block[] {
  const anchor = stepAnchor(step.name)
  const { feeling } = step
  const facts = [
    ...(step.screen === undefined
      ? []
      : [{ term: 'Screen', text: [{ kind: 'code', text: step.screen }] satisfies Text }]),
    ...(step.design !== undefined && isWebAddress(step.design)
      ? [
          {
            term: 'Design',
            text: [
              { kind: 'web', href: step.design, text: new URL(step.design).hostname },
            ] satisfies Text,
          },
        ]
      : []),
    ...(step.next.length === 0
      ? []
      : [{ term: 'Then', text: nextLinks(context, journey, step.next) }]),
    ...(step.budget.promised === undefined ? [] : [{ term: 'Promise', text: promiseText(step) }]),
  ]
  return [
    { kind: 'heading', level: 2, id: anchor, text: [`${step.number}. ${step.title}`] },
    { kind: 'screen', picture: pictureOf(step) },
    ...(feeling?.quote === undefined
      ? []
      : [
          {
            kind: 'quote',
            text: [
              `“${feeling.quote}”`,
              ...(feeling.from === undefined ? [] : [` (${feeling.from})`]),
            ],
          } as const,
        ]),
    ...(facts.length === 0 ? [] : [{ kind: 'facts', items: facts } as const]),
    ...problemNotes(context, step),
    ...needBlocks(context, step, anchor),
    ...callBlocks(context, step, anchor),
    ...stateBlocks(context, step, anchor),
  ]
}

function nextLinks(context: DocsContext, journey: JourneyNode, next: readonly string[]): Text {
  const to = context.paths.journeys.get(journey.name)!
  return separated(
    next.map((name): Inline => {
      const title =
        outlineFor(context, journey).steps.find((one) => one.name === name)?.title ?? name
      return { kind: 'page', to, anchor: stepAnchor(name), text: title }
    }),
    ', ',
  )
}

function promiseText({ budget: { promised, calls, overBy } }: StepColumn): Text {
  const said = `Ready within ${duration(promised!)} for three visits of four`
  if (calls === undefined) return [said]
  return [
    `${said}; its calls promise ${duration(calls)} `,
    overBy === undefined
      ? { kind: 'badge', tone: 'ok', text: 'fits' }
      : { kind: 'badge', tone: 'bad', text: `${duration(overBy)} too long` },
  ]
}

/** The picture that somebody gave it, or a drawing of its kind with a hole for each need that no contract has. */
function pictureOf(step: StepColumn, condition?: string): Picture {
  const holes = step.needs.filter((one) => one.status === 'missing').map(({ label }) => label)
  if (condition === undefined && step.image !== undefined)
    return { kind: 'file', path: step.image, alt: `The screen ${step.title}` }
  return {
    kind: 'wireframe',
    screen: step.wireframe,
    holes: condition === undefined ? holes : [],
    alt:
      condition === undefined
        ? `A drawing of the screen ${step.title}`
        : `A drawing of ${step.title}: ${condition}`,
    ...(condition !== undefined && { condition }),
  }
}

/** Errors and warnings that check has about the step itself. */
function problemNotes({ diagnostics, audience }: DocsContext, step: StepColumn): readonly Block[] {
  if (audience === 'public') return []
  return diagnostics
    .filter(
      (one) =>
        one.severity !== 'info' &&
        (one.subject === step.name || one.subject?.startsWith(`${step.name}/`) === true),
    )
    .slice(0, 10)
    .map(({ severity, message }) => ({
      kind: 'note',
      tone: severity === 'error' ? 'bad' : 'warn',
      text: markdownInline(message),
    }))
}

const needWords = {
  covered: 'Covered',
  optional: 'May be absent',
  'planned-for': 'May be absent, planned for',
  missing: 'Missing',
} as const

function needBlocks(context: DocsContext, step: StepColumn, anchor: string): readonly Block[] {
  if (step.needs.length === 0) return []
  const technical = context.audience !== 'ux'
  return [
    { kind: 'heading', level: 3, id: `${anchor}-needs`, text: ['What it shows'] },
    {
      kind: 'table',
      label: `What ${step.title} shows`,
      head: ['What', ...(technical ? ['Field'] : []), 'Why, and what people see without it'],
      rows: step.needs.map((need) => [
        [
          { kind: 'need', status: need.status, text: needWords[need.status] },
          ` ${need.label}`,
          ...classBadge(need.class),
        ],
        ...(technical ? [fieldText(context, need)] : []),
        whyText(need),
      ]),
    },
  ]
}

export function classBadge(dataClass: string | undefined): Text {
  return dataClass === undefined ? [] : [' ', { kind: 'badge', tone: 'draft', text: dataClass }]
}

function fieldText(context: DocsContext, need: NeedRow): Text {
  const call = nodeOf(context.graph, 'need', need.id as NeedNode['id'])?.call
  const operation = operationOfCall(context, call) ?? need.operation
  const to = context.paths.operations.get(operation)
  const field: Inline = { kind: 'code', text: need.path }
  if (to === undefined || need.status === 'missing')
    return [field, ' of ', operationLink(context, operation)]
  return [
    { kind: 'page', to, ...fieldPlace(context, need), text: need.path },
    ...(need.type === undefined ? [] : [` ${need.type}`]),
  ]
}

/** The operation that a call means: a GraphQL document has another name than the field it asks for. */
function operationOfCall({ graph }: DocsContext, call: string | undefined): string | undefined {
  const operation = nodeOf(graph, 'call', call as CallNode['id'] | undefined)?.operation
  return operation === undefined ? undefined : nameOf(operation)
}

/** The row of the field on its operation's page. */
function fieldPlace({ graph }: DocsContext, need: NeedRow): { readonly anchor?: string } {
  const field = nodeOf(graph, 'need', need.id as NeedNode['id'])?.field
  const found = nodeOf(graph, 'field', field)
  return found === undefined ? {} : { anchor: fieldAnchor(found.status, found.path) }
}

function whyText({ why, absent, because, status }: NeedRow): Text {
  return [
    ...(why === undefined ? [] : markdownInline(why)),
    ...(why !== undefined && absent !== undefined ? ['. '] : []),
    ...(absent === undefined ? [] : ['Without it: ', ...markdownInline(absent)]),
    ...(status === 'optional'
      ? [
          { kind: 'badge', tone: 'warn', text: 'nobody said what is shown without it' } as const,
          ...(because === undefined ? [] : [` ${because}`]),
        ]
      : []),
    ...(status === 'missing'
      ? [{ kind: 'badge', tone: 'bad', text: 'the API does not give it' } as const]
      : []),
  ]
}

function callBlocks(context: DocsContext, step: StepColumn, anchor: string): readonly Block[] {
  if (step.calls.length === 0 || context.audience === 'ux') return []
  const bars = barsOf(step)
  return [
    { kind: 'heading', level: 3, id: `${anchor}-calls`, text: ['What it asks for'] },
    {
      kind: 'table',
      label: `Calls of ${step.title}`,
      head: ['Call', 'Sends', 'After', 'Promises'],
      rows: step.calls.map((call) => [
        callText(context, call),
        separated(
          (call.sends ?? []).map((text): Inline => ({ kind: 'code', text })),
          ' ',
        ),
        [(call.after ?? []).join(', ')],
        [promisesText(call)],
      ]),
    },
    ...(bars.length === 0
      ? []
      : [{ kind: 'budget', label: `How long the calls of ${step.title} may take`, bars } as const]),
  ]
}

function callText(context: DocsContext, call: CallRow): Text {
  if (call.method === '')
    return [call.operation, ' ', { kind: 'badge', tone: 'bad', text: 'in no contract' }]
  return [
    { kind: 'method', text: call.method },
    ' ',
    operationLink(
      context,
      operationOfCall(context, call.id) ?? call.operation,
      call.title ?? call.path,
    ),
    ...(call.stage === undefined
      ? []
      : [' ', { kind: 'badge', tone: 'draft', text: call.stage } as const]),
    ...(call.deprecated ? [' ', { kind: 'badge', tone: 'warn', text: 'deprecated' } as const] : []),
  ]
}

function promisesText({ promises }: CallRow): string {
  if (promises === undefined) return ''
  return [
    ...(['p50', 'p75', 'p95'] as const).flatMap((at) =>
      promises[at] === undefined ? [] : [`${duration(promises[at])} at ${at}`],
    ),
    ...(promises.size === undefined ? [] : [`${Math.round(promises.size / 1000)} kB`]),
  ].join(', ')
}

/** Each call from when it may start, along the critical path. */
function barsOf(step: StepColumn): readonly BudgetBar[] {
  const timed = step.calls.filter((one) => one.budget !== undefined)
  const limit = step.budget.promised
  const ends = new Map<string, number>()
  return timed.map((call) => {
    const start = Math.max(0, ...(call.after ?? []).map((name) => ends.get(name) ?? 0))
    ends.set(call.operation, start + call.budget!)
    return {
      label: call.title ?? call.operation,
      start,
      ms: call.budget!,
      ...(limit !== undefined && { limit }),
    }
  })
}

function stateBlocks(context: DocsContext, step: StepColumn, anchor: string): readonly Block[] {
  const shown = step.states.filter((one) => one.status !== 'cannot-happen')
  if (shown.length === 0) return []
  return [
    { kind: 'heading', level: 3, id: `${anchor}-states`, text: ['When it goes otherwise'] },
    { kind: 'states', items: shown.map((chip) => stateCard(context, step, chip)) },
  ]
}

function stateCard({ evidence }: DocsContext, step: StepColumn, chip: StateChip): StateCard {
  const seen = evidence.seen.get(seenKey(step.name, chip.condition))
  return {
    condition: chip.condition,
    label: chip.label,
    status: chip.status,
    calls: chip.calls,
    picture:
      seen?.picture === undefined
        ? pictureOf(step, chip.condition)
        : {
            kind: 'file',
            path: seen.picture,
            alt: `What people saw on ${step.title}: ${chip.label}`,
          },
    ...(chip.show !== undefined && { show: chip.show }),
    ...(chip.recover !== undefined && { recover: chip.recover }),
    ...(chip.design !== undefined && { design: chip.design }),
    ...(seen !== undefined && { seen: seenText(seen) }),
  }
}

function seenText({ at, problems }: SeenState): NonNullable<StateCard['seen']> {
  const asPromised = problems.length === 0
  const text = asPromised ? 'Seen as promised' : `Not as promised: ${problems.join(' ')}`
  return {
    asPromised,
    text: `${text}${asPromised ? ', ' : ' ('}${dayOf(at)}${asPromised ? '' : ')'}`,
  }
}

function hasGap({ needs, states, budget }: StepColumn): boolean {
  return (
    needs.some((one) => one.status === 'missing') ||
    states.some((one) => one.status === 'missing') ||
    budget.overBy !== undefined
  )
}

function needTotals({ totals: { needs } }: Outline): Text {
  const all = needs.covered + needs.optional + needs['planned-for'] + needs.missing
  return [
    `${all - needs.missing} of ${all} given by the APIs`,
    ...(needs.missing === 0
      ? []
      : [' ', { kind: 'badge', tone: 'bad', text: `${needs.missing} missing` } as const]),
    ...(needs.optional === 0
      ? []
      : [' ', { kind: 'badge', tone: 'warn', text: `${needs.optional} undecided` } as const]),
  ]
}

function stateTotals({ totals: { states } }: Outline): Text {
  return [
    `${states.designed} designed, ${states.inherited} as everywhere in the app`,
    ...(states.missing === 0
      ? []
      : [' ', { kind: 'badge', tone: 'bad', text: `${states.missing} undecided` } as const]),
  ]
}
