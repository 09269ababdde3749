import {
  anyObject,
  list,
  record,
  text,
  type Fault,
  type Reading,
} from '../../workspace/edit/reading.ts'

// What the routes of decisions are asked with. Everything is bounded, nothing unknown is let through.

export interface Faults {
  readonly faults: readonly Fault[]
}

const person = text({ max: 400, must: 'the name of a person' })
const line = text({ max: 200, must: 'a line of text' })
const words = text({ max: 20_000, lines: true, must: 'a text that says something' })
const node = text({
  max: 1000,
  pattern: '^[a-z]+:\\S[^\\r\\n]*$',
  must: 'the id of something in the workspace, such as `step:checkout/basket`',
})
const name = text({ max: 200, must: 'a name' })
const path = text({ max: 500, must: 'a file of the workspace' })
const revision = text({
  max: 16,
  pattern: '^[0-9a-f]{16}$',
  must: 'a version that this server gave',
})
const says = text({
  max: 10,
  pattern: '^(approve|object)$',
  must: '`approve` or `object`',
}) as Reading<'approve' | 'object'>
const decision = text({
  max: 10,
  pattern: '^(declined|resolved|reopened)$',
  must: '`declined`, `resolved` or `reopened`',
}) as Reading<'declined' | 'resolved' | 'reopened'>
const wanted = text({
  max: 10,
  pattern: '^(always|nullable)$',
  must: '`always` or `nullable`',
}) as Reading<'always' | 'nullable'>

const overlayText = text({ max: 200_000, lines: true, must: 'an overlay, in YAML or JSON' })

export const readSaid = reader(record({}, { by: person }))
export const readComment = reader(record({ text: words }, { on: node, by: person }))
export const readSignOff = reader(
  record({ says }, { team: name, revision, text: words, by: person }),
)
export const readEnding = reader(record({ decision }, { reason: words, by: person }))
export const readNewProposal = reader(
  record(
    { title: line },
    {
      why: words,
      on: list(node, 50),
      overlays: list(record({ file: path, text: overlayText }, {}), 20),
      edits: list(anyObject, 100),
      supersedes: list(name, 20),
      thread: name,
      by: person,
    },
  ),
)

const rule = text({
  max: 200,
  pattern: '^diff/[a-z0-9][a-z0-9-]*$',
  must: 'the rule of a change, such as `diff/response-property-removed`',
})
const day = text({
  max: 10,
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
  must: 'a day, such as 2027-01-31',
})
export const readWaiver = reader(
  record({ rule, fingerprint: revision, reason: words }, { expires: day, by: person }),
)

const schemaText = text({ max: 20_000, lines: true, must: 'a JSON Schema as text' })
const byNeed = reader(record({ need: node }, { schema: schemaText }))
const byField = reader(record({ field: node, wanted }, {}))
const byState = reader(record({ state: node }, { call: node }))

/** Which draft is wanted: told apart by what it is about. */
export function readDraft(
  body: unknown,
): ReturnType<typeof byNeed> | ReturnType<typeof byField> | ReturnType<typeof byState> {
  if (body !== null && typeof body === 'object') {
    if ('field' in body) return byField(body)
    if ('state' in body) return byState(body)
  }
  return byNeed(body)
}

function reader<T>(reading: Reading<T>): (body: unknown) => T | Faults {
  return (body) => {
    const faults: Fault[] = []
    const found = reading.read(body, '', faults)
    return faults.length > 0 ? { faults } : found
  }
}
