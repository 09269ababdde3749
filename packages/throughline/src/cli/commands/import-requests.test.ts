import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { shellIn } from '../../../test/shell.ts'
import type { Shell } from '../../../test/shell.ts'

const insomnia = `type: spec.insomnia.rest/5.0
schema_version: "5.1"
name: Shop
collection:
  - name: Basket
    children:
      - url: "{{ _.base_url }}/basket/{{ _.basketId }}"
        name: Read the basket
        method: GET
        meta: { id: req_1, sortKey: 2 }
        parameters: [{ name: api_key, value: sk_live_abcdefgh12345 }, { name: size, value: big }]
        authentication: { type: bearer, token: open-sesame-1 }
        scripts:
          afterResponse: insomnia.test('is there', () => insomnia.expect('open-sesame-1').to.be.ok)
      - url: "{{ _.base_url }}/coupons"
        name: Add a coupon
        method: POST
        meta: { id: req_2, sortKey: 1 }
        body: { mimeType: application/json, text: '{"code": "A", "password": "hunter2"}' }
        headers: [{ name: X-From, value: "{% response 'body', 'req_1' %}" }]
      - { url: "wss://shop.example/live", name: Live, meta: { id: ws-req_1 } }
cookieJar: { cookies: [{ key: sid, value: tasty-cookie-1 }] }
environments:
  data: { base_url: "{{ _.scheme }}://shop.example/v1", scheme: https, token: abcd-1234, basketId: b1 }
  subEnvironments: [{ name: Staging, data: { base_url: "https://staging.shop.example", apiKey: quiet-key-1 } }]
spec:
  contents:
    openapi: 3.1.0
    info: { title: Shop, version: "1" }
    paths: { "/v1/basket/{id}": { get: { operationId: getBasket, responses: { "200": { description: ok } } } } }
`

const bruno: Readonly<Record<string, string>> = {
  'bruno.json': '{"version": "1", "name": "Shop", "type": "collection"}',
  'collection.bru':
    'headers {\n  X-Shop: 1\n}\n\nauth {\n  mode: bearer\n}\n\nauth:bearer {\n  token: open-sesame-1\n}\n',
  'environments/Local.bru':
    'vars {\n  baseUrl: http://localhost:4520\n}\nvars:secret [\n  apiToken\n]\n',
  'Basket/folder.bru': 'meta {\n  name: The basket\n}\n',
  'Basket/read.bru': `meta {
  name: Read the basket
  type: http
  seq: 1
}

get {
  url: {{baseUrl}}/basket/:id?size=big
  auth: inherit
}

params:path {
  id: b1
}

vars:post-response {
  total: res.body.total
  odd: res.body.items.map(x => x)
}

assert {
  res.status: eq 200
  res.body.items: isArray
}

tests {
  test("is mine", function() { expect(res.getBody().id).to.eql("b1") })
}

example {
  name: Two things

  request: {
    url: {{baseUrl}}/basket/:id
    method: get
  }

  response: {
    headers: {
      Content-Type: application/json
    }

    status: {
      code: 200
      text: OK
    }

    body: {
      type: json
      content: '''
        {"id": "b1", "items": [], "total": 2}
      '''
    }
  }
}
`,
  'live.bru': 'meta {\n  name: Live\n}\n\nws {\n  url: wss://shop.example\n}\n',
}

const opencollection = stringify({
  opencollection: '1.0.0',
  info: { name: 'Shop' },
  config: {
    environments: [
      {
        name: 'Local',
        variables: [
          { name: 'baseUrl', value: 'http://x.example' },
          { name: 'apiToken', secret: true },
        ],
      },
    ],
  },
  items: [
    {
      info: { name: 'Basket', type: 'folder' },
      items: [
        {
          info: { name: 'Read the basket', type: 'http', seq: 2 },
          http: {
            method: 'GET',
            url: '{{baseUrl}}/basket',
            params: [{ name: 'size', value: 'big', type: 'query' }],
          },
          runtime: { assertions: [{ expression: 'res.status', operator: 'eq', value: '200' }] },
        },
        {
          info: { name: 'Pay', type: 'http', seq: 1 },
          http: {
            method: 'POST',
            url: '{{baseUrl}}/payments',
            body: { type: 'json', data: '{"card":"x"}' },
          },
          examples: [
            {
              name: 'Declined',
              response: { status: 402, body: { type: 'json', data: '{"title":"No"}' } },
            },
          ],
        },
      ],
    },
    { info: { name: 'Watch', type: 'grpc' }, grpc: {} },
  ],
})

interface Told {
  readonly written: readonly string[]
  readonly loss: Readonly<
    Record<
      'taken' | 'changed' | 'dropped',
      readonly { readonly what: string; readonly why: string }[]
    >
  >
}

async function taken(shell: Shell, ...argv: readonly string[]): Promise<Told> {
  const done = await shell.run('import', ...argv, '--json')
  expect(done).toMatchObject({ status: 0 })
  return JSON.parse(done.stdout) as Told
}

function everything(shell: Shell, besides: RegExp): string {
  return shell
    .list()
    .filter((path) => !besides.test(path))
    .map((path) => shell.read(path))
    .join('\n')
}

test('takes in an export of Insomnia: its contract, its requests to send, and none of its secrets', async () => {
  const shell = shellIn({ 'shop.yaml': insomnia })
  const told = await taken(shell, 'shop.yaml')
  expect(told.written).toEqual([
    'throughline.yaml',
    'apis/shop-2.openapi.yaml',
    'apis/shop.openapi.yaml',
    'collections/shop.postman_collection.json',
    'collections/shop.staging.json',
  ])
  expect(told.loss.taken).toContainEqual({
    what: 'Read the basket',
    why: 'GET /v1/basket/{basketId}',
  })
  expect(told.loss.dropped).toContainEqual({ what: 'Live', why: 'it is no HTTP request' })
  expect(told.loss.changed.map(({ what }) => what)).toContain('Add a coupon')
  const written = everything(shell, /^shop\.yaml$/)
  for (const secret of ['sk_live', 'open-sesame', 'hunter2', 'tasty', 'abcd-1234', 'quiet-key'])
    expect(written).not.toContain(secret)
  expect(written).toContain('{{base_url}}/basket/{{basketId}}?api_key={{api_key}}&size=big')
})

test('takes in the older JSON of Insomnia as well, folders and all', async () => {
  const one = (type: string, id: string, parentId: string | null, rest: object): object => ({
    _type: type,
    _id: id,
    parentId,
    ...rest,
  })
  const shell = shellIn({
    'old.json': JSON.stringify({
      _type: 'export',
      __export_format: 4,
      resources: [
        one('request', 'r', 'f', { name: 'Pay', method: 'POST', url: '{{ _.base }}/payments' }),
        one('request_group', 'f', 'w', { name: 'Checkout' }),
        one('request_group', 'f2', 'f2', { name: 'Its own parent' }),
        one('environment', 'e', 'w', { data: { base: 'https://shop.example' } }),
        one('websocket_request', 's', 'w', { name: 'Live', url: 'wss://shop.example' }),
        one('workspace', 'w', null, { name: 'Shop' }),
      ],
    }),
  })
  const told = await taken(shell, 'old.json')
  expect(told.loss.taken).toEqual([{ what: 'Pay', why: 'POST /payments' }])
  expect(told.loss.dropped).toEqual([{ what: 'Live', why: 'it is no HTTP request' }])
})

test('takes in a Bruno folder: answers as examples, assertions and scripts as tests', async () => {
  const shell = shellIn(
    Object.fromEntries(Object.entries(bruno).map(([path, text]) => [`bruno/${path}`, text])),
  )
  const told = await taken(shell, 'bruno')
  expect(told.loss.dropped).toContainEqual({ what: 'Live', why: 'a ws call' })
  expect(told.loss.dropped).toContainEqual({
    what: 'Read the basket',
    why: 'what its answer sets `odd` to',
  })
  const written = everything(shell, /^bruno\//)
  expect(written).not.toContain('open-sesame')
  const collection = shell.read('collections/bruno.postman_collection.json')
  expect(collection).toContain('pm.expect(pm.response.code).to.eql(200)')
  expect(collection).toContain('pm.environment.set(\\"total\\", pm.response.json().total)')
  expect(collection).toContain('X-Shop')
  expect(shell.read('collections/bruno.local.json')).toContain('http://localhost:4520')
  expect(shell.read('apis/bruno.openapi.yaml')).toContain('total: 2')
})

test('takes in OpenCollection from one file and from its folder alike', async () => {
  const shell = shellIn({
    'shop.yml': opencollection,
    'folder/opencollection.yml': 'opencollection: 1.0.0\ninfo: { name: Shop }\n',
    'folder/environments/Local.yml': 'variables: [{ name: baseUrl, value: http://x.example }]\n',
    'folder/Basket/folder.yml': 'info: { name: Basket, type: folder }\n',
    'folder/Basket/read.yml':
      'info: { name: Read the basket, type: http, seq: 2 }\nhttp: { method: GET, url: "{{baseUrl}}/basket" }\n',
  })
  const whole = await taken(shell, 'shop.yml', '--dir', 'one')
  expect(whole.loss.taken.map(({ why }) => why)).toEqual([
    'POST /payments',
    'GET /basket',
    'collections/shop.local.json',
  ])
  expect(whole.loss.dropped).toContainEqual({ what: 'Watch', why: 'a grpc item' })
  expect(whole.written).toContain('scenarios/pay-declined.scenario.yaml')
  const apart = await taken(shell, 'folder', '--dir', 'two')
  expect(apart.loss.taken[0]).toEqual({ what: 'Read the basket', why: 'GET /basket' })
})

test('takes in a collection as Postman keeps it in git: a folder of YAML files', async () => {
  const shell = shellIn({
    'shop/.resources/definition.yaml':
      '$kind: collection\nname: Shop\nvariables: { base: https://shop.example }\n',
    'shop/Read the basket.request.yaml':
      '$kind: http-request\nurl: "{{base}}/basket/:id"\nmethod: GET\npathVariables: [{ key: id, value: b1 }]\n',
  })
  const told = await taken(shell, 'shop')
  expect(told.loss.taken).toEqual([{ what: 'Read the basket', why: 'GET /basket/{id}' }])
})

test('reads nothing that is hostile: a clear error or a report, never a crash', async () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
    .split('')
    .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[at]}`).join(',')}]`)
    .join('\n')}\ntype: collection.insomnia.rest/5.0\n`
  const shell = shellIn({
    'bomb.yaml': bomb,
    'deep.yaml': `type: collection.insomnia.rest/5.0\ncollection: ${'['.repeat(5000)}${']'.repeat(5000)}\n`,
    'deep.json': `{"info":{"schema":"postman.com"},"item":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    'proto.yaml':
      'type: collection.insomnia.rest/5.0\n__proto__: { polluted: 1 }\ncollection: [{ name: __proto__, url: /constructor, method: __proto__, headers: [{ name: __proto__, value: 1 }], __proto__: { polluted: 1 } }]\nenvironments: { data: { __proto__: x, constructor: { prototype: y } } }\n',
    'long.yaml': `type: collection.insomnia.rest/5.0\ncollection: [{ name: ${'n'.repeat(10_000_000)}, url: "https://shop.example/${'{'.repeat(1_000_000)}" }]\n`,
    'new.yaml': 'type: collection.insomnia.rest/6.0\ncollection: []\n',
    'empty.yaml': '',
  })
  for (const path of ['bomb.yaml', 'deep.yaml', 'deep.json', 'new.yaml', 'empty.yaml']) {
    const done = await shell.run('import', path, '--dry-run')
    expect([path, done.status]).toEqual([path, 2])
    expect(done.stderr).toContain(path)
  }
  for (const path of ['proto.yaml', 'long.yaml'])
    expect([0, 1, 2]).toContain((await shell.run('import', path, '--dry-run', '--json')).status)
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})

test('reads whatever is left of a file that was cut or damaged', async () => {
  const har = JSON.stringify({
    log: {
      version: '1.2',
      entries: [
        {
          request: { method: 'GET', url: 'https://shop.example/basket/1' },
          response: { status: 200, content: { text: '{"a":1}', mimeType: 'application/json' } },
        },
      ],
    },
  })
  const texts: Readonly<Record<string, string>> = {
    'insomnia.yaml': insomnia,
    'open.yml': opencollection,
    'read.bru': bruno['Basket/read.bru']!,
    'session.har': har,
  }
  const shell = shellIn({})
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(texts)),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(
        '',
        '__proto__',
        '{',
        '[]',
        'null',
        '\u0000',
        '"',
        ': ',
        '- ',
        '&a *a',
        '9e999',
      ),
      fc.boolean(),
      async (path, at, put, cut) => {
        const text = texts[path]!
        const place = Math.floor(at * text.length)
        shell.write({ [path]: `${text.slice(0, place)}${put}${cut ? '' : text.slice(place + 1)}` })
        const done = await shell.run(
          'import',
          path,
          '--dry-run',
          '--json',
          '--dir',
          join('to', path),
        )
        expect([0, 1, 2]).toContain(done.status)
        if (done.status === 2) expect(done.stderr).not.toMatch(/\n\s+at /)
      },
    ),
    { numRuns: 120 },
  )
})
