import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { compile, located, lossLines } from '@throughline/core'
import type { Files, Graph } from '@throughline/core'
import { stringify } from 'yaml'
import { CannotRun } from '../cannot-run.ts'
import { arazzoOf } from '../targets/verify/arazzo/workflows.ts'
import { arazzoJourneys } from '../targets/verify/import/arazzo-journeys.ts'
import { manifests, repositoryAround } from '../workspace/target.ts'
import { workspaceAt } from '../workspace/workspace.ts'
import { writeFiles } from './init/write-files.ts'
import type { Io } from './io.ts'
import { many } from './output/text.ts'
import { makeFolder } from '../workspace/make-folder.ts'

export interface JourneyImport {
  readonly file: string
  readonly value: unknown
  /** Absolute. */
  readonly dir: string
  readonly dryRun: boolean
  readonly json: boolean
}

/** Whether a value is an Arazzo document. */
export function isArazzo(value: unknown): boolean {
  return (
    value !== null &&
    typeof value === 'object' &&
    Object.hasOwn(value, 'arazzo') &&
    Object.hasOwn(value, 'workflows')
  )
}

/** Writes the workflows of an Arazzo document as journeys. Where there is no workspace, its sources are the contracts of a new one. */
export function importArazzo({ file, value, dir, dryRun, json }: JourneyImport, io: Io): number {
  const document = arazzoOf(value, file)
  const files = new Map<string, string>()
  if (!manifests.some((one) => existsSync(join(dir, one)))) {
    const apis = document.sources.filter(({ url }) => isInside(url) && existsSync(join(dir, url)))
    if (apis.length === 0)
      throw new CannotRun(
        'TL9003',
        `${file} calls operations of contracts that are not here. Write throughline.yaml with them first: \`throughline init CONTRACT\`.`,
      )
    files.set(
      'throughline.yaml',
      stringify({
        throughline: 1,
        name: document.title,
        apis: Object.fromEntries(apis.map(({ name, url }) => [name, { contract: url }])),
      }),
    )
  }
  const found = arazzoJourneys(document, graphWith(dir, files))
  for (const [path, one] of found.files) files.set(path, stringify(one, { lineWidth: 120 }))
  const lines = lossLines(found.loss)
  if (found.files.size === 0)
    throw new CannotRun(
      'TL9003',
      `${file} has nothing that can be carried over.${lines.map((one) => `\n  ${one}`).join('')}`,
    )
  const errors = graphWith(dir, files, true)
  if (!dryRun) {
    makeFolder(dir)
    writeFiles(dir, files)
  }
  if (json)
    io.stdout.write(
      `${JSON.stringify(
        {
          version: 1,
          format: 'arazzo',
          written: dryRun ? [] : [...files.keys()],
          ...(dryRun && { wouldWrite: Object.fromEntries(files) }),
          operations: found.operations,
          steps: found.steps,
          loss: found.loss,
          problems: errors,
        },
        null,
        2,
      )}\n`,
    )
  else {
    io.stdout.write(`${dryRun ? 'Would write:' : 'Written:'}\n`)
    for (const path of files.keys()) io.stdout.write(`  ${path}\n`)
    io.stdout.write(
      `${many(found.steps.length, 'step')}, ${many(found.operations.length, 'operation')}\n` +
        `Taken: ${found.loss.taken.length}, changed: ${found.loss.changed.length}, dropped: ${found.loss.dropped.length}\n`,
    )
    for (const line of [...lines, ...errors]) io.stderr.write(`${line}\n`)
  }
  return errors.length === 0 ? 0 : 1
}

/** An address of the web, or one that leads out of the folder, is never followed. */
function isInside(url: string): boolean {
  const path = posix.normalize(url)
  return !/^[a-z][\w+.-]*:|^\/|\\/i.test(url) && !path.startsWith('..') && path !== '.'
}

function graphWith(dir: string, texts: ReadonlyMap<string, string>): Graph
function graphWith(
  dir: string,
  texts: ReadonlyMap<string, string>,
  problems: true,
): readonly string[]
function graphWith(
  dir: string,
  texts: ReadonlyMap<string, string>,
  problems?: true,
): Graph | readonly string[] {
  const workspace = existsSync(dir)
    ? workspaceAt({ root: dir, boundary: repositoryAround(dir) ?? dir })
    : undefined
  const seen: Files = {
    paths: [...new Set([...(workspace?.paths ?? []), ...texts.keys()])],
    read(path) {
      const text = texts.get(path)
      if (text !== undefined) return { path, text }
      return workspace?.read(path) ?? { path, unreadable: 'missing' }
    },
  }
  const { graph, diagnostics } = compile(seen)
  return problems === undefined
    ? graph
    : located(diagnostics.filter((one) => one.severity === 'error'))
        .filter((one) => texts.has(one.file))
        .map((one) => `${one.file}:${one.range.start.line}: ${one.message}`)
}
