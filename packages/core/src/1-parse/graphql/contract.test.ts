import { readFileSync } from 'node:fs'
import { buildSchema, introspectionFromSchema } from 'graphql'
import { describe, expect, test } from 'vitest'
import { filesOf } from '../../../test/in-memory-files.ts'
import { fieldsOf } from '../../operation/fields-of.ts'
import type { Contract } from '../../operation/api.ts'
import { successResponse } from '../../operation/operation.ts'
import { findField } from '../../schema/fields.ts'
import { validatorOf } from '../../schema/validate.ts'
import { located, type Diagnostic } from '../../text/diagnostic.ts'
import { descend, originOf, rootOf } from '../../text/site.ts'
import { parseWorkspace } from '../workspace.ts'

const sdl = `"What customers say"
type Query {
  "The reviews of a product"
  reviews(product: ID!, first: Int = 10, sort: Sort): [Review!]!
  search(filter: Filter!): [Found]
  oldest: Review @deprecated(reason: "Ask for reviews")
}

type Mutation {
  addReview(input: AddReview!): Review
  reviews: Int
}

extend type Query {
  average(product: ID!): Float
}

enum Sort { NEWEST BEST }
scalar DateTime
scalar Colour
union Found = Review | Answer
interface Text { text: String! }

"One opinion"
type Review implements Text {
  rating: Int!
  text: String!
  writtenAt: DateTime!
  author: Author
  answers: [[Answer!]!]
}
type Answer implements Text { text: String!, colour: Colour }
type Author { name: String! }
input AddReview { product: ID!, rating: Int! = 5, text: String }
input Filter @oneOf { text: String, author: ID }
`

function contractOf(
  text: string,
  path = 'reviews.graphql',
  documents: Readonly<Record<string, string>> = {},
): Contract {
  const files = filesOf({
    'throughline.yaml': `throughline: 1\napis: { reviews: { contract: ${path}, owner: reviewers, stage: beta, documents: 'app/**/*.{graphql,ts,tsx}' } }`,
    [path]: text,
    ...documents,
  })
  return parseWorkspace(files).contracts.get('reviews')!
}

function lines(diagnostics: readonly Diagnostic[]): readonly string[] {
  return located(diagnostics).map(
    ({ file, range, code, message }) =>
      `${file}:${range.start.line}:${range.start.column} ${code} ${message}`,
  )
}

function schemaOf(contract: Contract, type: string): unknown {
  return JSON.parse(JSON.stringify(descend(rootOf(contract.root), ['$defs', type])?.value ?? null))
}

const contract = contractOf(sdl)
const introspected = contractOf(
  JSON.stringify({
    data: introspectionFromSchema(buildSchema(sdl), {
      oneOf: true,
      inputValueDeprecation: true,
      specifiedByUrl: true,
    }),
  }),
  'reviews.json',
)

describe.each([
  ['SDL', contract],
  ['introspection', introspected],
])('a schema from %s', (_, contract) => {
  test('has an operation for each field of its root types', () => {
    expect(contract.diagnostics).toEqual([])
    expect(
      contract.operations.map(({ id, method, path, deprecated, stage, owner }) => ({
        id,
        method,
        path,
        deprecated,
        stage,
        owner,
      })),
    ).toMatchObject([
      {
        id: 'op:reviews.reviews',
        method: 'query',
        path: 'reviews',
        deprecated: false,
        stage: 'beta',
        owner: 'reviewers',
      },
      { id: 'op:reviews.search' },
      { id: 'op:reviews.oldest', deprecated: true, stage: 'deprecated' },
      { id: 'op:reviews.average' },
      { id: 'op:reviews.addReview', method: 'mutation' },
      { id: 'op:reviews.mutation reviews', method: 'mutation', path: 'reviews' },
    ])
    expect(contract.operations[0]!.description).toBe('The reviews of a product')
  })

  test('has arguments as parameters', () => {
    const parameters = contract.operations[0]!.parameters()
    expect(
      parameters.map(({ name, required, schema }) => ({ name, required, schema: schema?.value })),
    ).toEqual([
      { name: 'product', required: true, schema: { type: ['string', 'integer'] } },
      {
        name: 'first',
        required: false,
        schema: {
          type: ['integer', 'null'],
          minimum: -2_147_483_648,
          maximum: 2_147_483_647,
          default: 10,
        },
      },
      {
        name: 'sort',
        required: false,
        schema: { anyOf: [{ $ref: '#/$defs/Sort' }, { type: 'null' }] },
      },
    ])
  })

  test('has its types as JSON Schema', () => {
    expect(schemaOf(contract, 'Review')).toEqual({
      description: 'One opinion',
      type: 'object',
      required: ['rating', 'text', 'writtenAt', 'author', 'answers'],
      properties: {
        rating: { type: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 },
        text: { type: 'string' },
        writtenAt: { $ref: '#/$defs/DateTime' },
        author: { anyOf: [{ $ref: '#/$defs/Author' }, { type: 'null' }] },
        answers: {
          type: ['array', 'null'],
          items: { type: 'array', items: { $ref: '#/$defs/Answer' } },
        },
      },
    })
    expect(schemaOf(contract, 'DateTime')).toEqual({ type: 'string', format: 'date-time' })
    expect(schemaOf(contract, 'Colour')).toEqual({
      type: ['string', 'integer', 'number', 'boolean'],
    })
    expect(schemaOf(contract, 'Sort')).toEqual({ type: 'string', enum: ['NEWEST', 'BEST'] })
    expect(schemaOf(contract, 'AddReview')).toMatchObject({
      type: 'object',
      required: ['product'],
      additionalProperties: false,
    })
    expect(schemaOf(contract, 'Filter')).toMatchObject({ minProperties: 1, maxProperties: 1 })
    expect(schemaOf(contract, 'Text')).toMatchObject({
      properties: { text: { type: 'string' } },
      oneOf: [{ $ref: '#/$defs/Review' }, { $ref: '#/$defs/Answer' }],
    })
  })

  test('has fields under the paths that journeys need', () => {
    const [reviews, search] = contract.operations
    const found = findField(fieldsOf(reviews!), '[].author.name')
    expect(found).toMatchObject({
      field: { types: ['string'] },
      absence: [{ path: '[].author', reason: 'nullable' }],
    })
    expect(findField(fieldsOf(reviews!), '[].answers[][].text')).toMatchObject({
      field: { name: 'text' },
    })
    expect(findField(fieldsOf(search!), '[].rating')).toMatchObject({
      field: { types: ['integer'] },
    })
    expect(findField(fieldsOf(reviews!), '[].stars')).toMatchObject({
      known: expect.arrayContaining(['rating']),
    })
  })

  test('validates answers', () => {
    const valid = validatorOf(successResponse(contract.operations[1]!)!.content[0]!.schema!)
    expect(valid([{ __typename: 'Answer', text: 'Thank you', colour: null }, null])).toEqual([])
    expect(valid([{ __typename: 'Answer', text: 12 }])).not.toEqual([])
  })

  test('can be had as SDL', () => {
    const again = buildSchema(contract.graphql!.sdl())
    expect(Object.keys(again.getQueryType()!.getFields())).toEqual([
      'reviews',
      'search',
      'oldest',
      'average',
    ])
  })

  test('is valid', () => {
    expect(lines(contract.validity())).toEqual([])
  })
})

test('points at names in the SDL, and in the JSON of an introspection', () => {
  const at = (contract: Contract, path: readonly string[]): string => {
    const [range] = contract.root.locate([originOf(descend(rootOf(contract.root), path)!).place])
    const { start, end } = range!
    const line = contract.root.file.text.split('\n')[start.line - 1]!
    return line.slice(start.column - 1, end.column - 1)
  }
  expect(at(contract, ['$defs', 'Review', 'properties', 'rating', 'type'])).toBe('rating')
  expect(at(contract, ['$defs', 'Sort', 'enum', '1'])).toBe('BEST')
  expect(at(contract, ['query', 'reviews', 'arguments', 'first'])).toBe('first')
  expect(at(contract, ['query', 'average', 'result'])).toBe('average')
  expect(at(introspected, ['$defs', 'Review', 'properties', 'rating'])).toBe('"rating"')
  expect(at(introspected, ['query', 'reviews', 'arguments', 'first'])).toBe('"first"')
})

describe('a broken schema', () => {
  test('loses only the line that is broken', () => {
    const broken = contractOf(
      'type Query {\n  reviews: [Review!]!\n  count Int\n  average: Float\n}\n\ntype Review { text: String }\n',
    )
    expect(lines(broken.diagnostics)).toEqual([
      'reviews.graphql:3:9 TL1001 Expected ":", found Name "Int". A field is a name, a colon and a type: `name: String`.',
    ])
    expect(broken.operations.map((one) => one.name)).toEqual(['reviews', 'average'])
  })

  test('goes on after a brace that was forgotten, and after a word that is none', () => {
    const broken = contractOf(
      'type Query {\n  reviews: [Review]\n\n"""\nOne opinion\n"""\ntype Review {\n  text: String\n}\n\ntyp Answer {\n  text: String\n}\n\ntype Author {\n  name: String\n}\n',
    )
    expect(lines(broken.diagnostics)).toEqual([
      'reviews.graphql:7:6 TL1001 Expected ":", found Name "Review". A field is a name, a colon and a type: `name: String`.',
      'reviews.graphql:11:1 TL1001 Unexpected Name "typ". Did you mean `type`?',
    ])
    expect(broken.operations.map((one) => one.name)).toEqual(['reviews'])
    expect(schemaOf(broken, 'Review')).toMatchObject({ properties: { text: {} } })
    expect(schemaOf(broken, 'Author')).toMatchObject({ properties: { name: {} } })
  })

  test('tells types that nobody defines, or two people', () => {
    const broken = contractOf(
      'type Query {\n  reviews: [Reveiw]\n}\ntype Review { text: Strng }\ntype Review { text: String }',
    )
    expect(lines(broken.diagnostics)).toEqual([
      'reviews.graphql:2:13 TL1005 The reference `Reveiw` names no type of this schema. Did you mean `Review`?',
      'reviews.graphql:4:21 TL1005 The reference `Strng` names no type of this schema. Did you mean `String`?',
      'reviews.graphql:5:6 TL2006 The type `Review` is declared twice. Rename one: ids stand in links, URLs and evidence.',
    ])
  })

  test('is told what the specification says about it, when somebody asks', () => {
    const wrong = contractOf(
      'type Query {\n  reviews: AddReview\n  empty: Nothing\n}\ninput AddReview { text: String }\ntype Nothing',
    )
    expect(lines(wrong.validity())).toEqual([
      'reviews.graphql:2:12 TL4001 The schema is not valid GraphQL: The type of Query.reviews must be Output Type but got: AddReview.',
      'reviews.graphql:6:6 TL4001 The schema is not valid GraphQL: Type Nothing must define one or more fields.',
    ])
  })

  test('of no use at all is no reason to throw', () => {
    const introspection = {
      __schema: {
        queryType: { name: 'Query' },
        types: [{ kind: 'OBJECT', name: 'Query', fields: [{ name: 'a' }, {}] }],
      },
    }
    const texts = [
      '',
      '# nothing here',
      '{"data":{"__schema":{"types":12}}}',
      JSON.stringify(introspection),
      'query { a }',
      '"""',
      '{'.repeat(20_000),
      `type Query { a: ${'['.repeat(20_000)}`,
    ]
    for (const text of texts) {
      for (const path of ['reviews.graphql', 'reviews.json']) {
        const odd = contractOf(text, path)
        expect(
          () => odd && [odd.validity(), odd.graphql?.sdl(), JSON.stringify(odd.root.value)],
        ).not.toThrow()
      }
    }
  })
})

describe('operation documents', () => {
  test('say what they ask for, through fragments and by their aliases', () => {
    const { graphql, diagnostics } = contractOf(sdl, 'reviews.graphql', {
      'app/queries.graphql': `query ProductReviews($product: ID!) {
  reviews(product: $product) { __typename stars: rating ...Words author { name } }
}
query Both { reviews(product: 1) { text } mean: average(product: 1) }
mutation Add($input: AddReview!) { addReview(input: $input) { text } }
query Find { search(filter: { text: "good" }) { ... on Review { rating } ... on Text { text } ...Words } }`,
      'app/parts/words.graphql': 'fragment Words on Review { text answers { text } ...Words }',
    })
    expect(lines(diagnostics)).toEqual([])
    expect(
      graphql!.documents.map(({ name, method, file, fields, selects }) => ({
        name,
        method,
        file,
        fields,
        selects,
      })),
    ).toEqual([
      {
        name: 'ProductReviews',
        method: 'query',
        file: 'app/queries.graphql',
        fields: ['reviews'],
        selects: [
          '[].stars',
          '[].text',
          '[].answers',
          '[].answers[][].text',
          '[].author',
          '[].author.name',
        ],
      },
      {
        name: 'Both',
        method: 'query',
        file: 'app/queries.graphql',
        fields: ['reviews', 'average'],
        selects: ['reviews', 'reviews[].text', 'mean'],
      },
      {
        name: 'Add',
        method: 'mutation',
        file: 'app/queries.graphql',
        fields: ['addReview'],
        selects: ['text'],
      },
      {
        name: 'Find',
        method: 'query',
        file: 'app/queries.graphql',
        fields: ['search'],
        selects: ['[].rating', '[].text', '[].answers', '[].answers[][].text'],
      },
    ])
    expect(graphql!.documents[0]!.selected[0]).toEqual({
      path: '[].stars',
      operation: 'reviews',
      field: '[].rating',
    })
    expect(graphql!.documents[1]!.selected[2]).toEqual({
      path: 'mean',
      operation: 'average',
      field: '',
    })
    expect(graphql!.documents[0]!.text).toMatch(
      /^query ProductReviews[\s\S]*\nfragment Words on Review/,
    )
    const { site } = graphql!.documents[1]!
    expect(site.document.locate([originOf(site).place])).toEqual([
      { start: { line: 4, column: 7 }, end: { line: 4, column: 11 } },
    ])
  })

  test('that ask for what the schema lacks are told where and what', () => {
    const { diagnostics } = contractOf(sdl, 'reviews.graphql', {
      'app/queries.graphql': `query Reviews {
  reviews(produkt: 1) { raiting ...Wrods ... on Reviw { text } }
}
subscription Live { added }
query Reviews { average(product: 1) }
query Broken { average( }
query { average(product: 1) }`,
    })
    expect(lines(diagnostics)).toEqual([
      'app/queries.graphql:6:25 TL1001 Expected Name, found "}". Put at least one field between the braces, or leave them out.',
      'app/queries.graphql:5:7 TL2006 The query `Reviews` is declared twice. Rename one: ids stand in links, URLs and evidence.',
      'app/queries.graphql:2:11 TL2014 `Reviews` asks for the argument `produkt` of `reviews`, which `reviews` does not have. Did you mean `product`?',
      'app/queries.graphql:2:25 TL2014 `Reviews` asks for `raiting` of `Review`, which `reviews` does not have. Did you mean `rating`?',
      'app/queries.graphql:2:36 TL1005 The reference `...Wrods` names no fragment of these documents. Define it in one of the documents.',
      'app/queries.graphql:2:49 TL2014 `Reviews` asks for the type `Reviw`, which `reviews` does not have. Did you mean `Review`?',
      'app/queries.graphql:4:1 TL2014 `Live` asks for a subscription, which `reviews` does not have.',
    ])
  })

  test('are found in JavaScript and TypeScript, at their own lines', () => {
    const { graphql, diagnostics } = contractOf(sdl, 'reviews.graphql', {
      'app/reviews.tsx': `import { gql } from 'somewhere'
const words = gql\`fragment Words on Review { text }\`
export const query = gql<Reviews>\`
  query Reviews { reviews(product: 1) { ...Words raiting } }
  \${words}
\`
const more = graphql(/* GraphQL */ \`query Average { average(product: 1) }\`)
const other = sql\`select { nothing\`
export const view = <p>{\`plain \${'text'}\`}</p>
`,
    })
    expect(graphql!.documents.map(({ name, selects }) => [name, selects])).toEqual([
      ['Reviews', ['[].text']],
      ['Average', []],
    ])
    expect(lines(diagnostics)).toEqual([
      'app/reviews.tsx:4:50 TL2014 `Reviews` asks for `raiting` of `Review`, which `reviews` does not have. Did you mean `rating`?',
    ])
  })

  test('that select without end are cut off', () => {
    const bomb = Array.from(
      { length: 30 },
      (_, index) =>
        `fragment F${index} on Author { a${index}: name ...F${index + 1} b${index}: name ...F${index + 1} }`,
    )
    const { graphql } = contractOf(sdl, 'reviews.graphql', {
      'app/bomb.graphql': `query Bomb { oldest { author { ...F0 } } }\n${bomb.join('\n')}\nfragment F30 on Author { name }`,
    })
    expect(graphql!.documents[0]!.selects.length).toBeLessThan(100)
  })
})

test("reads GitHub's schema", () => {
  const path = new URL(
    '../../../../../node_modules/@octokit/graphql-schema/schema.graphql',
    import.meta.url,
  )
  const files = filesOf({ 'github.graphql': readFileSync(path, 'utf8') })
  const github = parseWorkspace(files, ['github.graphql']).contracts.get('github')!
  expect(github.diagnostics).toEqual([])
  expect(github.operations.length).toBeGreaterThan(250)
  const repository = github.operations.find((one) => one.name === 'repository')!
  expect(findField(fieldsOf(repository), 'issues.nodes[].author.login')).toMatchObject({
    field: { types: ['string'] },
  })
})
