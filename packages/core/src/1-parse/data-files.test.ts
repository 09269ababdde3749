import { expect, test } from 'vitest'
import { filesOf } from '../../test/in-memory-files.ts'
import { located } from '../text/diagnostic.ts'
import { parseWorkspace } from './workspace.ts'

const store =
  'openapi: 3.1.0\ninfo: { title: Store, version: "1" }\npaths: { /basket: { get: { operationId: getBasket } } }'
const usual = {
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  'store.yaml': store,
}

function problems(texts: Readonly<Record<string, string>>): readonly string[] {
  return located(parseWorkspace(filesOf({ ...usual, ...texts })).diagnostics).map(
    ({ file, range, code, message }) =>
      `${file}:${range.start.line}:${range.start.column} ${code} ${message}`,
  )
}

test('says where a data set or a body is named that nobody has', () => {
  expect(
    problems({
      'data/busy-shop.yaml': 'basket: { items: [] }',
      'personas/mia.yaml': 'persona: mia\ndataset: mny\n',
      'journeys/buy.journey.yaml':
        'journey: buy\npersona: { name: Mia, dataset: data/busyshop.yaml }\nsteps: []\n',
      'scenarios/busy.scenario.yaml':
        'scenario: busy\ndataset: data/busy-shop.yaml\nrules: [{ operation: store.getBasket, respond: { file: data/basket.json } }]\n',
      'scenarios/many.scenario.yaml': 'scenario: many\ndataset: many\nrules: []\n',
    }),
  ).toEqual([
    'personas/mia.yaml:2:10 TL1009 `dataset` names `mny`, which is neither typical, minimal, empty, one, many, extreme nor a file of the workspace. Did you mean `many`?',
    'journeys/buy.journey.yaml:2:32 TL1009 `dataset` names `data/busyshop.yaml`, which does not exist. Did you mean `data/busy-shop.yaml`?',
    'scenarios/busy.scenario.yaml:3:56 TL1009 `file` names `data/basket.json`, which does not exist. Check its name and folder; capitals count.',
  ])
})

test('reads a data set as any other file, however many name it', () => {
  const scenario = (name: string): string =>
    `scenario: ${name}\ndataset: data/busy.yaml\nrules: []\n`
  expect(
    problems({
      'data/busy.yaml': 'basket: [',
      'scenarios/a.scenario.yaml': scenario('a'),
      'scenarios/b.scenario.yaml': scenario('b'),
    }).map((one) => one.split(' ').slice(0, 2).join(' ')),
  ).toEqual(['data/busy.yaml:1:9 TL1001'])
})
