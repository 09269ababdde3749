import { nodesOfKind } from '../2-link/ask.ts'
import { outlineOf } from '../blueprint/blueprint-of.ts'
import { asJson } from '../reference/json-text.ts'
import { usageOf } from '../reference/usage.ts'
import { operationLink, separated, station, type DocsContext } from './context.ts'
import { markdownInline } from './markdown-blocks.ts'
import type { Block, DocsPage, Inline, PageHead, Text } from './page.ts'

export const policyHead: PageHead = {
  path: 'rules-about-data',
  kind: 'policy',
  title: 'Rules about data',
  parent: 'index',
  summary: 'Which data is personal or secret, what holds for it, and which screens show it.',
  words: 'policy classification personal secret privacy freshness validation governance',
}

/** What the policy files say, and which screens each class of data reaches. */
export function policyPage(context: DocsContext): DocsPage {
  const { policies } = context.graph.declarations
  const validation = policies.flatMap((one) => one.validation)
  const freshness = policies.flatMap((one) => one.freshness)
  const errors = policies.flatMap((one) => (one.errors === undefined ? [] : [one.errors.format]))
  const blocks: Block[] = [
    { kind: 'lead', text: [policyHead.summary] },
    ...classBlocks(context),
    ...(freshness.length === 0
      ? []
      : [
          heading('freshness', 'How old an answer may be'),
          {
            kind: 'table',
            label: 'How old an answer may be',
            head: ['Operation', 'At most'],
            rows: freshness.map(({ match, maxAge }) => [
              [operationLink(context, match)],
              [maxAge === 0 ? 'always fresh' : age(maxAge)],
            ]),
          } as const,
        ]),
    ...(validation.length === 0
      ? []
      : [
          heading('validation', 'What values look like'),
          {
            kind: 'table',
            label: 'What values look like',
            head: ['Field', 'Rule'],
            rows: validation.map(({ match, schema }) => [
              [{ kind: 'code', text: match } as const],
              [{ kind: 'code', text: asJson(schema.value).slice(0, 500) } as const],
            ]),
          } as const,
        ]),
    ...(errors.length === 0
      ? []
      : [
          heading('errors', 'How errors are told'),
          {
            kind: 'text',
            text: [
              'Every error answer is ',
              { kind: 'code', text: errors[0]! },
              ', with a title that a person can act on.',
            ],
          } as const,
        ]),
  ]
  return { ...policyHead, blocks }
}

function classBlocks(context: DocsContext): readonly Block[] {
  const reach = reachOf(context)
  return [...nodesOfKind(context.graph, 'class')].flatMap(({ name, declaration }, index) => {
    const shown = reach.get(name) ?? []
    return [
      {
        kind: 'heading',
        level: 2,
        id: `class-${index + 1}`,
        text: [name],
      } as const,
      {
        kind: 'facts',
        items: [
          {
            term: 'Rule',
            text: [declaration.rules.join(', ') || 'none is written down'],
          },
          {
            term: 'Holds',
            text: separated(declaration.contains.map((text): Inline => ({ kind: 'code', text }))),
          },
        ],
      } as const,
      shown.length === 0
        ? ({ kind: 'text', text: ['No screen shows such data.'] } as const)
        : ({
            kind: 'table',
            label: `Screens that ${name} data reaches`,
            head: ['Screen', 'Field', 'Why'],
            rows: shown,
          } as const),
    ]
  })
}

/** By class: which steps show it, of which field, why. */
function reachOf(context: DocsContext): ReadonlyMap<string, readonly (readonly Text[])[]> {
  const found = new Map<string, (readonly Text[])[]>()
  for (const journey of context.graph.journeys) {
    const { steps } = outlineOf(context.graph, journey, [])
    for (const step of steps)
      for (const need of step.needs) {
        if (need.class === undefined) continue
        const user = usageOf(context.graph, need.operation).callers.find(
          (one) => one.step === step.name,
        )
        const row: readonly Text[] = [
          [user === undefined ? step.title : station(context, user)],
          [{ kind: 'code', text: need.path }, ' of ', operationLink(context, need.operation)],
          markdownInline(need.why ?? need.label),
        ]
        const known = found.get(need.class)
        if (known === undefined) found.set(need.class, [row])
        else known.push(row)
      }
  }
  return found
}

function age(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 60) return `${seconds} s`
  return seconds < 3600
    ? `${Number((seconds / 60).toFixed(1))} min`
    : `${Number((seconds / 3600).toFixed(1))} h`
}

function heading(id: string, text: string): Block {
  return { kind: 'heading', level: 2, id, text: [text] }
}
