import { nodesOfKind } from '../2-link/ask.ts'
import { outlineOf } from '../blueprint/blueprint-of.ts'
import { referenceIndexOf } from '../reference/reference-index-of.ts'
import { apiHead } from './api-page.ts'
import { changesHead } from './changes-page.ts'
import { many, separated, showsJourneys, showsReference, type DocsContext } from './context.ts'
import { dayOf } from './evidence.ts'
import { errorsHead } from './errors-page.ts'
import { journeyHead } from './journey-page.ts'
import { policyHead } from './policy-page.ts'
import type { Block, Card, DocsPage, Inline, PageHead, Text } from './page.ts'
import { provenShare } from './proven.ts'

export function homeHead({ graph }: DocsContext): PageHead {
  return {
    path: 'index',
    kind: 'home',
    title: graph.name,
    summary: summaryOf(graph),
    words: 'home start overview',
  }
}

function summaryOf(graph: DocsContext['graph']): string {
  const operations = graph.apis.reduce(
    (sum, one) => sum + (one.contract?.operations.length ?? 0),
    0,
  )
  const apis = `${graph.apis.length} ${graph.apis.length === 1 ? 'API' : 'APIs'} with ${many(operations, 'operation')}`
  return graph.journeys.length === 0
    ? `${apis}.`
    : `${many(graph.journeys.length, 'journey')} over ${apis}.`
}

/** What there is, where to begin, and how much of it is proven. */
export function homePage(context: DocsContext): DocsPage {
  const { graph } = context
  const journeys = showsJourneys(context) ? graph.journeys : []
  const apis = showsReference(context) ? referenceIndexOf(graph).apis : []
  const proven =
    context.audience === 'public'
      ? []
      : provenShare(
          context,
          [...context.paths.operations.keys()].filter(
            (one) => context.evidence.tested?.operations.has(one) === true,
          ),
        )
  const newest = context.releases[0]
  const blocks: Block[] = [
    { kind: 'lead', text: [homeHead(context).summary] },
    ...(proven.length === 0 && newest === undefined
      ? []
      : [
          {
            kind: 'facts',
            items: [
              ...(proven.length === 0 ? [] : [{ term: 'Proven', text: proven }]),
              ...(newest === undefined
                ? []
                : [
                    {
                      term: 'Newest version',
                      text: [
                        { kind: 'page', to: changesHead.path, text: newest.name } as const,
                        `, ${dayOf(newest.at)}`,
                      ] satisfies Text,
                    },
                  ]),
            ],
          } as const,
        ]),
    ...(journeys.length === 0
      ? []
      : [
          { kind: 'heading', level: 2, id: 'journeys', text: ['Journeys'] } as const,
          { kind: 'cards', items: journeys.map((one) => journeyCard(context, one)) } as const,
        ]),
    ...(apis.length === 0
      ? []
      : [
          { kind: 'heading', level: 2, id: 'apis', text: ['APIs'] } as const,
          {
            kind: 'cards',
            items: apis.map((api): Card => {
              const { path, title, summary } = apiHead(context, api)
              return {
                to: path,
                title,
                text: [summary],
                badges: [{ kind: 'badge', tone: 'quiet', text: many(api.operations, 'operation') }],
              }
            }),
          } as const,
        ]),
    ...moreBlocks(context),
    ...peopleBlocks(context),
  ]
  return { ...homeHead(context), blocks }
}

function journeyCard(
  context: DocsContext,
  journey: DocsContext['graph']['journeys'][number],
): Card {
  const { steps, totals, journey: head } = outlineOf(context.graph, journey, [])
  const { path, title, summary } = journeyHead(context, journey)
  const badges: Inline[] = [
    { kind: 'badge', tone: 'quiet', text: many(steps.length, 'step') },
    ...(totals.needs.missing > 0
      ? [{ kind: 'badge', tone: 'bad', text: many(totals.needs.missing, 'missing need') } as const]
      : []),
    ...(totals.states.missing > 0
      ? [
          {
            kind: 'badge',
            tone: 'bad',
            text: many(totals.states.missing, 'undecided state'),
          } as const,
        ]
      : []),
  ]
  return { to: path, title, text: [summary], badges: separated(badges), line: head.line }
}

function moreBlocks(context: DocsContext): readonly Block[] {
  const heads = [
    ...(showsJourneys(context) && context.graph.journeys.length > 0 ? [errorsHead] : []),
    ...(hasPolicy(context) ? [policyHead] : []),
    changesHead,
  ]
  return [
    { kind: 'heading', level: 2, id: 'more', text: ['And besides'] },
    {
      kind: 'cards',
      items: heads.map(({ path, title, summary }) => ({
        to: path,
        title,
        text: [summary],
        badges: [],
      })),
    },
  ]
}

/** Whether there is a page about rules, for this audience. */
export function hasPolicy({ graph, audience }: DocsContext): boolean {
  return audience !== 'public' && graph.declarations.policies.length > 0
}

function peopleBlocks(context: DocsContext): readonly Block[] {
  if (!showsJourneys(context)) return []
  const personas = [...nodesOfKind(context.graph, 'persona')]
  const teams = [...nodesOfKind(context.graph, 'team')]
  return [
    ...(personas.length === 0
      ? []
      : [
          { kind: 'heading', level: 2, id: 'personas', text: ['For whom'] } as const,
          {
            kind: 'table',
            label: 'Personas',
            head: ['Who', 'When', 'With'],
            rows: personas.map(({ name, declaration: { title, context: when, devices } }) => [
              [title ?? name],
              [when ?? ''],
              [devices.join(', ')],
            ]),
          } as const,
        ]),
    ...(teams.length === 0
      ? []
      : [
          { kind: 'heading', level: 2, id: 'teams', text: ['By whom'] } as const,
          {
            kind: 'table',
            label: 'Teams',
            head: ['Team', 'Role', 'Owns'],
            rows: teams.map(({ name, declaration: { role } }) => [
              [name],
              [role ?? ''],
              separated(ownedBy(context, name), ', '),
            ]),
          } as const,
        ]),
  ]
}

function ownedBy({ graph, paths, ...context }: DocsContext, team: string): readonly Inline[] {
  return [
    ...graph.journeys
      .filter((one) => one.owner === team)
      .map(({ name, title }): Inline => ({
        kind: 'page',
        to: paths.journeys.get(name)!,
        text: title,
      })),
    ...graph.apis
      .filter((one) => one.owner === team)
      .map(({ name, contract }): Inline => {
        const text = contract?.title ?? name
        return context.audience === 'ux' ? text : { kind: 'page', to: paths.apis.get(name)!, text }
      }),
  ]
}
