import { compile, lossLines } from '@throughline/core'
import type { Edit, Graph } from '@throughline/core'
import { CannotRun } from '../cannot-run.ts'
import { storyPlaces } from '../targets/mock/import/storybook.ts'
import type { StoryPlace } from '../targets/mock/import/storybook.ts'
import { editorOf } from '../workspace/edit/editor.ts'
import { manifests, repositoryAround } from '../workspace/target.ts'
import { workspaceAt } from '../workspace/workspace.ts'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { JourneyImport } from './import-arazzo.ts'
import type { Io } from './io.ts'
import { many } from './output/text.ts'

interface StorybookImport extends JourneyImport {
  /** Where the Storybook is served. */
  readonly at: string
  /** Write the links into the journeys; otherwise they are only proposed. */
  readonly apply: boolean
}

/** Proposes, or writes, the stories of a Storybook as the design of steps and states. Comments and order of the journeys stay. */
export function importStorybook(given: StorybookImport, io: Io): number {
  const { file, value, dir, at, apply, dryRun, json } = given
  if (!URL.canParse(at) || !/^https?:$/.test(new URL(at).protocol))
    throw new CannotRun('TL9003', `--at ${at} is no address: name where the Storybook is served.`)
  if (!manifests.some((one) => existsSync(join(dir, one))))
    throw new CannotRun('TL9001', `There is no workspace in ${dir} whose steps stories could show.`)
  const workspace = workspaceAt({ root: dir, boundary: repositoryAround(dir) ?? dir })
  let graph: Graph = compile(workspace).graph
  const { places, loss } = storyPlaces(value, graph, at.replace(/\/(index\.html)?$/, ''))
  const isWritten = apply && !dryRun && places.length > 0
  const files: string[] = []
  if (isWritten) {
    const editor = editorOf({
      workspace,
      graph: () => graph,
      follow() {
        if (workspace.refresh().length > 0) graph = compile(workspace).graph
      },
    })
    for (let from = 0; from < places.length; from += mostEdits) {
      const base = Object.fromEntries(editor.files().map((one) => [one.path, one.hash]))
      const done = editor.edit({ edits: places.slice(from, from + mostEdits).map(editOf), base })
      if (done.kind === 'refused') throw new CannotRun('TL9004', `${done.title}. ${done.detail}`)
      files.push(...done.files.map((one) => one.path))
    }
  }
  const written = [...new Set(files)]
  if (json) {
    io.stdout.write(
      `${JSON.stringify({ version: 1, format: 'storybook', written, designs: places, steps: [...new Set(places.map((one) => one.step))], loss }, null, 2)}\n`,
    )
    return 0
  }
  for (const one of places)
    io.stdout.write(
      `${[one.step, one.call, one.condition].filter(Boolean).join('/')}  ${one.url}\n`,
    )
  io.stdout.write(
    isWritten
      ? `${many(places.length, 'design')} written to ${written.join(', ')}\n`
      : `${many(places.length, 'design')} proposed${places.length > 0 && !apply ? `; write them: throughline import ${file} --apply` : ''}\n`,
  )
  io.stdout.write(
    `Taken: ${loss.taken.length}, changed: ${loss.changed.length}, dropped: ${loss.dropped.length}\n`,
  )
  for (const line of lossLines(loss)) io.stderr.write(`${line}\n`)
  return 0
}

const mostEdits = 100

function editOf({ step, call, condition, url }: StoryPlace): Edit {
  return condition === undefined
    ? { kind: 'change-step', step, set: { design: url } }
    : {
        kind: 'set-state',
        step,
        condition,
        set: { design: url },
        ...(call !== undefined && { call }),
      }
}
