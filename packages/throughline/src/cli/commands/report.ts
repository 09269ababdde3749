import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  closest,
  comparedReports,
  reportOf,
  type EvidenceReport,
  type Graph,
  type ReportComparison,
} from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { evidenceAnswers } from '../../targets/observe/evidence-answers.ts'
import { evidenceFolder } from '../../targets/observe/evidence-folder.ts'
import { evidencePlace, type EvidencePlace } from '../../targets/observe/evidence-store-of.ts'
import { harEvents, isHarFile } from '../../targets/observe/har-events.ts'
import type { Asked } from '../../targets/observe/questions/dialects.ts'
import type { Serving } from '../../targets/observe/serving.ts'
import type { EvidenceStore } from '../../targets/observe/store/evidence-store.ts'
import { compiled } from '../../workspace/compiled.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { coloursOf } from '../colours.ts'
import { command } from '../command.ts'
import { withEvidence, withOpened } from '../with-evidence.ts'
import { evidenceHtml } from '../output/observe/html.ts'
import { evidenceMarkdown } from '../output/observe/markdown.ts'
import { evidenceText } from '../output/observe/text.ts'

const formats = ['text', 'markdown', 'html', 'json'] as const

export const report = command(
  {
    name: 'report',
    summary:
      'Journeys with their evidence: where people left, what they waited for, what to change',
    operands: '[DIR|FILES...]',
    args: {
      dir: {
        type: 'positional',
        required: false,
        description: 'The workspace, or contracts beside --from',
      },
      from: {
        type: 'string',
        valueHint: 'FILE.har',
        description: 'A recording of a browser instead of the collected evidence',
      },
      since: {
        type: 'string',
        valueHint: 'DAYS|DATE',
        description: 'How far back: 7d, 24h, or a day (2026-11-01). Else 30d',
      },
      until: { type: 'string', valueHint: 'DATE', description: 'Up to this day; else now' },
      journey: { type: 'string', valueHint: 'NAME', description: 'Only this journey' },
      environment: { type: 'string', valueHint: 'NAME', description: 'Only this environment' },
      release: { type: 'string', valueHint: 'NAME', description: 'Only this release' },
      compare: {
        type: 'string',
        valueHint: 'A..B',
        description: 'Two releases beside each other, step by step',
      },
      format: { type: 'enum', options: [...formats], description: 'How to print it' },
    },
    examples: [
      { line: 'throughline report', does: 'the last 30 days' },
      {
        line: 'throughline report --from recording.har',
        does: 'what a recording shows, with no set-up',
      },
      {
        line: 'throughline report --journey checkout --since 7d --environment production',
        does: 'one journey, a week',
      },
      {
        line: 'throughline report --compare 1.4..1.5 --format markdown > release.md',
        does: 'what a release changed',
      },
    ],
    notes:
      'Each figure is called an association, an adjusted estimate or an experiment; none is given for too few cases. Exit status: 0, whatever was found.',
  },
  async (args, io) => {
    const workspace = openWorkspace(args._, io.cwd)
    const { graph } = compiled(workspace)
    const now = Date.now()
    const journey = journeyNamed(graph, args.journey)
    const asked: Asked = {
      since: args.from !== undefined && args.since === undefined ? 0 : sinceOf(args.since, now),
      until: args.until === undefined ? now + 60_000 : momentOf(args.until, '--until'),
      ...(args.environment !== undefined && { environment: args.environment }),
      ...(args.release !== undefined && { release: args.release }),
    }
    const found = await withStore(
      args.from === undefined ? undefined : resolve(io.cwd, args.from),
      graph,
      () => evidencePlace(graph, evidenceFolder(workspace.root), io.env),
      async (store) => {
        const of = async (some: Asked): Promise<EvidenceReport> =>
          'url' in store
            ? reportFrom(store, some, journey)
            : reportOf(graph, await evidenceAnswers(store, graph, some, journey), {
                ...some,
                ...(journey !== undefined && { journey }),
                ...(args.from !== undefined && { least: 1 }),
              })
        if (args.compare === undefined) return { whole: await of(asked) }
        const names = releasesOf(args.compare)
        const [before, after] = [
          await of({ ...asked, release: names[0] }),
          await of({ ...asked, release: names[1] }),
        ]
        for (const [index, one] of [before, after].entries())
          if (one.totals.events === 0)
            throw new CannotRun(
              'TL9003',
              `There is no evidence of the release \`${names[index]}\` in this time.`,
            )
        return { whole: after, comparison: comparedReports(before, after, names) }
      },
    )
    io.stdout.write(
      printed(found, args.json === true ? 'json' : (args.format ?? 'text'), () =>
        coloursOf(io.stdout, io.env),
      ),
    )
    return 0
  },
)

function printed(
  { whole, comparison }: { readonly whole: EvidenceReport; readonly comparison?: ReportComparison },
  format: (typeof formats)[number],
  colours: () => ReturnType<typeof coloursOf>,
): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ ...whole, ...(comparison && { comparison }) }, null, 2)}\n`
    case 'markdown':
      return evidenceMarkdown(whole, comparison)
    case 'html':
      return evidenceHtml(whole, comparison)
    case 'text':
      return evidenceText(whole, colours(), comparison)
  }
}

/** A recording is put into a store of its own, which is gone afterwards. */
async function withStore<Found>(
  har: string | undefined,
  graph: Graph,
  placeOf: () => EvidencePlace,
  act: (store: Pick<EvidenceStore, 'query'> | Serving) => Promise<Found>,
): Promise<Found> {
  if (har !== undefined) {
    const events = harEvents(recordingIn(har), graph)
    const own = mkdtempSync(join(tmpdir(), 'throughline-report-'))
    try {
      return await withOpened({ kind: 'folder', folder: own }, async (store) => {
        for (let from = 0; from < events.length; from += 2000)
          await store.append(`recording ${from}`, events.slice(from, from + 2000))
        return act(store)
      })
    } finally {
      rmSync(own, { recursive: true, force: true })
    }
  }
  const place = placeOf()
  // Nobody has collected anything: looking must not leave a database behind.
  if (place.kind === 'folder' && !existsSync(place.folder))
    return act({ query: () => Promise.resolve([]) })
  return withEvidence(place, act)
}

/** Only one process can have a DuckDB file open: the server that has it says what is in it. */
async function reportFrom(
  { url, token }: Serving,
  { since, until, environment, release }: Asked,
  journey: string | undefined,
): Promise<EvidenceReport> {
  const query = new URLSearchParams({ since: String(since), until: String(until) })
  for (const [name, value] of Object.entries({ environment, release, journey }))
    if (value !== undefined) query.set(name, value)
  const response = await fetch(`${url}/api/evidence?${query}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(120_000),
  })
  if (!response.ok)
    throw new CannotRun(
      'TL9006',
      `The server at ${url} has the evidence open and answered ${response.status}. Stop it, or try again.`,
    )
  return (await response.json()) as EvidenceReport
}

const largest = 500_000_000

function recordingIn(path: string): unknown {
  let text: string
  try {
    if (statSync(path).size > largest)
      throw new CannotRun('TL9003', `${path} is larger than 500 MB.`)
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof CannotRun) throw error
    throw new CannotRun('TL9003', `${path} cannot be read.`)
  }
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw new CannotRun('TL9003', `${path} is no HAR file: it is not JSON.`)
  }
  if (!isHarFile(value))
    throw new CannotRun(
      'TL9003',
      `${path} is no HAR file: it has no \`log.entries\`. In a browser's developer tools, Network, "Save all as HAR".`,
    )
  return value
}

function journeyNamed(graph: Graph, name: string | undefined): string | undefined {
  if (name === undefined || graph.journeys.some((one) => one.name === name)) return name
  const [near] = closest(
    name,
    graph.journeys.map((one) => one.name),
    1,
  )
  throw new CannotRun(
    'TL9003',
    `There is no journey \`${name}\`.${near === undefined ? '' : ` Did you mean \`${near}\`?`}`,
  )
}

function sinceOf(written: string | undefined, now: number): number {
  const [, count, unit] = /^(\d{1,4})([dh])$/.exec(written ?? '30d') ?? []
  if (count !== undefined) return now - Number(count) * (unit === 'd' ? 86_400_000 : 3_600_000)
  return momentOf(written!, '--since')
}

function momentOf(written: string, option: string): number {
  const at = Date.parse(written)
  if (/^\d{4}-\d\d-\d\d/.test(written) && Number.isFinite(at)) return at
  throw new CannotRun(
    'TL9003',
    `\`${option}\` is a day such as 2026-11-01${option === '--since' ? ', or 7d or 24h' : ''}, not \`${written}\`.`,
  )
}

function releasesOf(written: string): readonly [string, string] {
  const [before, after, more] = written.split('..')
  if (
    before !== undefined &&
    before !== '' &&
    after !== undefined &&
    after !== '' &&
    more === undefined
  )
    return [before, after]
  throw new CannotRun('TL9003', `\`--compare\` names two releases: 1.4..1.5, not \`${written}\`.`)
}
