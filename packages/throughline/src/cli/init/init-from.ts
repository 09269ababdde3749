import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { compile, discoveredIn, type Files } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { toldByAccessLog } from '../../targets/discover/access-log-observations.ts'
import { isHar, toldByHar } from '../../targets/discover/har-observations.ts'
import { notebookAt } from '../../targets/discover/notebook.ts'
import { isPostmanCollection, toldByPostman } from '../../targets/discover/postman-observations.ts'
import { workspaceFiles } from '../../targets/discover/workspace-files.ts'
import type { Io } from '../io.ts'
import { many } from '../output/text.ts'
import { draftWorkspace } from './draft-workspace.ts'
import { groupsOf } from './groups.ts'
import { ignoreInGit, writeFiles } from './write-files.ts'
import { makeFolder } from '../../workspace/make-folder.ts'

export interface InitSource {
  readonly kind: 'har' | 'postman' | 'traffic'
  /** As somebody named it. */
  readonly file: string
  readonly dir: string
  readonly name: string | undefined
  readonly persona: string | undefined
  readonly isJson: boolean
  /** Journeys that are drafted where the source shows no screens. */
  readonly mostJourneys: number
}

const largest = 200_000_000

/**
 * A workspace from what was recorded elsewhere. Where it shows screens, they are the steps; otherwise journeys are drafted
 * from the contract that it shows. What is personal is masked before it is written. Gives the exit status.
 */
export function initFrom(source: InitSource, io: Io): number {
  const { file, dir } = source
  const notes: string[] = []
  const notebook = notebookAt(undefined)
  notebook.add(toldBy(source, textOf(resolve(io.cwd, file), file), notes))
  const observations = notebook.observations()
  const hasScreens = observations.some((one) => one.kind === 'screen')
  const found = discoveredIn(
    hasScreens
      ? observations
      : [{ kind: 'screen', at: 0, path: '/', via: 'load' }, ...observations],
  )
  if (found.apis.length === 0)
    throw new CannotRun('TL9003', `${file} has no call of an API that could be read.`)
  const name = source.name ?? basename(file).replace(/(\.postman_collection)?\.\w+$/, '')
  const all = workspaceFiles(found, name)
  const files = hasScreens ? all : drafted(all, name, source)
  notes.push(
    hasScreens
      ? 'Which fields the screens read is not in it: `throughline discover` sees that in the running app.'
      : 'It shows no screens: the journeys are drafted from the operations.',
  )
  makeFolder(dir)
  writeFiles(dir, files)
  ignoreInGit(dir, '.throughline/')
  const operations = found.apis.flatMap((api) => api.operations)
  const journeys = [...files.keys()].filter((path) => path.startsWith('journeys/'))
  if (source.isJson)
    io.stdout.write(
      `${JSON.stringify({ version: 1, written: [...files.keys()], journeys: journeys.length, operations: operations.length, notes }, null, 2)}\n`,
    )
  else
    io.stdout.write(
      `Written:\n${[...files.keys()].map((path) => `  ${path}\n`).join('')}` +
        `${many(operations.length, 'operation')}, ${many(journeys.length, 'journey')}\n${notes.map((one) => `${one}\n`).join('')}`,
    )
  return 0
}

function toldBy({ kind, file }: InitSource, text: string, notes: string[]): readonly unknown[] {
  if (kind === 'traffic') {
    const { told, unread, homeless } = toldByAccessLog(text)
    if (told.length === 0)
      throw new CannotRun(
        'TL9003',
        `${file} has no line that is a request: the combined format of Apache and nginx is read, and W3C extended.`,
      )
    if (unread > 0) notes.push(`${many(unread, 'line')} could not be read.`)
    if (homeless > 0) notes.push(`${many(homeless, 'call')} named no page, and is left out.`)
    return told
  }
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, '')) as unknown
  } catch {
    value = undefined
  }
  if (kind === 'har') {
    if (!isHar(value)) throw new CannotRun('TL9003', `${file} is no HAR file.`)
    return toldByHar(value)
  }
  if (!isPostmanCollection(value))
    throw new CannotRun('TL9003', `${file} is no Postman collection (2.0 or 2.1).`)
  return toldByPostman(value)
}

function drafted(
  all: ReadonlyMap<string, string>,
  name: string,
  { persona, mostJourneys }: InitSource,
): ReadonlyMap<string, string> {
  const contracts = new Map([...all].filter(([path]) => path.startsWith('apis/')))
  const seen: Files = {
    paths: [...contracts.keys()],
    read: (path) => {
      const text = contracts.get(path)
      return text === undefined ? { path, unreadable: 'missing' } : { path, text }
    },
  }
  const { graph } = compile({
    paths: [...all.keys()],
    read: (path) => ({ path, text: all.get(path) ?? '' }),
  })
  const apis = [...contracts.keys()].map((contract) => ({
    id: basename(contract).split('.')[0]!,
    contract,
  }))
  const groups = groupsOf(graph).slice(0, mostJourneys)
  const draft = draftWorkspace(graph, { name, apis, groups, persona: persona ?? 'Visitor' }, seen)
  return new Map([...contracts, ...draft.files])
}

function textOf(path: string, shown: string): string {
  if (!existsSync(path) || !statSync(path).isFile())
    throw new CannotRun('TL9001', `There is no file ${shown}.`)
  if (statSync(path).size > largest)
    throw new CannotRun('TL9003', `${shown} is too large; up to 200 MB can be read.`)
  return readFileSync(path, 'utf8')
}
