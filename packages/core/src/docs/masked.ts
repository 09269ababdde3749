import { classesOf, type Classes } from '../3-check/classes.ts'
import type { MediaType, Operation } from '../operation/operation.ts'
import type { Field } from '../schema/field.ts'
import { bodyField } from '../schema/fields.ts'
import type { ReferenceExample } from '../reference/reference.ts'
import { asJson } from '../reference/json-text.ts'
import type { DocsContext } from './context.ts'

/** What stands where a value is not shown. */
const mask = '••••••'

/**
 * An example without what nobody should read: values of secret fields for everybody, of any classified field for people
 * outside of the house. A text that is no JSON is left out where the body has such fields at all.
 */
export function maskedExample(
  context: DocsContext,
  operation: Operation,
  content: MediaType,
  direction: 'request' | 'response',
  example: ReferenceExample,
): ReferenceExample {
  const root = bodyField(content.schema ?? content.itemSchema, { direction })
  const text = maskedText(context, operation, root, example.text)
  return text === example.text ? example : { ...example, text }
}

/** The same for the body of a sample. */
export function maskedText(
  context: DocsContext,
  operation: Operation,
  root: Field,
  text: string,
): string {
  const secret = secretIn(context, operation)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // What was cut or is another format is searched by its words.
    return text.replace(secretPair, (_, start: string) => `${start}${mask}`)
  }
  const masked = walked(value, root, secret, 0)
  return masked === value ? text : asJson(masked, 2)
}

const secretPair =
  /("?(?:password|passwd|passphrase|client_?secret|api_?key|(?:access|refresh|private)_?(?:token|key)|card_?number|security_?code|cvv|cvc)"?\s*[:=]\s*"?)[^"&\s,}]+/gi

type IsSecret = (field: Field) => boolean

function secretIn({ graph, audience }: DocsContext, operation: Operation): IsSecret {
  const classes = classesOf(graph)
  return (field) => {
    const found = classes.classOf(operation, field.path, field)
    if (found !== undefined && (audience === 'public' || isSecretClass(found))) return true
    return hidden(field, classes)
  }
}

function hidden(field: Field, classes: Classes): boolean {
  return field.format === 'password' || classes.soundsLike(field) === 'secret'
}

/** A class that its rules keep out of every response, or that is called so. */
function isSecretClass({ id, rules }: { readonly id: string; readonly rules: readonly string[] }) {
  return (
    /secret|credential|restricted/i.test(id) ||
    rules.some((rule) => /never in a response/i.test(rule))
  )
}

/** The value itself where nothing in it is secret. */
function walked(value: unknown, field: Field, secret: IsSecret, depth: number): unknown {
  if (depth > deepest) return value
  if (Array.isArray(value)) {
    const item = field.children().find((one) => one.name === '[]')
    const all = value.map((one: unknown) => walked(one, item ?? itemsOf(field), secret, depth + 1))
    return all.every((one, index) => one === value[index]) ? value : all
  }
  if (value === null || typeof value !== 'object') return value
  const children = new Map(field.children().map((one) => [one.name, one]))
  const any = children.get('{}')
  let changed = false
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => {
    const child = children.get(name) ?? any ?? unknownField(name)
    const kept =
      inner !== null && inner !== undefined && secret({ ...child, name })
        ? mask
        : walked(inner, child, secret, depth + 1)
    if (kept !== inner) changed = true
    return [name, kept]
  })
  return changed ? Object.fromEntries(entries) : value
}

const deepest = 40

/** What a schema does not describe: its name is all there is. */
function unknownField(name: string): Field {
  return {
    path: name,
    name,
    types: [],
    nullable: false,
    required: false,
    deprecated: false,
    readOnly: false,
    writeOnly: false,
    schema: undefined,
    children: () => [],
  }
}

function itemsOf(field: Field): Field {
  return { ...unknownField('[]'), children: field.children }
}
