import { DATASETS } from '../schema/generate.ts'
import { diagnostic, quoted, type Diagnostic } from '../text/diagnostic.ts'
import { child, originOf, type Site } from '../text/site.ts'
import { isReadable, type Files, type Unreadable } from '../text/source.ts'
import { suggestion } from '../text/suggestion.ts'
import type { Declarations, ScenarioDeclaration } from './declarations.ts'
import { documentOf, missingReason } from './document.ts'

/** What is wrong with the data sets and the bodies that scenarios and personas name for the mock to serve. */
export function dataFileProblems(
  files: Files,
  { scenarios, personas, journeys }: Pick<Declarations, 'scenarios' | 'personas' | 'journeys'>,
): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  const read = new Set<string>()
  const inline = journeys.flatMap(({ persona }) => (typeof persona === 'object' ? [persona] : []))
  for (const { dataset, site } of [...scenarios, ...personas, ...inline]) {
    if (dataset === undefined || DATASETS.some((one) => one === dataset)) continue
    const place = child(site, 'dataset') ?? site
    const file = files.read(dataset)
    if (!isReadable(file)) found.push(missing('dataset', dataset, reasonOf(file, files), place))
    else if (!read.has(dataset)) found.push(...documentOf(files, dataset).diagnostics)
    read.add(dataset)
  }
  for (const { file, place } of scenarios.flatMap(bodies)) {
    const body = files.read(file)
    // Pictures and films are no text, and may be long.
    if (isReadable(body) || body.unreadable === 'binary' || body.unreadable === 'too-large')
      continue
    found.push(missing('file', file, missingReason(body, files), place))
  }
  return found
}

function bodies({ rules }: ScenarioDeclaration) {
  return rules.flatMap(({ respond, site }) => {
    const answer = child(site, 'respond') ?? site
    return respond?.file === undefined
      ? []
      : [{ file: respond.file, place: child(answer, 'file') ?? answer }]
  })
}

function reasonOf(file: Unreadable, files: Files): string {
  // Nobody calls a file like that: it is a word that was mistyped.
  return /[./]/.test(file.path)
    ? missingReason(file, files)
    : `is neither ${DATASETS.join(', ')} nor a file of the workspace.${suggestion(file.path, DATASETS)}`
}

function missing(key: string, name: string, reason: string, place: Site): Diagnostic {
  return diagnostic('TL1009', originOf(place), { key, file: quoted(name), reason })
}
