import type { Budget } from './declarations.ts'
import { byteSize, duration } from './quantity.ts'
import { about, named, record, type Shape } from './shape.ts'

const times = {
  p50: about('Half of all waits are shorter.', duration, '200ms'),
  p75: about('Three of four waits are shorter.', duration, '300ms', '1s'),
  p95: about('Nineteen of twenty waits are shorter.', duration, '2s'),
}
const step = record(
  'A budget',
  {},
  { ...times, size: about('All that its calls may send, uncompressed.', byteSize, '50kB') },
)
const call = record(
  'A budget',
  {},
  {
    ...times,
    size: about(
      'How much its answer may weigh, uncompressed. kB is 1000 bytes, KiB is 1024.',
      byteSize,
      '20kB',
    ),
  },
)

/** What a step promises: from entering it until its calls have answered. */
export const stepBudget: Shape<Budget> = named(
  'stepBudget',
  about(
    'What people may have to wait: from entering the step until its calls have answered.',
    step,
  ),
)

/** What one call promises. */
export const callBudget: Shape<Budget> = named(
  'callBudget',
  about('What the call may take and send.', call),
)
