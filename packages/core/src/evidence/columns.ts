import type { EvidenceEvent } from './event.ts'

/** How a field of an event stands in a column store. `json`: text that holds JSON. */
export type EvidenceColumn = 'text' | 'number' | 'integer' | 'boolean' | 'json'

/** The columns of the table `events`, in order. `batch` is beside them: which delivery an event came in. */
export const evidenceColumns = {
  kind: 'text',
  time: 'number',
  duration: 'number',
  source: 'text',
  environment: 'text',
  release: 'text',
  session: 'text',
  view: 'text',
  step: 'text',
  previousStep: 'text',
  route: 'text',
  persona: 'text',
  device: 'text',
  country: 'text',
  connection: 'text',
  flags: 'json',
  trace: 'text',
  span: 'text',
  parent: 'text',
  operation: 'text',
  service: 'text',
  name: 'text',
  method: 'text',
  status: 'integer',
  outcome: 'text',
  bytes: 'number',
  cached: 'boolean',
  ttfb: 'number',
  network: 'number',
  value: 'number',
  text: 'text',
  state: 'text',
  fields: 'json',
  attributes: 'json',
} as const satisfies Readonly<Record<keyof EvidenceEvent, EvidenceColumn>>
