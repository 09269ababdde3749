import { expect, test } from 'vitest'
import { seededDraw } from '../schema/choices.ts'
import { anytimeInterval } from './anytime-interval.ts'
import { experiment, type Arm } from './experiment.ts'

const looks = 20
const crowds = 300

test('cries wolf in at most 5 of 100 experiments that are looked at 20 times, where the usual interval does in far more', () => {
  const { anytime, usual } = found(0.2, 0.2)
  expect(anytime).toBeLessThanOrEqual(0.05 * crowds)
  expect(usual).toBeGreaterThan(0.15 * crowds)
})

test('finds a difference that is there', () => {
  expect(found(0.2, 0.26).anytime).toBeGreaterThan(0.95 * crowds)
})

test('is wider than the usual interval, and holds where nobody left', () => {
  const control = { name: 'no delay', sessions: 2000, left: 400 }
  const treated = { name: 'a delay', sessions: 2000, left: 470 }
  const result = experiment(control, treated)
  if (result.kind !== 'estimate') throw new Error(result.because)
  expect(result.difference.low).toBeGreaterThan(0)
  expect(result.anytime.low).toBeLessThan(0)
  expect(result.verdict).toBe('early')
  const none = anytimeInterval({ ...control, left: 0 }, { ...treated, left: 0 })
  expect(none.low).toBeLessThan(0)
  expect(none.high).toBeGreaterThan(0)
})

/** In how many crowds a look found a difference: with 300 more visits on either side before each. */
function found(
  control: number,
  treated: number,
): { readonly anytime: number; readonly usual: number } {
  const draw = seededDraw(`looks ${control} ${treated}`)
  const more = (arm: Arm, share: number): Arm => {
    let { left } = arm
    for (let visit = 0; visit < 300; visit++) if (draw(1000) < share * 1000) left += 1
    return { ...arm, sessions: arm.sessions + 300, left }
  }
  let [anytime, usual] = [0, 0]
  for (let crowd = 0; crowd < crowds; crowd++) {
    let arms: readonly [Arm, Arm] = [
      { name: 'no delay', sessions: 0, left: 0 },
      { name: 'a delay', sessions: 0, left: 0 },
    ]
    let [alarm, usualAlarm] = [false, false]
    for (let look = 0; look < looks; look++) {
      arms = [more(arms[0], control), more(arms[1], treated)]
      const result = experiment(...arms)
      if (result.kind !== 'estimate') throw new Error(result.because)
      alarm ||= result.verdict === 'sure'
      usualAlarm ||= result.difference.low > 0 || result.difference.high < 0
    }
    anytime += Number(alarm)
    usual += Number(usualAlarm)
  }
  return { anytime, usual }
}
