import type { StateChip, StatesMatrix, StateStatus } from '@throughline/core'
import { expect, test } from 'vitest'
import { chosenIn, decidedIn, facing, shownIn } from './in-states.ts'
import { statesSearchOf } from './states-address.ts'

function chip(condition: string, status: StateStatus): StateChip {
  return {
    condition,
    label: condition,
    status,
    calls: [],
    scenario: `checkout/basket/${condition}`,
    diagnostics: [],
  }
}

const chips = [chip('invalid', 'designed'), chip('404', 'designed'), chip('5xx', 'inherited')]

const matrix: StatesMatrix = {
  columns: [
    { condition: 'error', label: 'Error', hint: '' },
    { condition: 'timeout', label: 'Timeout', hint: '' },
  ],
  journeys: [
    {
      name: 'checkout',
      title: 'Checkout',
      line: 1,
      steps: [
        {
          step: 'checkout/basket',
          title: 'Basket',
          wireframe: 'list',
          url: '',
          file: '',
          line: 1,
          cells: [
            { condition: 'error', status: 'inherited', chips },
            { condition: 'timeout', status: 'missing', chips: [chip('timeout', 'missing')] },
          ],
        },
        {
          step: 'checkout/done',
          title: 'Done',
          wireframe: 'list',
          url: '',
          file: '',
          line: 9,
          cells: [],
        },
      ],
    },
  ],
  totals: { designed: 2, inherited: 1, missing: 1, 'cannot-happen': 0 },
  diagnostics: [],
}

test('what nobody has decided leaves the steps it concerns', () => {
  expect(shownIn(matrix, { show: 'undecided' })[0]?.steps.map(({ step }) => step)).toEqual([
    'checkout/basket',
  ])
  expect(shownIn(matrix, { journey: 'refund' })).toEqual([])
  expect(decidedIn(matrix.journeys)).toMatchObject({ designed: 2, inherited: 1, missing: 1 })
})

test('an address names a column or one of the ways that share it', () => {
  const search = { step: 'checkout/basket' }
  expect(chosenIn(matrix, { ...search, condition: '5xx' })?.chip).toBe(chips[2])
  expect(chosenIn(matrix, { ...search, condition: 'error' })?.chip).toBe(chips[1])
  expect(chosenIn(matrix, { ...search, condition: 'offline' })).toBeUndefined()
  expect(chosenIn(matrix, { step: 'checkout/gone', condition: 'error' })).toBeUndefined()
  expect(statesSearchOf({ step: 'checkout/basket' })).toEqual({})
})

test('a cell shows what plays, else what nobody has decided, else what went wrong without the reader', () => {
  expect(facing(chips, null)?.condition).toBe('404')
  expect(facing(chips, { scenario: 'checkout/basket/5xx', title: '' })?.condition).toBe('5xx')
  expect(facing([...chips, chip('409', 'missing')], null)?.condition).toBe('409')
  expect(facing([], null)).toBeUndefined()
})
