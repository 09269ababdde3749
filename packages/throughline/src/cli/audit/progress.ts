import type { Progress } from '../../targets/audit/audit.ts'
import type { Io } from '../io.ts'
import { widthOf } from '../io.ts'

/** A bar with the verdicts so far on a terminal; a line for each tenth where there is none. */
export function progressOn({ stderr }: Io): {
  readonly show: (progress: Progress) => void
  readonly end: () => void
} {
  let said = -1
  let drawn = false
  return {
    show({ phase, done, total, bad, verdicts }) {
      const tenth = total === 0 ? -1 : Math.floor((done / total) * 10)
      if (stderr.isTTY === true) {
        const counts = [...verdicts]
          .toSorted((one, other) => other[1] - one[1])
          .map(([verdict, count]) => `${count} ${verdict}`)
        const line =
          phase === 'learning'
            ? `Looking at the app on a good day: ${done} ${done === 1 ? 'screen' : 'screens'}`
            : `${'█'.repeat(tenth * 2).padEnd(20, '░')} ${done}/${total}, ${bad} bad: ${counts.join(', ')}`
        stderr.write(`\r\u001b[K${line.slice(0, widthOf(stderr) - 1)}`)
        drawn = true
      } else if (phase === 'cells' && tenth !== said) {
        said = tenth
        stderr.write(`${done}/${total} cells, ${bad} bad\n`)
      }
    },
    end() {
      if (drawn) stderr.write('\r\u001b[K')
    },
  }
}
