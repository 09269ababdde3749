/** Two schemas for each rule about GraphQL. */
export const graphqlExamples: Readonly<Record<string, readonly [string, string]>> = {
  'argument-added': [shop('text: String'), shop('text(length: Int): String')],
  'required-argument-added': [shop('text: String'), shop('text(length: Int!): String')],
  'argument-removed': [shop('text(length: Int): String'), shop('text: String')],
  'argument-became-required': [
    shop('text(length: Int): String'),
    shop('text(length: Int!): String'),
  ],
  'argument-became-optional': [
    shop('text(length: Int!): String'),
    shop('text(length: Int): String'),
  ],
  'request-type-changed': [
    shop('text(length: Int): String'),
    shop('text(length: Boolean): String'),
  ],
  'request-default-changed': [
    shop('text(length: Int = 1): String'),
    shop('text(length: Int = 2): String'),
  ],
  'possible-type-removed': [
    shop('', 'union Item = Review | Book type Book { id: ID! }'),
    shop('', 'union Item = Review type Book { id: ID! }'),
  ],
  'interface-added': [
    shop('', 'interface Priced { id: ID! }'),
    shop('', 'interface Priced { id: ID! } extend type Review implements Priced'),
  ],
  'interface-removed': [
    shop('', 'interface Priced { id: ID! } extend type Review implements Priced'),
    shop('', 'interface Priced { id: ID! }'),
  ],
  'enum-value-deprecated': [
    shop('mood: Mood', 'enum Mood { GOOD BAD }'),
    shop('mood: Mood', 'enum Mood { GOOD BAD @deprecated }'),
  ],
  'enum-value-no-longer-deprecated': [
    shop('mood: Mood', 'enum Mood { GOOD BAD @deprecated }'),
    shop('mood: Mood', 'enum Mood { GOOD BAD }'),
  ],
  'enum-value-description-changed': [
    shop('mood: Mood', 'enum Mood { GOOD BAD }'),
    shop('mood: Mood', 'enum Mood { GOOD "Not so good" BAD }'),
  ],
  'scalar-specification-changed': [
    shop('at: Day', 'scalar Day @specifiedBy(url: "https://shop.example/day/1")'),
    shop('at: Day', 'scalar Day @specifiedBy(url: "https://shop.example/day/2")'),
  ],
  'type-added': [shop(''), shop('', 'type Coupon { code: String }')],
  'type-removed': [shop('', 'type Coupon { code: String }'), shop('')],
  'type-kind-changed': [
    shop('', 'type Coupon { code: String }'),
    shop('', 'input Coupon { code: String }'),
  ],
  'directive-added': [shop(''), shop('', 'directive @defer on FIELD')],
  'directive-removed': [shop('', 'directive @defer on FIELD'), shop('')],
  'directive-location-added': [
    shop('', 'directive @defer on FIELD'),
    shop('', 'directive @defer on FIELD | QUERY'),
  ],
  'directive-location-removed': [
    shop('', 'directive @defer on FIELD | QUERY'),
    shop('', 'directive @defer on FIELD'),
  ],
  'directive-became-repeatable': [
    shop('', 'directive @defer on FIELD'),
    shop('', 'directive @defer repeatable on FIELD'),
  ],
  'directive-no-longer-repeatable': [
    shop('', 'directive @defer repeatable on FIELD'),
    shop('', 'directive @defer on FIELD'),
  ],
  'directive-argument-added': [
    shop('', 'directive @defer on FIELD'),
    shop('', 'directive @defer(label: String) on FIELD'),
  ],
  'required-directive-argument-added': [
    shop('', 'directive @defer on FIELD'),
    shop('', 'directive @defer(label: String!) on FIELD'),
  ],
  'directive-argument-removed': [
    shop('', 'directive @defer(label: String) on FIELD'),
    shop('', 'directive @defer on FIELD'),
  ],
  'directive-argument-type-changed': [
    shop('', 'directive @defer(label: String) on FIELD'),
    shop('', 'directive @defer(label: Int) on FIELD'),
  ],
  'directive-argument-default-changed': [
    shop('', 'directive @defer(label: Int) on FIELD'),
    shop('', 'directive @defer(label: Int = 2) on FIELD'),
  ],
  'directive-use-added': [shop('text: String'), shop('text: String @cost(weight: 2)')],
  'directive-use-removed': [shop('text: String @cost(weight: 2)'), shop('text: String')],
  'directive-use-changed': [
    shop('text: String @cost(weight: 2)'),
    shop('text: String @cost(weight: 3)'),
  ],
  'schema-directive-added': [shop(''), shop('', 'directive @cost on OBJECT')],
  'schema-directive-removed': [shop('', 'directive @cost on OBJECT'), shop('')],
  'schema-directive-changed': [
    shop('', 'directive @cost on OBJECT'),
    shop('', 'directive @cost(weight: Int) on OBJECT'),
  ],
}

/** A shop of reviews: what a review has beside its id, and what else there is. */
function shop(review: string, more = ''): string {
  return `
    type Query { reviews: [Review!]!, search: Item }
    type Review { id: ID! ${review} }
    ${more}
  `
}
