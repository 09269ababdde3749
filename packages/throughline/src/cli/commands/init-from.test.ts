import { expect, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'

const agent = '"Mozilla/5.0 (Macintosh)"'
const line = (
  client: string,
  second: number,
  request: string,
  status: number,
  from: string,
): string =>
  `${client} - - [22/Nov/2026:10:00:${String(second).padStart(2, '0')} +0000] "${request} HTTP/1.1" ${status} 512 "${from}" ${agent} 0.120`
const shop = 'https://shop.example'

test('makes screens, calls and budgets of an access log, and keeps to itself who asked', async () => {
  const shell = shellIn({
    'access.log': [
      line('10.1.2.3', 0, 'GET /basket', 200, '-'),
      line('10.1.2.3', 1, 'GET /style.css', 200, `${shop}/basket`),
      line('10.1.2.3', 1, 'GET /api/basket?email=maya@mail.example', 200, `${shop}/basket`),
      line('10.1.2.3', 5, 'POST /api/payments', 402, `${shop}/payment`),
      line('10.9.9.9', 3, 'GET /api/orders/4711', 200, `${shop}/orders/4711`),
      line('10.9.9.9', 9, 'GET /api/orders/4712', 200, `${shop}/orders/4712`),
      'half a line',
    ].join('\n'),
  })
  const { status, stdout } = await shell.run(
    'init',
    '--from-traffic',
    'access.log',
    '--dir',
    'found',
  )
  expect(status).toBe(0)
  expect(stdout).toContain('3 operations, 2 journeys\n1 line could not be read.')
  const journeys = shell.list().filter((one) => one.startsWith('found/journeys/'))
  const text = journeys.map((one) => shell.read(one)).join('\n')
  expect([...text.matchAll(/screen: (\S+)/g)].map((one) => one[1])).toEqual([
    '/orders/:orderId',
    '/basket',
    '/payment',
  ])
  expect(text).toContain('p75: 200ms')
  expect(text).toContain('"402"')
  const all = shell.list().filter((one) => one !== 'access.log' && !one.endsWith('/'))
  expect(all.map((one) => shell.read(one)).join('\n')).not.toMatch(/10\.1\.2\.3|maya@/)
  expect((await shell.run('check', 'found')).status).toBe(0)
})

test('reads the columns that a W3C log names', async () => {
  const shell = shellIn({
    'iis.log': `#Version: 1.0
#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status cs(User-Agent) cs(Referer) time-taken
2026-11-22 10:00:00 10.1.2.3 GET /api/basket - 200 Mozilla/5.0 ${shop}/basket 310
2026-11-22 10:00:02 10.1.2.3 POST /api/orders - 201 Mozilla/5.0 ${shop}/payment 900
`,
  })
  const { stdout } = await shell.run('init', '--from-traffic', 'iis.log', '--json')
  expect(JSON.parse(stdout)).toMatchObject({ operations: 2, journeys: 1 })
  expect(shell.read('journeys/payment.journey.yaml')).toContain('p75: 1350ms')
})

test('drafts journeys where a collection of Postman shows no screens, with requests that have no example', async () => {
  const shell = shellIn({
    'shop.postman_collection.json': JSON.stringify({
      info: {
        name: 'Shop',
        schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
      },
      variable: [{ key: 'host', value: 'https://api.shop.example/v1' }],
      item: [
        {
          name: 'Orders',
          item: [
            {
              name: 'One order',
              request: { method: 'GET', url: { raw: '{{host}}/orders/{{orderId}}' } },
              response: [{ code: 200, body: '{"id":"o-1","email":"maya@mail.example"}' }],
            },
            { name: 'All', request: { method: 'GET', url: '{{host}}/orders' } },
          ],
        },
      ],
    }),
  })
  const { status, stdout } = await shell.run(
    'init',
    '--from-postman',
    'shop.postman_collection.json',
    '--name',
    'Corner Market',
  )
  expect({ status, stdout }).toMatchObject({ status: 0, stdout: /2 operations, 1 journey/ })
  const contract = shell.read(shell.list().find((one) => one.startsWith('apis/'))!)
  expect(contract).toContain('https://api.shop.example/v1')
  expect(contract).toContain('{orderId}')
  expect(contract).not.toContain('maya@')
  expect((await shell.run('check')).status).toBe(0)
})

const har = JSON.stringify({
  log: {
    entries: ['/basket', '/basket', '/payment'].map((page, index) => ({
      startedDateTime: `2026-11-22T10:00:0${index}Z`,
      time: 80,
      request: {
        method: 'GET',
        url: `http://localhost:4000${page === '/payment' ? '/payment-methods' : '/basket'}`,
        headers: [{ name: 'Referer', value: `http://localhost:3000${page}` }],
      },
      response: {
        status: 200,
        content: { mimeType: 'application/json', text: '{"total":{"amount":897},"coupon":null}' },
      },
    })),
  },
})

test('writes the same from a recording as discover does', async () => {
  const shell = shellIn({ 'session.har': har })
  expect((await shell.run('init', '--from-har', 'session.har', '--dir', 'a')).status).toBe(0)
  const { status, stdout } = await shell.run('discover', '--har', 'session.har', '--dir', 'b')
  expect(status).toBe(0)
  expect(stdout).toContain('/payment')
  const written = (folder: string): readonly string[] =>
    shell.list().flatMap((one) => (one.startsWith(`${folder}/`) ? [one.slice(2)] : []))
  expect(written('a').filter((one) => !one.includes('.throughline'))).toEqual(
    written('b').filter((one) => !one.includes('.throughline')),
  )
  expect(shell.read('a/throughline.yaml')).toBe(shell.read('b/throughline.yaml'))
})

test('says the fields that answers have and the contract does not, once there is one', async () => {
  const shell = shellIn({ 'session.har': har })
  await shell.run('discover', '--har', 'session.har')
  const again = await shell.run('discover', '--har', 'session.har')
  expect(again).toMatchObject({
    status: 0,
    stdout: 'The app calls and reads what the workspace says.\n',
  })
  shell.write({ 'later.har': har.replaceAll('\\"coupon\\":null', '\\"coupon\\":null,\\"tip\\":3') })
  const { status, stdout } = await shell.run('discover', '--har', 'later.har')
  expect(status).toBe(1)
  expect(stdout).toMatch(
    /^Answers of \S+\.getBasket have `tip`, and the contract does not say so; payment\/basket calls it\.$/m,
  )
})

test.each([
  [['--from-har', 'x.json'], 'x.json is no HAR file.'],
  [['--from-postman', 'x.json'], 'x.json is no Postman collection'],
  [['--from-traffic', 'x.json'], 'x.json has no line that is a request'],
  [['--from-traffic', 'gone.log'], 'There is no file gone.log.'],
  [['--from-har', 'x.json', '--from-traffic', 'x.json'], 'Name one thing to start from'],
])('refuses %j', async (argv, words) => {
  const shell = shellIn({ 'x.json': '{"a":1}' })
  const { status, stderr } = await shell.run('init', ...argv)
  expect(status).toBe(2)
  expect(stderr).toContain(words)
  expect(shell.list()).toEqual(['x.json'])
})
