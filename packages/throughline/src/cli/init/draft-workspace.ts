import { basename } from 'node:path'
import {
  compile,
  type Diagnostic,
  type Files,
  type Graph,
  type SourceFile,
} from '@throughline/core'
import { draftClasses, policyText, type ClassDraft } from './draft-policy.ts'
import { draftJourney, journeyText, type JourneyDraft } from './draft-journey.ts'
import type { Group } from './groups.ts'
import { idOf, wordsOf } from './names.ts'
import { flowScalar, scalar } from './yaml-text.ts'

/** What somebody decided, or the wizard guessed. */
export interface InitChoices {
  readonly name: string
  /** Name and contract (relative to the new workspace) of each API. */
  readonly apis: readonly { readonly id: string; readonly contract: string }[]
  readonly groups: readonly Group[]
  /** What the persona is called: `Returning customer`. */
  readonly persona: string
  /** Value of a `$schema` line for each kind of file, where the installed package can be reached. */
  readonly schemaFor?: (kind: 'workspace' | 'journey' | 'persona' | 'policy') => string | undefined
}

/** The files of a new workspace by their paths, and the errors that are left: those of the contracts themselves. */
export interface WorkspaceDraft {
  readonly files: ReadonlyMap<string, string>
  readonly journeys: readonly JourneyDraft[]
  readonly problems: readonly Diagnostic[]
}

/**
 * Drafts a workspace and checks it before anybody sees it: a step that does not link is left out, a policy that
 * the contracts break today is written as a comment. `files` are those of the folder that it is for.
 */
export function draftWorkspace(graph: Graph, choices: InitChoices, files: Files): WorkspaceDraft {
  const taken = new Set<string>()
  let journeys: readonly JourneyDraft[] = choices.groups
    .map((group) => {
      const draft = draftJourney(group, taken)
      if (draft !== undefined) taken.add(draft.id)
      return draft
    })
    .filter((draft) => draft !== undefined)
  const classes = draftClasses(graph)
  const broken = new Set<string>()
  for (let round = 0; ; round++) {
    const drafted = filesOf(journeys, classes, broken, choices)
    const errors = compile(overlay(files, drafted)).diagnostics.filter(
      ({ severity }) => severity === 'error',
    )
    const ours = errors.filter(
      (one) => drafted.has(one.origin.source.file.path) || one.code.startsWith('TL5'),
    )
    if (ours.length === 0 || round === 3) {
      return { files: drafted, journeys, problems: errors }
    }
    const subjects = new Set(ours.map(({ subject }) => subject))
    journeys = withoutSteps(journeys, subjects)
    const rules = classes.flatMap((one) => one.rules)
    for (const { code, message } of ours) {
      if (code.startsWith('TL5'))
        for (const rule of rules) if (message.includes(rule)) broken.add(rule)
    }
  }
}

function withoutSteps(
  journeys: readonly JourneyDraft[],
  subjects: ReadonlySet<string | undefined>,
): readonly JourneyDraft[] {
  return journeys
    .map((journey) => ({
      ...journey,
      steps: journey.steps.filter(({ id }) => !subjects.has(`${journey.id}/${id}`)),
    }))
    .filter(({ steps }) => steps.length > 0)
}

function filesOf(
  journeys: readonly JourneyDraft[],
  classes: readonly ClassDraft[],
  broken: ReadonlySet<string>,
  choices: InitChoices,
): ReadonlyMap<string, string> {
  const persona = idOf(choices.persona) || 'visitor'
  const { schemaFor = () => undefined } = choices
  const line = (kind: 'workspace' | 'journey' | 'persona' | 'policy'): string => {
    const path = schemaFor(kind)
    return path === undefined ? '' : `# yaml-language-server: $schema=${path}\n`
  }
  return new Map([
    ['throughline.yaml', line('workspace') + manifestText(choices)],
    ...journeys.map((draft, index): [string, string] => [
      `journeys/${draft.id}.journey.yaml`,
      line('journey') + journeyText(draft, persona, index === 0),
    ]),
    [`personas/${persona}.yaml`, line('persona') + personaText(persona, choices.persona)],
    ['policy.yaml', line('policy') + policyText(classes, broken)],
  ])
}

function manifestText({ name, apis }: InitChoices): string {
  const lines = [
    '# A workspace of Throughline: which APIs there are, and what holds for the whole app.',
    'throughline: 1',
    `name: ${scalar(name)}`,
    'apis:',
  ]
  apis.forEach(({ id, contract }, index) => {
    lines.push(`  ${id}:`, `    contract: ${scalar(contract)}`)
    if (index > 0) return
    lines.push(
      '    # owner: shop                   # a team, below',
      '    # environments: { staging: "https://staging.example.com" }',
      '    # stage: live                   # planned | mocked | beta | live | deprecated',
    )
    if (/\.(graphqls?|gql)$/i.test(contract))
      lines.push('    # documents: app/**/*.graphql   # the queries that the UI really sends')
  })
  lines.push(
    'states:                             # what every step does unless it says something else',
    ...appStates.map(([condition, show]) => `  ${condition}: { show: ${flowScalar(show)} }`),
    '  # A `test` (a Playwright selector, such as "role=alert") lets a browser prove that a state is really shown.',
    '# teams:',
    '#   shop: { role: backend, members: [somebody@example.com] }',
    '# rules: { missing-state: error }   # severities: error, warning, info, off',
  )
  return `${lines.join('\n')}\n`
}

const appStates = [
  ['loading', 'Grey shapes where the content will be'],
  ['timeout', 'That it takes too long, with Try again'],
  ['offline', 'That there is no connection, with Try again'],
  ['401', 'The sign-in page, and back here afterwards'],
  ['403', 'That this is for others, and whom to ask'],
  ['429', 'Please wait a moment, and then it goes on by itself'],
  ['5xx', 'That something broke at our end, with Try again'],
] as const

function personaText(id: string, title: string): string {
  return [
    '# Somebody you build for. Journeys name their persona; the mock serves their `dataset` when you walk as them.',
    `persona: ${id}`,
    `title: ${scalar(title)}`,
    '# goal: Find it within a minute',
    'context: On a phone, in between other things',
    'devices: [phone]',
    'dataset: typical                    # typical, minimal, empty, one, many or extreme',
    '',
  ].join('\n')
}

/** The folder as it would be with the drafted files. */
function overlay(files: Files, drafted: ReadonlyMap<string, string>): Files {
  const written = new Map<string, SourceFile>(
    [...drafted].map(([path, text]) => [path, { path, text }]),
  )
  return { paths: [...drafted.keys()], read: (path) => written.get(path) ?? files.read(path) }
}

/** A name for a workspace that has none: the contract's title, else its folder's. */
export function workspaceName(graph: Graph, folder: string): string {
  const title = graph.apis[0]?.contract?.title?.trim()
  return title === undefined || title === '' ? wordsOf(basename(folder)) || 'My app' : title
}
