import { isObject } from '../text/site.ts'
import { isReadable, type Files } from '../text/source.ts'
import { parsedText } from './parsed-text.ts'

/**
 * The file that calls itself by an absolute URI (`$self` of OpenAPI 3.2, `$id` of JSON Schema), so that references by
 * URI work without a network. Only files whose text has the URI are parsed.
 */
export function identified(files: Files, uri: string): string | undefined {
  let known = remembered.get(files)
  if (known === undefined) remembered.set(files, (known = new Map()))
  if (!known.has(uri)) known.set(uri, find(files, uri))
  return known.get(uri)
}

const remembered = new WeakMap<Files, Map<string, string | undefined>>()

function find(files: Files, uri: string): string | undefined {
  for (const path of files.paths) {
    if (!/\.(?:json|ya?ml)$/i.test(path)) continue
    const file = files.read(path)
    if (!isReadable(file) || !file.text.includes(uri)) continue
    const { value } = parsedText(file)
    if (!isObject(value)) continue
    const names = [value['$self'], value['$id']]
    if (names.some((name) => typeof name === 'string' && name.replace(/#$/, '') === uri))
      return path
  }
  return undefined
}
