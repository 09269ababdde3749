import { DATASETS, closest, documentOf, sentence, validatorOf } from '@throughline/core'
import type { Dataset } from '@throughline/core'
import { isEntity } from './entity.ts'
import type { Entity } from './entity.ts'
import type { Resources } from './resources.ts'

/** What the mock is filled with: one of the built-in sizes, or things that a team wrote down. */
export interface DataChoice {
  /** `many`, `data/busy-shop.yaml`; `''` for an ordinary day. */
  readonly name: string
  /** `undefined` for an ordinary day: then examples win. */
  readonly dataset: Dataset | undefined
  /** Lists by the name of their collection, single things by theirs. */
  readonly data: ReadonlyMap<string, readonly Entity[] | Entity> | undefined
}

export const ORDINARY: DataChoice = { name: '', dataset: undefined, data: undefined }

export function isBuiltIn(name: string): name is Dataset {
  return DATASETS.some((one) => one === name)
}

/** A data set by its name or its path in the workspace. What is wrong with a file is said in `problems`, a line each. */
export function dataNamed(
  name: string,
  readFile: (path: string) => Uint8Array | undefined,
): { readonly choice: DataChoice; readonly problems: readonly string[] } {
  if (name === '' || name === 'typical') return { choice: ORDINARY, problems: [] }
  if (isBuiltIn(name)) return { choice: { name, dataset: name, data: undefined }, problems: [] }
  const choice: DataChoice = { name, dataset: undefined, data: new Map() }
  const bytes = readFile(name)
  if (bytes === undefined) {
    const near = closest(name, DATASETS)[0]
    return {
      choice: ORDINARY,
      problems: [
        `There is no data set ${name}: it is neither ${DATASETS.join(', ')} nor a file of the workspace.${near === undefined ? '' : ` Did you mean ${near}?`}`,
      ],
    }
  }
  const file = { path: name, text: Buffer.from(bytes).toString() }
  const { document, diagnostics } = documentOf({ paths: [name], read: () => file }, name)
  if (document === undefined || !isEntity(document.value))
    return {
      choice: ORDINARY,
      problems: [
        `${name}: ${diagnostics[0]?.message ?? 'write lists under the names of their collections: `orders: [ … ]`'}`,
      ],
    }
  const problems: string[] = []
  const data = new Map<string, readonly Entity[] | Entity>()
  for (const [key, value] of Object.entries(document.value)) {
    if (isEntity(value)) data.set(key, value)
    else if (Array.isArray(value)) data.set(key, value.filter(isEntity))
    else problems.push(`${name}: ${key} is neither a list of things nor a thing`)
  }
  return { choice: { ...choice, data }, problems }
}

/** How the things of a file break the schemas of the contracts. Missing parts are no mistake: they are made up. */
export function problemsIn(
  { name, data }: DataChoice,
  apis: readonly Resources[],
): readonly string[] {
  const problems: string[] = []
  for (const [key, value] of data ?? []) {
    const found = apis.map((one) => one.called(key)).find((one) => one !== undefined)
    if (found === undefined) {
      problems.push(`${name}: no operation of the contracts lists ${key}`)
      continue
    }
    const field = found.list?.item ?? found.item
    if (field.schema === undefined) continue
    const validate = validatorOf(field.schema)
    for (const [index, one] of (Array.isArray(value) ? value : [value]).entries()) {
      const where = Array.isArray(value) ? `${key}[${index}]` : key
      for (const wrong of validate(one, { direction: 'response' })) {
        if (wrong.keyword === 'required') continue
        problems.push(`${name}: ${where}: ${sentence(wrong, where)}`)
        if (problems.length > 20) return problems
      }
    }
  }
  return problems
}
