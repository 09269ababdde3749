import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { CannotRun } from '../../cannot-run.ts'
import type {
  CollectionEngine,
  CollectionReport,
} from '../../targets/verify/collections/collection-report.ts'
import { arazzoScript } from '../../targets/verify/arazzo/arazzo-script.ts'
import { arazzoOf } from '../../targets/verify/arazzo/workflows.ts'
import { collectionScript, usualBase } from '../../targets/verify/collections/collection-script.ts'
import { filled } from '../../targets/verify/collections/filled.ts'
import { iterationsIn } from '../../targets/verify/collections/iterations.ts'
import { newmanScript } from '../../targets/verify/collections/newman-script.ts'
import { postmanCollection } from '../../targets/verify/collections/postman.ts'
import type { HeaderList } from '../../targets/verify/identities.ts'
import type { Sender } from '../../targets/verify/send.ts'
import type { Script } from '../../targets/verify/talk.ts'
import { seededChoices } from '@throughline/core'
import { collectionFile, data as dataFile, fileText, valuesFile } from './collection-files.ts'
import { looksLikeProduction } from '../../targets/verify/safety.ts'

interface WrittenGiven {
  readonly collections: readonly string[]
  readonly workflows: readonly string[]
  readonly environment: string | undefined
  readonly globals: string | undefined
  readonly data: string | undefined
  readonly engine: CollectionEngine
  readonly cwd: string
}

/** What collections need of a run. */
interface WrittenRun {
  readonly target: string | undefined
  readonly headers: HeaderList
  readonly sender: Sender
  readonly allowWrites: boolean
  readonly signal: AbortSignal
}

interface WrittenRequests {
  readonly scripts: readonly Script[]
  readonly reports: () => readonly CollectionReport[]
}

/** The files of `--collection` and what goes with them, read before anything is sent. Throws `CannotRun` where one can't be read. */
export function writtenRequests(given: WrittenGiven): {
  /** Where the requests go by themselves, when no target is named: `https://staging.store.example`. */
  readonly home: string | undefined
  readonly open: (run: WrittenRun) => Promise<WrittenRequests>
} {
  const { cwd, engine } = given
  if (given.collections.length + given.workflows.length === 0)
    for (const option of ['environment', 'globals', 'data'] as const)
      if (given[option] !== undefined)
        throw new CannotRun('TL9003', `\`--${option}\` goes with \`--collection FILE\`.`)
  const values = (file: string | undefined) =>
    file === undefined ? new Map<string, string>() : valuesFile(file, cwd)
  const environments = [values(given.environment), values(given.globals)]
  const data =
    given.data === undefined
      ? []
      : iterationsIn(fileText(resolve(cwd, given.data), given.data), given.data)
  const all = given.collections.map((file) => {
    const source = collectionFile(file, cwd)
    return {
      source,
      collection: postmanCollection(source, file),
      folder: dirname(resolve(cwd, file)),
    }
  })
  const workflows = given.workflows.map((file) =>
    arazzoOf(dataFile(resolve(cwd, file), file), file),
  )
  const [first] = all
  const base = first && usualBase(first.collection)
  const lead = base === undefined ? (first?.collection.requests[0]?.url ?? '') : `{{${base}}}`
  const address =
    first &&
    filled(
      lead,
      [
        ...(data[0] ? [data[0]] : []),
        environments[0]!,
        first.collection.variables,
        environments[1]!,
      ],
      seededChoices('home'),
    ).text
  const whole =
    address === undefined || /^https?:\/\//i.test(address) ? address : `http://${address}`
  const home =
    whole !== undefined && !whole.includes('{{') && URL.canParse(whole)
      ? new URL(whole).origin
      : undefined
  return {
    home,
    async open({ target, headers, sender, allowWrites, signal }) {
      const refused = (method: string, url: URL): string | undefined =>
        allowWrites ||
        /^(GET|HEAD|OPTIONS|QUERY)$/.test(method) ||
        !looksLikeProduction('', url.origin)
          ? undefined
          : `it writes, and ${url.origin} looks like production: add --allow-writes`
      const own = target === undefined ? home : new URL(target).origin
      const opened = await Promise.all(
        all.map(async ({ source, collection, folder }) =>
          engine === 'newman'
            ? await newmanScript(source, collection, {
                environments,
                data,
                folder,
                headers,
                refused,
                signal,
                ...(target !== undefined && { target }),
              })
            : collectionScript(collection, {
                environments,
                data,
                readFile: (path) => bytesOf(resolve(folder, path)),
                refused,
                ...(own !== undefined && { home: own }),
                plain: (request) => sender.plain(request, signal),
                ...(target !== undefined && { target }),
              }),
        ),
      )
      const reads = (method: string) =>
        target === undefined ? undefined : refused(method, new URL(target))
      opened.push(...workflows.map((one) => arazzoScript(one, { inputs: data, refused: reads })))
      return {
        scripts: opened.map(({ script }) => script),
        reports: () => opened.map(({ report }) => report()),
      }
    },
  }
}

function bytesOf(path: string): Uint8Array | undefined {
  try {
    return statSync(path).size > 50_000_000 ? undefined : readFileSync(path)
  } catch {
    return undefined
  }
}
