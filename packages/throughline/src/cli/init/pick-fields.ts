import { bodyField, mainContent, type Field, type Operation } from '@throughline/core'

/**
 * The few fields of an answer that a screen most likely shows: always there before maybe there, names and states before
 * ids and links, near the root before deep. Paths in the contract's order.
 */
export function needsOf(answer: Field, most = 4): readonly string[] {
  const leaves = leavesOf(answer, (field) => !field.writeOnly)
  const best = leaves.toSorted((a, b) => b.score - a.score).slice(0, most)
  // Where enough is always there, what may be missing waits for a person to ask for it.
  const firm = best.filter((leaf) => leaf.firm)
  const picked = new Set(firm.length > 0 ? firm : best)
  return leaves.filter((leaf) => picked.has(leaf)).map((leaf) => leaf.path)
}

/** What a screen must fill in: the required fields of a REST body, the required arguments of a GraphQL field. */
export function sendsOf(operation: Operation): readonly string[] {
  if (operation.protocol === 'graphql') {
    const required = operation.parameters().filter((one) => one.required)
    return required.flatMap(({ name, schema }) => {
      const parts = requiredIn(bodyField(schema))
      return parts.length === 0 ? [name] : parts.map((path) => `${name}.${path}`)
    })
  }
  const content = mainContent(operation.requestBody()?.content ?? [])
  return content === undefined ? [] : requiredIn(bodyField(content.schema))
}

function requiredIn(field: Field, depth = 0): readonly string[] {
  return field.children().flatMap((child) => {
    if (
      !child.required ||
      child.readOnly ||
      !/^[\w$@]/.test(child.name) ||
      !isPlainPath(child.path)
    )
      return []
    const inner = child.types.includes('object') && depth < 3 ? requiredIn(child, depth + 1) : []
    return inner.length === 0 ? [child.path] : inner
  })
}

interface Leaf {
  readonly path: string
  readonly firm: boolean
  readonly score: number
}

const mostFields = 400
const deepest = 4

function leavesOf(root: Field, wanted: (field: Field) => boolean): readonly Leaf[] {
  const leaves: Leaf[] = []
  let seen = 0
  const walk = (field: Field, depth: number, firm: boolean): void => {
    for (const child of field.children()) {
      if (++seen > mostFields) return
      if (child.deprecated || !wanted(child) || !isPlainPath(child.path)) continue
      const sure = firm && child.required && !child.nullable
      if (isScalar(child)) {
        leaves.push({ path: child.path, firm: sure, score: scoreOf(child, depth, sure) })
      } else if (depth < deepest && (sure || leaves.length < 40)) {
        walk(child, child.name === '[]' || child.name === '{}' ? depth : depth + 1, sure)
      }
    }
  }
  walk(root, 0, true)
  return leaves
}

function isScalar({ types }: Field): boolean {
  return types.length > 0 && types.every((type) => type !== 'object' && type !== 'array')
}

/** Names that can stand in a path without being taken for its punctuation; headers are for the few who ask. */
function isPlainPath(path: string): boolean {
  return /^(\[\]|\{\}|[A-Za-z_$@][\w$@-]*)((\.[A-Za-z_$@][\w$@-]*)|\[\]|\{\})*$/.test(path)
}

const liked: readonly (readonly [RegExp, number])[] = [
  [/^(name|title|label|subject|full_?name|display_?name|headline|question)$/i, 30],
  [/(name|title)$/i, 18],
  [/^(status|state|phase)$/i, 22],
  [/(price|amount|total|quantity|count|balance|rating|score)$/i, 16],
  [/(description|summary|message|body|text|comment)$/i, 14],
  [/(date|_at|At|eta|time|due)$/, 12],
  [/(image|photo|picture|avatar|thumbnail)/i, 8],
  [/^id$/i, 4],
  [
    /(_url|Url|URL|href|link|links|node_id|uuid|_id|Id|etag|hash|sha|cursor|token|secret|password|__typename)$/,
    -25,
  ],
]

function scoreOf({ name, types }: Field, depth: number, firm: boolean): number {
  const taste = liked.find(([pattern]) => pattern.test(name))?.[1] ?? 0
  return (firm ? 100 : 0) + taste - depth * 12 - (types.includes('boolean') ? 6 : 0)
}
