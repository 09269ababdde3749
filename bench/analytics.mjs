// The questions of the Performance page over ten million events, which the engine makes itself; and the truth test at full length.
// node bench/analytics.mjs [--engine duckdb|clickhouse] [--events 10000000] [--crowds 300]
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
import {
  stepVisits,
  stepWaits,
} from '../packages/throughline/src/targets/observe/questions/waits.ts'
import { boundSql } from '../packages/throughline/src/targets/observe/store/bound-sql.ts'
import { ClickhouseConnection } from '../packages/throughline/src/targets/observe/store/clickhouse-connection.ts'
import { openClickhouseStore } from '../packages/throughline/src/targets/observe/store/clickhouse-store.ts'
import { DuckdbDatabase } from '../packages/throughline/src/targets/observe/store/duckdb-database.ts'
import {
  clickhouseMissing,
  clickhouseServers,
} from '../packages/throughline/test/clickhouse-servers.ts'

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'duckdb' },
    events: { type: 'string', default: '10000000' },
    crowds: { type: 'string', default: '300' },
  },
})
const events = Number(values.events)
// Five steps a session, on each a view, a vital and three calls: 25 events.
const sessions = Math.floor(events / 25)
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
const columns =
  'kind, time, duration, source, environment, session, view, step, device, country, release, operation, method, status, outcome, bytes, network, name, value'
const visited = { step: steps[1], later: steps.slice(2), most: 20_000 }
const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
try {
  if (values.engine === 'clickhouse') await inClickhouse()
  else await inDuckdb()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** The store's own database, which makes the events itself. */
async function inDuckdb() {
  const start = { folder, memory: '1GB', columns: evidenceColumns }
  await (await DuckdbDatabase.open(start)).close()
  const { DuckDBInstance } = createRequire(
    new URL('../packages/throughline/package.json', import.meta.url),
  )('@duckdb/node-api')
  const made = await DuckDBInstance.create(join(folder, 'events.duckdb'))
  const connection = await made.connect()
  await timed(`${events.toLocaleString('en')} events made by SQL`, () =>
    connection.run(
      `INSERT INTO hot (arrival, ${columns}) SELECT 1, ${madeOf({ text: 'VARCHAR', random: 'random()' })}
      FROM range(${sessions}) AS s(session), range(5) AS t(step), range(5) AS p(part)`,
    ),
  )
  connection.closeSync()
  made.closeSync()
  const database = await DuckdbDatabase.open(start)
  await timed('waits of all visits, once; in use they follow what comes in', () =>
    database.prepare('SELECT 1 FROM visit_waits'),
  )
  await ask('duckdb', (sql) => database.query(sql))
  await database.close()
}

/** One server, with the store's own tables. */
async function inClickhouse() {
  const missing = clickhouseMissing()
  if (missing !== undefined) throw new Error(missing)
  const servers = await clickhouseServers({ port: 5290 })
  try {
    const [url] = servers.urls
    await (await openClickhouseStore({ urls: [url] })).close()
    const connection = await ClickhouseConnection.to([url], 'throughline')
    await timed(`${events.toLocaleString('en')} events made by SQL`, () =>
      connection.command(
        `INSERT INTO events (${columns}) SELECT ${madeOf({ text: 'String', random: '(rand() / 4294967295.)' })}
        FROM (SELECT number % 5 AS part, intDiv(number, 5) % 5 AS step, intDiv(number, 25) AS session FROM system.numbers LIMIT ${sessions * 25})`,
      ),
    )
    await connection.command('DROP TABLE batches') // which says that the waits are there
    await timed('waits of all visits, once; in use they follow what comes in', async () =>
      (await openClickhouseStore({ urls: [url] })).close(),
    )
    await ask('clickhouse', (sql) => connection.rows(sql))
    await connection.close()
  } finally {
    await servers.close()
  }
}

async function ask(dialect, rows) {
  const asked = [
    [funnel(5, 'all')],
    [funnel(5, 'device')],
    [operationHours],
    [stepWaits(5)],
    [stepVisits, visited],
  ]
  for (const [{ name, sql }, more = {}] of asked)
    await timed(
      name,
      () =>
        rows(
          boundSql(
            typeof sql === 'string' ? sql : sql[dialect],
            { ...parameters, ...more },
            dialect,
          ),
        ),
      3,
    )
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

/** The values of `columns`, of a row that has a session, a step and a part. */
function madeOf({ text, random }) {
  const joined = (...parts) => `concat(${parts.join(', ')})`
  const named = (prefix, number) => joined(`'${prefix}'`, `CAST(${number} AS ${text})`)
  const isCall = 'part > 0 AND part < 4'
  return [
    `CASE WHEN part = 0 THEN 'view' WHEN part = 4 THEN 'vital' ELSE 'call' END`,
    `1790000000000.0 + session * 400 + step * 20000 + part * 30`,
    `CASE WHEN ${isCall} THEN 60 + 900 * ${random} * ${random} END`,
    `'sdk'`,
    `'production'`,
    named('s', 'session'),
    named('v', 'step'),
    named('checkout/step', 'step'),
    `CASE WHEN session % 5 < 3 THEN 'phone' ELSE 'desktop' END`,
    `CASE WHEN session % 7 = 0 THEN 'AT' ELSE 'DE' END`,
    `CASE WHEN session % 2 = 0 THEN '1.0' ELSE '1.1' END`,
    `CASE WHEN ${isCall} THEN ${named('store.operation', 'step * 3 + part')} END`,
    `'GET'`,
    '200',
    `'ok'`,
    '2000',
    '80',
    `CASE WHEN part = 4 THEN 'LCP' END`,
    `CASE WHEN part = 4 THEN 1200 END`,
  ].join(', ')
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
