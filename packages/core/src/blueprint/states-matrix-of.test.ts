import { expect, test } from 'vitest'
import { compiled } from '../../test/compile-marked.ts'
import type { StatesMatrix } from './states-matrix.ts'
import { statesMatrixOf } from './states-matrix-of.ts'

const store = `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        "200": { description: The basket, content: { application/json: { schema: { type: object, required: [items], properties: { items: { type: array, items: { type: object, required: [name], properties: { name: { type: string } } } } } } } } }
        "404": { description: No basket }
        "503": { description: Unavailable }
  /total:
    get: { operationId: getTotal, responses: { "200": { description: The total } } }
`

function matrixOf(journey: string, workspace = ''): StatesMatrix {
  const { graph, diagnostics } = compiled({
    'throughline.yaml': `throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n${workspace}`,
    'store.yaml': store,
    'checkout.journey.yaml': journey,
  })
  return statesMatrixOf(graph, diagnostics)
}

const basket = `journey: checkout
owner: checkout
steps:
  - step: basket
    title: Review the basket
    screen: /basket
    calls:
      - operation: store.getBasket
        needs: ["items[].name"]
        states:
          empty: { show: Your basket is empty }
          404: { show: A new basket }
          invalid: { show: Something is odd }
`

test('puts each way a step can go under its condition, and all refusals under error', () => {
  const { journeys, columns, totals } = matrixOf(
    basket,
    'states: { loading: Grey shapes, 5xx: A banner }\n',
  )
  expect(columns.map((one) => one.condition)).toEqual([
    'loading',
    'empty',
    'partial',
    'error',
    'timeout',
    'offline',
  ])
  const [row] = journeys[0]!.steps
  expect(row).toMatchObject({
    step: 'checkout/basket',
    title: 'Review the basket',
    url: '/journeys/checkout?step=basket',
    line: 4,
  })
  expect(
    row!.cells.map(({ condition, status, chips }) => [
      condition,
      status,
      ...chips.map((chip) => `${chip.condition} ${chip.status}`),
    ]),
  ).toEqual([
    ['loading', 'inherited', 'loading inherited'],
    ['empty', 'designed', 'empty designed'],
    ['partial', 'cannot-happen'],
    ['error', 'inherited', 'invalid designed', '404 designed', '503 inherited'],
    ['timeout', 'missing', 'timeout missing'],
    ['offline', 'missing', 'offline missing'],
  ])
  expect(totals).toEqual({ designed: 3, inherited: 2, missing: 2, 'cannot-happen': 1 })
})

test('a state leads to its design, its own or that of the whole app', () => {
  const { journeys } = matrixOf(
    basket.replace('{ show: A new basket }', '{ show: A new basket, design: designs/404.png }'),
    'states: { timeout: { show: A banner, design: "https://book.example/?path=/story/app--slow" } }\n',
  )
  const chips = journeys[0]!.steps[0]!.cells.flatMap((cell) => cell.chips)
  expect(
    chips.flatMap(({ condition, design }) => (design === undefined ? [] : [[condition, design]])),
  ).toEqual([
    ['404', 'designs/404.png'],
    ['timeout', 'https://book.example/?path=/story/app--slow'],
  ])
})

test('names what is said about a state that nobody designed', () => {
  const { journeys, diagnostics } = matrixOf(basket)
  const timeout = journeys[0]!.steps[0]!.cells.find((cell) => cell.condition === 'timeout')!
    .chips[0]!
  expect(timeout.scenario).toBe('checkout/basket/timeout')
  expect(timeout.diagnostics.map((index) => diagnostics[index])).toMatchObject([
    {
      code: 'TL3004',
      subject: 'checkout/basket',
      fixes: [{ title: 'Design the state `timeout`' }],
    },
  ])
})

test('asks nobody about a partial answer, though with several calls there can be one', () => {
  const [row] = matrixOf(`${basket}      - operation: store.getTotal\n`).journeys[0]!.steps
  expect(row!.cells.find((cell) => cell.condition === 'partial')).toEqual({
    condition: 'partial',
    status: 'not-asked',
    chips: [],
  })
})

test('has no cells for a step that calls nothing', () => {
  const [row] = matrixOf('journey: checkout\nsteps:\n  - step: basket\n').journeys[0]!.steps
  expect(row!.cells).toEqual([])
})
