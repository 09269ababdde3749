import { nameOf, nodeOf } from '../2-link/ask.ts'
import { stepsOf } from '../blueprint/journey-line.ts'
import { conditionsOf } from '../3-check/conditions.ts'
import { usageOf } from '../reference/usage.ts'
import { operationLink, station, type DocsContext } from './context.ts'
import { markdownInline } from './markdown-blocks.ts'
import type { Block, DocsPage, PageHead, Text } from './page.ts'

export const errorsHead: PageHead = {
  path: 'what-people-read',
  kind: 'errors',
  title: 'What people read when it fails',
  parent: 'index',
  summary: 'Every way a call can fail, and the words that people see then.',
  words: 'errors catalogue problems timeout offline declined not found',
}

/** The error catalogue: for each operation that a step calls, each way it can go, and what every step shows then. */
export function errorsPage(context: DocsContext): DocsPage {
  const { graph } = context
  const rows = new Map<string, (readonly Text[])[]>()
  for (const journey of graph.journeys)
    for (const step of stepsOf(graph, journey))
      for (const { condition, call, designed, inherited } of conditionsOf(graph, step)) {
        if (condition === 'loading' || condition === 'empty') continue
        const operation = nodeOf(graph, 'operation', call.operation)
        if (operation === undefined) continue
        const name = nameOf(operation.id)
        const user = usageOf(graph, name).callers.find((one) => one.step === step.name)
        const said = designed?.show ?? inherited?.show
        const recover = designed?.recover ?? inherited?.recover
        const row: readonly Text[] = [
          [user === undefined ? step.title : station(context, user)],
          [{ kind: 'code', text: condition }],
          said === undefined
            ? [{ kind: 'badge', tone: 'bad', text: 'nobody has decided' }]
            : [
                ...markdownInline(said),
                ...(designed === undefined
                  ? [' ', { kind: 'badge', tone: 'quiet', text: 'as everywhere' } as const]
                  : []),
              ],
          [recover ?? ''],
        ]
        const known = rows.get(name)
        if (known === undefined) rows.set(name, [row])
        else known.push(row)
      }
  const blocks: Block[] = [
    {
      kind: 'lead',
      text: ['For each call, every way it can fail, and the words that people see then.'],
    },
    ...[...rows].flatMap(([name, found], index): readonly Block[] => [
      {
        kind: 'heading',
        level: 2,
        id: `call-${index + 1}`,
        text: [titleOf(context, name)],
      },
      { kind: 'text', text: [operationLink(context, name)] },
      {
        kind: 'table',
        label: `What people read when ${name} fails`,
        head: ['Step', 'When', 'What people read', 'What they can do'],
        rows: found,
      },
    ]),
  ]
  return { ...errorsHead, blocks }
}

function titleOf({ graph }: DocsContext, name: string): string {
  const operation = nodeOf(graph, 'operation', `op:${name}`)
  return operation?.title ?? name
}
