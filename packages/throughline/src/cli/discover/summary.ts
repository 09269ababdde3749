import type { Discovered } from '@throughline/core'
import { coloursOf } from '../colours.ts'
import type { Io } from '../io.ts'
import { many } from '../output/text.ts'

/** What was found, by API and journey: each screen with what was done with the fields of its answers. */
export function summaryOf({ apis, journeys, notes }: Discovered, io: Io): string {
  const { bold, cyan, dim } = coloursOf(io.stdout, io.env)
  const lines: string[] = []
  for (const api of apis)
    lines.push(`${bold(api.name)}  ${many(api.operations.length, 'operation')} at ${api.server}`)
  for (const { title, steps } of journeys) {
    lines.push(`${bold(title)}  ${many(steps.length, 'step')}`)
    for (const step of steps) {
      const fields = step.calls.flatMap((one) => one.fields)
      const count = (use: string): number => fields.filter((one) => one.use === use).length
      lines.push(
        `  ${step.screen}  ${many(step.calls.length, 'call')}, ${many(count('read'), 'field')} read, ${count('copied')} copied, ${count('never touched')} never touched`,
      )
    }
  }
  for (const note of notes) lines.push(dim(note))
  lines.push('', `${cyan('throughline check')}  what is still open`, '')
  return lines.join('\n')
}
