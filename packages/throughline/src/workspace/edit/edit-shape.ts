import type { Edit, EditRequest } from '@throughline/core'
import {
  list,
  mapOf,
  nullable,
  numberBetween,
  oneOfKinds,
  record,
  text,
  type Fault,
  type Reading,
} from './reading.ts'

// The shapes of edits, as the studio's server takes them. Everything is bounded, nothing unknown is let through.

const idPattern = '[A-Za-z0-9][A-Za-z0-9_-]{0,99}'
const id = text({
  max: 100,
  pattern: `^${idPattern}$`,
  must: 'an id of letters, digits, `-` and `_`, such as `order-details`',
})
const stepName = text({
  max: 201,
  pattern: `^${idPattern}/${idPattern}$`,
  must: 'the full name of a step, such as `checkout/basket`',
})
const stepReference = text({
  max: 201,
  pattern: `^${idPattern}(/${idPattern})?$`,
  must: 'the id of a step, such as `delivery`',
})
const title = text({ max: 200, must: 'a line of text' })
const sentence = text({ max: 2000, lines: true, must: 'a text that says something' })
const name = text({ max: 200, must: 'a name' })
const operation = text({ max: 500, must: 'an operation, such as `store.getBasket`' })
const fieldPath = text({ max: 500, must: 'a field path, such as `items[].price.amount`' })
const screen = text({ max: 500, must: 'the route of a screen, such as `/orders/:id`' })
const image = text({
  max: 500,
  // An address is only a link in the studio: it asks no other machine for anything.
  pattern:
    '^(https://[^\\s\\p{Cc}]+|(?![/\\\\])(?!.*(^|/)\\.)[^\\\\:*?"<>|\\p{Cc}]+\\.([pP][nN][gG]|[jJ][pP][eE]?[gG]|[gG][iI][fF]|[wW][eE][bB][pP]|[aA][vV][iI][fF]|[sS][vV][gG]))$',
  must: 'the path of a picture in the workspace, such as `designs/basket.png`, or an https:// address',
})
const design = text({
  max: 2000,
  pattern: '^[Hh][Tt][Tt][Pp][Ss]?://[^\\s\\p{Cc}]+$',
  must: 'an address that begins with https://',
})
const duration = text({
  max: 20,
  pattern: '^\\d{1,9}(\\.\\d{1,6})? ?(ms|s|m|min|h|d)$',
  must: 'a duration, such as `300ms` or `1.5s`',
})
const size = text({
  max: 20,
  pattern: '^\\d{1,9}(\\.\\d{1,6})? ?([kKmM]i?)?[bB]$',
  must: 'a size, such as `20kB`',
})
const conditionPattern =
  '^(loading|empty|partial|timeout|offline|invalid|[1-5]\\d\\d|[1-5][xX][xX]|problem: ?\\S[^\\r\\n\\u2028\\u2029]*)$'
const condition = text({
  max: 300,
  pattern: conditionPattern,
  must: 'a condition: `loading`, `empty`, `partial`, `timeout`, `offline`, `invalid`, `404`, `5xx` or `problem: <type>`',
})
const score = numberBetween(-5, 5)

const journey = { title, persona: id, owner: name, goal: sentence, pains: list(sentence, 50) }
const persona = { title, goal: sentence, context: sentence, devices: list(name, 20), dataset: name }
const times = { p50: duration, p75: duration, p95: duration, size }
const feeling = { quote: sentence, from: title }
const need = { why: sentence, absent: sentence, label: title }
const call = { after: list(operation, 50), sends: list(fieldPath, 200) }
const step = { title, screen, image, design, next: list(stepReference, 50) }
const state = {
  show: sentence,
  test: text({ max: 1000, must: 'a selector' }),
  recover: title,
  design,
  same: condition,
}

const newStep = {
  ...step,
  feeling: record({ score }, feeling),
  budget: record({}, times, 1),
}
const changedStep = {
  ...nullables(step),
  feeling: nullable(record({}, { score, ...nullables(feeling) }, 1)),
  budget: nullable(record({}, nullables(times), 1)),
}
const ofCall = { step: stepName, call: operation }

const edit: Reading<Edit> = oneOfKinds<Edit>({
  'create-journey': record(
    { journey: id },
    { ...journey, steps: list(record({ step: id }, { title, screen }), 100) },
  ),
  'rename-journey': record({ journey: id, to: id }, {}),
  'change-journey': record({ journey: id, set: record({}, nullables(journey), 1) }, {}),
  'delete-journey': record({ journey: id }, {}),
  'create-persona': record({ persona: id }, persona),
  'change-persona': record({ persona: id, set: record({}, nullables(persona), 1) }, {}),
  'rename-persona': record({ persona: id, to: id }, {}),
  'delete-persona': record({ persona: id }, {}),
  'add-step': record({ journey: id, step: id }, { before: nullable(id), ...newStep }),
  'rename-step': record({ step: stepName, to: id }, {}),
  'change-step': record({ step: stepName, set: record({}, changedStep, 1) }, {}),
  'move-step': record({ step: stepName, before: nullable(id) }, {}),
  'duplicate-step': record({ step: stepName, to: id }, { title }),
  'delete-step': record({ step: stepName }, {}),
  'add-call': record(
    { step: stepName, operation },
    {
      before: nullable(operation),
      needs: list(fieldPath, 200),
      ...call,
      budget: record({}, times, 1),
    },
  ),
  'change-call': record(
    {
      ...ofCall,
      set: record(
        {},
        { operation, ...nullables(call), budget: nullable(record({}, nullables(times), 1)) },
        1,
      ),
    },
    {},
  ),
  'move-call': record({ ...ofCall, before: nullable(operation) }, {}),
  'remove-call': record(ofCall, {}),
  'add-need': record({ ...ofCall, path: fieldPath }, { before: nullable(fieldPath), ...need }),
  'change-need': record(
    { ...ofCall, need: fieldPath, set: record({}, { path: fieldPath, ...nullables(need) }, 1) },
    {},
  ),
  'move-need': record(
    { ...ofCall, need: fieldPath, before: nullable(fieldPath) },
    { to: record(ofCall, {}) },
  ),
  'remove-need': record({ ...ofCall, need: fieldPath }, {}),
  'set-state': record(
    { condition, set: record({}, nullables(state), 1) },
    { step: stepName, call: operation },
  ),
  'remove-state': record({ condition }, { step: stepName, call: operation }),
})

const hash = text({ max: 64, pattern: '^[0-9a-f]{64}$', must: 'a hash that this server gave' })
const path = text({ max: 500, must: 'a path of the workspace' })

const request = record({ edits: list(edit, 100, 1) }, { base: mapOf(path, hash, 100) })

/** Reads the body of a request for edits: the edits, or all that is wrong with it. */
export function readEditRequest(
  body: unknown,
): EditRequest | { readonly faults: readonly Fault[] } {
  const faults: Fault[] = []
  const found = request.read(body, '', faults)
  return faults.length > 0 ? { faults } : { base: {}, ...found }
}

const undoRequest = record({}, { id: numberBetween(1, Number.MAX_SAFE_INTEGER) })

/** Reads the body of a request to undo or redo: nothing, or the one edit that is meant. */
export function readUndoRequest(
  body: unknown,
): { readonly id?: number } | { readonly faults: readonly Fault[] } {
  const faults: Fault[] = []
  const found = undoRequest.read(body, '', faults)
  return faults.length > 0 ? { faults } : found
}

/** The JSON Schema of an edit, for the contract of the studio's server. */
export const editSchema: object = edit.schema

type Nullables<Readings> = {
  readonly [Name in keyof Readings]: Readings[Name] extends Reading<infer T>
    ? Reading<T | null>
    : never
}

/** `null` takes a value away. */
function nullables<Readings extends Record<string, Reading<unknown>>>(
  readings: Readings,
): Nullables<Readings> {
  return Object.fromEntries(
    Object.entries(readings).map(([key, reading]) => [key, nullable(reading)]),
  ) as Nullables<Readings>
}
