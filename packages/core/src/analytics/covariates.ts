import type { StepVisit } from './step-visit.ts'

/** Something that visits are told apart by, as columns of a model: one for a number, one for each kind but the commonest. */
export interface Covariate {
  readonly name: string
  readonly columns: readonly Float64Array[]
}

/** What is known of the visits, ready for a model; rare kinds are taken together. With the client's network time, where it is measured. */
export function covariatesOf(
  visits: readonly StepVisit[],
  withNetwork: boolean,
): readonly Covariate[] {
  const names = [...new Set(visits.flatMap(({ about }) => Object.keys(about)))].toSorted()
  const left = visits.filter((one) => one.left).length
  // Ten outcomes for each column, as a rule of thumb: with more columns the model would learn the visits by heart.
  let room = Math.max(
    1,
    Math.floor(Math.min(left, visits.length - left) / 10) - 2 - (withNetwork ? 1 : 0),
  )
  const found: Covariate[] = []
  for (const name of names) {
    const columns = kindsOf(visits, name).map((kind) =>
      Float64Array.from(visits, ({ about }) => (kind.has(valueIn(about, name)) ? 1 : 0)),
    )
    if (columns.length === 0 || columns.length > room) continue
    room -= columns.length
    found.push({ name, columns })
  }
  if (!withNetwork) return found
  const logs = visits.flatMap(({ network }) =>
    network === undefined ? [] : [Math.log(Math.max(1, network))],
  )
  const mean = logs.reduce((sum, one) => sum + one, 0) / logs.length
  const network = Float64Array.from(visits, (one) =>
    one.network === undefined ? 0 : Math.log(Math.max(1, one.network)) - mean,
  )
  return [...found, { name: 'network time', columns: [network] }]
}

const mostKinds = 8
const leastOfKind = 20

/** The kinds but the commonest; all rare ones are one. */
function kindsOf(visits: readonly StepVisit[], name: string): readonly ReadonlySet<string>[] {
  const counts = new Map<string, number>()
  for (const { about } of visits) {
    const value = valueIn(about, name)
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const sorted = [...counts].toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b, 'en'))
  const common = sorted.slice(1, mostKinds).filter(([, count]) => count >= leastOfKind)
  const rest = sorted.slice(1 + common.length)
  const many = rest.reduce((sum, [, count]) => sum + count, 0) >= leastOfKind
  return [
    ...common.map(([value]) => new Set([value])),
    ...(many ? [new Set(rest.map(([value]) => value))] : []),
  ]
}

function valueIn(about: StepVisit['about'], name: string): string {
  return Object.hasOwn(about, name) ? about[name]! : ''
}
