import { nameOf, nodeOf, nodesOfKind } from '@throughline/core'
import type { Graph, Operation, StepNode } from '@throughline/core'
import { scenarioNamed, scenariosOf } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'
import { resourcesOf } from '../world/resources.ts'
import type { Exported, ExportOptions } from './export-format.ts'
import { MSW_RUNTIME } from './msw-runtime.ts'
import { byPrecision, casesOf, commentOf, literal, methods, mswPath } from './msw-handlers.ts'
import type { Case } from './msw-handlers.ts'
import { exportGround } from './plain-answer.ts'

/**
 * Storybook stories: each step's screen on a good day and in each of its states, answered by Mock Service Worker as the mock does.
 * With a scenario, only that one. The screens themselves come from `./screens`, which the project writes.
 */
export function storybookStories(graph: Graph, options: ExportOptions = {}): Exported {
  const leftOut = new Set<string>()
  const only = options.scenario === undefined ? undefined : scenarioNamed(graph, options.scenario)
  const operations = answeredOperations(graph, leftOut)
  const grounds = new Map(
    graph.apis.map(({ name }) => [
      name,
      exportGround(
        resourcesOf([...nodesOfKind(graph, 'operation')].filter((one) => one.api === name)),
        options,
      ),
    ]),
  )
  const cases = (operation: Operation, scenario?: Scenario): readonly Case[] =>
    casesOf(operation, scenario, grounds.get(operation.api)!, options, leftOut)
  const taken = new Set<string>()
  const stories = [...nodesOfKind(graph, 'step')].flatMap((step): readonly string[] => {
    if (step.screen === undefined) return []
    const states =
      only === undefined ? statesOf(graph, step) : only.step === step.name ? [only] : []
    const good = only === undefined ? [storyOf(graph, step, undefined, taken, '')] : []
    return [
      ...good,
      ...states.map((scenario) => {
        const changed = operations
          .filter(({ id }) => scenario.rules.some((rule) => rule.operations.has(id)))
          .map(
            (one) =>
              `      ${JSON.stringify(nameOf(one.id))}: ${written(cases(one, scenario), 6)},`,
          )
        return storyOf(graph, step, scenario, taken, changed.join('\n'))
      }),
    ]
  })
  const table = operations.map(
    (one) =>
      `  // ${commentOf(graph, one)}\n  [${JSON.stringify(nameOf(one.id))}, '${one.method.toLowerCase()}', ${JSON.stringify(`*${mswPath(one)}`)}, ${written(cases(one), 2)}],`,
  )
  const text = [
    `// What people see of ${title(graph)}, in each state that its journeys promise.`,
    '// Written by `throughline export --format storybook`; written again, it is overwritten.',
    '//',
    "// `./screens` is yours. It says how each step's screen is drawn, in whatever your Storybook draws:",
    "//   export const screens = { 'checkout/basket': () => <Basket /> }",
    '// Handlers are played by msw-storybook-addon (`initialize()` and `mswLoader` in .storybook/preview).',
    "import { HttpResponse, delay, http } from 'msw'",
    "import { screens } from './screens'",
    '',
    `export default { title: ${JSON.stringify(title(graph))} }`,
    '',
    'const operations: [name: string, method: Method, path: string, cases: Case[]][] = [',
    ...table,
    ']',
    '',
    ...stories,
    RUNTIME,
    MSW_RUNTIME,
  ].join('\n')
  return { text, leftOut: [...leftOut] }
}

function statesOf(graph: Graph, step: StepNode): readonly Scenario[] {
  return scenariosOf(graph).filter((one) => one.kind === 'state' && one.step === step.name)
}

function answeredOperations(graph: Graph, leftOut: Set<string>): readonly Operation[] {
  return graph.apis.flatMap(({ name, contract }) => {
    if (contract === undefined) return []
    if (contract.protocol === 'graphql') {
      leftOut.add(
        `${name}: GraphQL is left out (${contract.operations.length} operations). Write graphql.query handlers for it, or point it at \`throughline mock\``,
      )
      return []
    }
    return [...nodesOfKind(graph, 'operation')]
      .filter((one) => {
        if (one.api !== name) return false
        const known = methods.has(one.method.toLowerCase())
        if (!known) leftOut.add(`${nameOf(one.id)}: MSW has no handlers for ${one.method}`)
        return known
      })
      .toSorted(byPrecision)
  })
}

function storyOf(
  graph: Graph,
  step: StepNode,
  scenario: Scenario | undefined,
  taken: Set<string>,
  changed: string,
): string {
  const rest = scenario?.name.slice(step.name.length + 1) ?? 'a good day'
  const journey = nodeOf(graph, 'journey', step.journey)
  const where = `Step ${step.name}, screen ${step.screen}${journey?.owner === undefined ? '' : `, owner ${journey.owner}`}.`
  const said = scenario?.show === undefined ? where : `${scenario.show}\n\n${where}`
  return [
    `export const ${exportName(scenario?.name ?? `${step.name}/good-day`, taken)} = {`,
    `  name: ${JSON.stringify(`${step.name}: ${rest}`)},`,
    `  render: () => screenOf(${JSON.stringify(step.name)}),`,
    '  parameters: {',
    `    docs: { description: { story: ${JSON.stringify(said)} } },`,
    ...(scenario === undefined
      ? []
      : [`    throughline: { scenario: ${JSON.stringify(scenario.name)} },`]),
    changed === ''
      ? '    msw: { handlers: answers({}) },'
      : `    msw: { handlers: answers({\n${changed}\n    }) },`,
    '  },',
    '}',
    '',
  ].join('\n')
}

/** `checkout/basket/store.getBasket/404` as `CheckoutBasketStoreGetBasket404`. */
function exportName(name: string, taken: Set<string>): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  const base = /^\p{Lu}/u.test(joined) ? joined : `State${joined}`
  let unique = base
  for (let number = 2; taken.has(unique); number++) unique = `${base}_${number}`
  taken.add(unique)
  return unique
}

function title({ name }: Graph): string {
  return name.replace(/\s+/g, ' ').trim() || 'Journeys'
}

function written(cases: readonly Case[], indent: number): string {
  return `[\n${cases.map((one) => `${' '.repeat(indent + 2)}${literal(one, indent + 2)},`).join('\n')}\n${' '.repeat(indent)}]`
}

const RUNTIME = `/** Every operation as on a good day, but for those that answer otherwise in a state. */
function answers(changed: Record<string, Case[]>) {
  return operations.map(([name, method, path, cases]) => on(method, path, changed[name] ?? cases))
}

function screenOf(step: string) {
  const draw = (screens as Record<string, (() => unknown) | undefined>)[step]
  if (draw === undefined) throw new Error(\`Say in ./screens how the screen of \${step} is drawn.\`)
  return draw()
}
`
