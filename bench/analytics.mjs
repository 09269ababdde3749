// The questions of the Performance page over ten million events, which DuckDB makes itself; and the truth test at full length.
// node bench/analytics.mjs [--events 10000000] [--crowds 300]
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { evidenceColumns } from '../packages/core/src/evidence/columns.ts'
import { costOfSlow } from '../packages/core/src/analytics/cost-of-slow.ts'
import { simulatedVisits } from '../packages/core/src/analytics/simulated-visits.ts'
import { operationHours } from '../packages/throughline/src/targets/observe/questions/calls.ts'
import { funnel } from '../packages/throughline/src/targets/observe/questions/funnel.ts'
import { stepWaits } from '../packages/throughline/src/targets/observe/questions/waits.ts'
import { boundSql } from '../packages/throughline/src/targets/observe/store/bound-sql.ts'

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '10000000' },
    crowds: { type: 'string', default: '300' },
  },
})
const events = Number(values.events)
const { DuckDBInstance } = createRequire(
  new URL('../packages/throughline/package.json', import.meta.url),
)('@duckdb/node-api')

const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
const database = await DuckDBInstance.create(join(folder, 'events.duckdb'))
const connection = await database.connect()
try {
  const types = {
    text: 'VARCHAR',
    json: 'VARCHAR',
    number: 'DOUBLE',
    integer: 'INTEGER',
    boolean: 'BOOLEAN',
  }
  await connection.run(
    `CREATE TABLE events (batch VARCHAR, ${Object.entries(evidenceColumns)
      .map(([name, type]) => `"${name}" ${types[type]}`)
      .join(', ')})`,
  )
  // Five steps a session, on each a view, a vital and three calls: 25 events. Fewer reach each step than the one before.
  const sessions = Math.floor(events / 25)
  await timed(`${events.toLocaleString('en')} events made by SQL`, () =>
    connection.run(`INSERT INTO events (kind, time, duration, source, environment, session, view, step, device, country, release, operation, method, status, outcome, bytes, network, name, value)
      SELECT CASE WHEN part = 0 THEN 'view' WHEN part = 4 THEN 'vital' ELSE 'call' END,
        1.79e12 + session * 400 + step * 20000 + CASE part WHEN 0 THEN 0 ELSE part * 30 END,
        CASE WHEN part BETWEEN 1 AND 3 THEN 60 + 900 * random() * random() END, 'sdk', 'production',
        's' || session, 'v' || step, 'checkout/step' || step, CASE WHEN session % 5 < 3 THEN 'phone' ELSE 'desktop' END,
        CASE WHEN session % 7 = 0 THEN 'AT' ELSE 'DE' END, CASE WHEN session % 2 = 0 THEN '1.0' ELSE '1.1' END,
        CASE WHEN part BETWEEN 1 AND 3 THEN 'store.operation' || (step * 3 + part) END, 'GET', 200, 'ok', 2000, 80,
        CASE WHEN part = 4 THEN 'LCP' END, CASE WHEN part = 4 THEN 1200 END
      FROM range(${sessions}) AS s(session), range(5) AS t(step), range(5) AS p(part)`),
  )
  const steps = [0, 1, 2, 3, 4].map((step) => `checkout/step${step}`)
  const parameters = {
    since: 0,
    until: 9e15,
    environment: '',
    device: '',
    release: '',
    steps,
    ...Object.fromEntries(
      steps.flatMap((step, at) => [
        [`step${at}`, step],
        [`target${at}`, 500],
      ]),
    ),
  }
  const ask = async (query) => {
    const { sql } = query
    const text = typeof sql === 'string' ? sql : sql.duckdb
    return (await connection.runAndReadAll(boundSql(text, parameters, 'duckdb'))).getRowObjects()
  }
  for (const query of [funnel(5, 'all'), funnel(5, 'device'), operationHours, stepWaits(5)])
    await timed(query.name, () => ask(query), 3)
} finally {
  connection.closeSync()
  database.closeSync()
  rmSync(folder, { recursive: true, force: true })
}

const crowds = Number(values.crowds)
for (const effect of [0.6, 0]) {
  let inside = 0
  let claimed = 0
  const began = performance.now()
  for (let crowd = 0; crowd < crowds; crowd += 1) {
    const { visits, truth } = simulatedVisits({
      visits: 2000,
      seed: `bench ${crowd}`,
      effect,
      budget: 600,
    })
    const cost = costOfSlow(visits, { budget: 600, draws: 200 })
    if (cost.kind !== 'estimate') continue
    const { low, high } = cost.difference
    if (low <= truth && truth <= high) inside += 1
    if (low > 0) claimed += 1
  }
  console.log(
    `${effect === 0 ? 'no effect' : 'an effect'}: true value inside the interval in ${share(inside)}, a cost claimed in ${share(claimed)} of ${crowds} crowds (${Math.round((performance.now() - began) / crowds)} ms each)`,
  )
}

function share(count) {
  return `${((count / crowds) * 100).toFixed(1)} %`
}

/** Runs it and says how long it took: the best of `times`, and all of them. */
async function timed(name, act, times = 1) {
  const took = []
  for (let round = 0; round < times; round += 1) {
    const began = performance.now()
    await act()
    took.push(Math.round(performance.now() - began))
  }
  console.log(`${name}: ${Math.min(...took)} ms${times > 1 ? ` (${took.join(', ')})` : ''}`)
}
