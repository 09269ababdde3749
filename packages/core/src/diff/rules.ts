import type { ContractClass, PromiseTo } from './change.ts'

/** What one rule says about a change, whoever uses it. */
export interface Rule {
  readonly code: string
  readonly class: ContractClass
  readonly promise: PromiseTo
  /** The sentence of a change. `{at}` is the place, `{name}`, `{part}` (of what has the name), `{from}` and `{to}` are values. */
  readonly says: string
  /** The heading it stands under in the documentation. */
  readonly area: string
}

/** A class, and the promise it belongs to where that is not the wire: `depends UX`. `-`: this cannot happen. */
type Cell = ContractClass | `${ContractClass} ${Exclude<PromiseTo, 'WIRE'>}` | '-'

/**
 * Schema keywords: keyword, what happened to it, the class for data that clients send, the class for data that they get, and the
 * sentence. Each cell is one rule: `request-max-length-decreased`. In callbacks and webhooks clients get requests and send answers.
 */
const schemaRows = [
  ['schema', 'added', 'depends', 'safe', '{at} is described now, anything went before'],
  ['schema', 'removed', 'safe', 'depends', '{at} is not described any more'],
  ['schema', 'forbidden', 'breaking', 'breaking', '{at} accepts nothing any more'],
  ['schema', 'permitted', 'safe', 'depends', '{at} can have a value now'],
  ['type', 'narrowed', 'breaking', 'safe', '{at} is {to} now, {from} before'],
  ['type', 'widened', 'safe', 'breaking', '{at} is {to} now, {from} before'],
  ['type', 'changed', 'breaking', 'breaking', '{at} is {to} now, {from} before'],
  ['null', 'allowed', 'safe', 'breaking', '{at} can be null'],
  ['null', 'forbidden', 'breaking', 'safe', '{at} can no longer be null'],
  ['enum', 'added', 'breaking', 'safe', '{at} is one of {to} now, anything before'],
  ['enum', 'removed', 'safe', 'depends UX', '{at} is no longer limited to {from}'],
  ['enum-value', 'added', 'safe', 'depends UX', '{at} can be {to}'],
  ['enum-value', 'removed', 'breaking', 'safe', '{at} can no longer be {from}'],
  ['const', 'changed', 'breaking', 'breaking', '{at} is always {to} now, {from} before'],
  ['minimum', 'added', 'depends', 'safe', '{at} is {to} or more now, without a limit before'],
  ['minimum', 'increased', 'breaking', 'safe', '{at} is {to} or more now, {from} before'],
  ['minimum', 'decreased', 'safe', 'breaking', '{at} is {to} or more now, {from} before'],
  ['minimum', 'removed', 'safe', 'breaking', '{at} has no lower limit any more, {from} before'],
  ['maximum', 'added', 'depends', 'safe', '{at} is {to} or less now, without a limit before'],
  ['maximum', 'decreased', 'breaking', 'safe', '{at} is {to} or less now, {from} before'],
  ['maximum', 'increased', 'safe', 'breaking', '{at} is {to} or less now, {from} before'],
  ['maximum', 'removed', 'safe', 'breaking', '{at} has no upper limit any more, {from} before'],
  ['multiple-of', 'added', 'depends', 'safe', '{at} is a multiple of {to} now'],
  ['multiple-of', 'removed', 'safe', 'depends', '{at} need not be a multiple of {from} any more'],
  [
    'multiple-of',
    'narrowed',
    'breaking',
    'safe',
    '{at} is a multiple of {to} now, of {from} before',
  ],
  ['multiple-of', 'widened', 'safe', 'depends', '{at} is a multiple of {to} now, of {from} before'],
  [
    'multiple-of',
    'changed',
    'breaking',
    'depends',
    '{at} is a multiple of {to} now, of {from} before',
  ],
  ['min-length', 'added', 'depends', 'safe', '{at} has {to} characters or more now'],
  [
    'min-length',
    'increased',
    'breaking',
    'safe',
    '{at} has {to} characters or more now, {from} before',
  ],
  [
    'min-length',
    'decreased',
    'safe',
    'breaking',
    '{at} can have only {to} characters, at least {from} before',
  ],
  [
    'min-length',
    'removed',
    'safe',
    'breaking',
    '{at} can be empty, it had at least {from} characters before',
  ],
  ['max-length', 'added', 'depends', 'safe', '{at} has at most {to} characters now'],
  [
    'max-length',
    'decreased',
    'breaking',
    'safe',
    '{at} has at most {to} characters now, {from} before',
  ],
  [
    'max-length',
    'increased',
    'safe',
    'depends UX',
    '{at} can have {to} characters, at most {from} before',
  ],
  [
    'max-length',
    'removed',
    'safe',
    'depends UX',
    '{at} can have any length, at most {from} characters before',
  ],
  ['pattern', 'added', 'depends', 'safe', '{at} has to match {to} now'],
  ['pattern', 'removed', 'safe', 'depends', '{at} need not match {from} any more'],
  ['pattern', 'changed', 'depends', 'depends', '{at} has to match {to} now, {from} before'],
  ['format', 'added', 'depends', 'safe', '{at} has the format {to} now'],
  ['format', 'removed', 'safe', 'depends', '{at} does not have the format {from} any more'],
  ['format', 'narrowed', 'breaking', 'safe', '{at} has the format {to} now, {from} before'],
  ['format', 'widened', 'safe', 'breaking', '{at} has the format {to} now, {from} before'],
  ['format', 'changed', 'breaking', 'breaking', '{at} has the format {to} now, {from} before'],
  [
    'content-encoding',
    'changed',
    'breaking',
    'breaking',
    '{at} is encoded as {to} now, {from} before',
  ],
  ['content-media-type', 'changed', 'breaking', 'breaking', '{at} holds {to} now, {from} before'],
  ['min-items', 'added', 'depends', 'safe', '{at} has {to} items or more now'],
  ['min-items', 'increased', 'breaking', 'safe', '{at} has {to} items or more now, {from} before'],
  [
    'min-items',
    'decreased',
    'safe',
    'breaking',
    '{at} can have only {to} items, at least {from} before',
  ],
  [
    'min-items',
    'removed',
    'safe',
    'breaking',
    '{at} can be empty, it had at least {from} items before',
  ],
  ['max-items', 'added', 'depends', 'safe', '{at} has at most {to} items now'],
  ['max-items', 'decreased', 'breaking', 'safe', '{at} has at most {to} items now, {from} before'],
  [
    'max-items',
    'increased',
    'safe',
    'depends UX',
    '{at} can have {to} items, at most {from} before',
  ],
  [
    'max-items',
    'removed',
    'safe',
    'depends UX',
    '{at} can have any number of items, at most {from} before',
  ],
  ['unique-items', 'added', 'breaking', 'safe', '{at} holds no item twice now'],
  ['unique-items', 'removed', 'safe', 'depends', '{at} can hold an item twice'],
  ['tuple-item', 'added', 'depends', 'depends', '{at} has its own description of item {name}'],
  [
    'tuple-item',
    'removed',
    'depends',
    'depends',
    '{at} has no own description of item {name} any more',
  ],
  ['other-items', 'forbidden', 'breaking', 'safe', '{at} holds no further items any more'],
  ['other-items', 'allowed', 'safe', 'depends', '{at} can hold further items'],
  ['contains', 'added', 'breaking', 'safe', '{at} has to hold a certain item now'],
  ['contains', 'removed', 'safe', 'breaking', '{at} need not hold a certain item any more'],
  [
    'min-contains',
    'increased',
    'breaking',
    'safe',
    '{at} holds {to} or more certain items now, {from} before',
  ],
  [
    'min-contains',
    'decreased',
    'safe',
    'breaking',
    '{at} holds {to} or more certain items now, {from} before',
  ],
  [
    'max-contains',
    'decreased',
    'breaking',
    'safe',
    '{at} holds at most {to} certain items now, {from} before',
  ],
  [
    'max-contains',
    'increased',
    'safe',
    'depends',
    '{at} holds at most {to} certain items now, {from} before',
  ],
  ['property', 'added', 'safe', 'safe', '{at} is new'],
  ['property', 'removed', 'depends', 'breaking', '{at} is gone'],
  ['property', 'removed-after-sunset', 'safe', 'safe', '{at} is gone, as announced'],
  ['optional-property', 'removed', '-', 'depends', '{at} is gone; it was optional'],
  ['required-property', 'added', 'breaking', 'safe', '{at} is new, and required'],
  ['property', 'refused', 'breaking', '-', '{at} is refused now'],
  ['property', 'became-required', 'breaking', 'safe', '{at} is required now'],
  ['property', 'became-optional', 'safe', 'breaking', '{at} may be missing now'],
  ['min-properties', 'added', 'depends', 'safe', '{at} has {to} properties or more now'],
  [
    'min-properties',
    'increased',
    'breaking',
    'safe',
    '{at} has {to} properties or more now, {from} before',
  ],
  [
    'min-properties',
    'decreased',
    'safe',
    'breaking',
    '{at} can have only {to} properties, at least {from} before',
  ],
  [
    'min-properties',
    'removed',
    'safe',
    'breaking',
    '{at} can be empty, it had at least {from} properties before',
  ],
  ['max-properties', 'added', 'depends', 'safe', '{at} has at most {to} properties now'],
  [
    'max-properties',
    'decreased',
    'breaking',
    'safe',
    '{at} has at most {to} properties now, {from} before',
  ],
  [
    'max-properties',
    'increased',
    'safe',
    'depends UX',
    '{at} can have {to} properties, at most {from} before',
  ],
  [
    'max-properties',
    'removed',
    'safe',
    'depends UX',
    '{at} can have any number of properties, at most {from} before',
  ],
  [
    'other-properties',
    'forbidden',
    'breaking',
    'safe',
    '{at} has no properties but the named ones any more',
  ],
  [
    'other-properties',
    'allowed',
    'safe',
    'safe',
    '{at} can have other properties than the named ones',
  ],
  ['pattern-property', 'added', 'depends', 'safe', '{at} describes properties that match {name}'],
  [
    'pattern-property',
    'removed',
    'depends',
    'depends',
    '{at} no longer describes properties that match {name}',
  ],
  ['dependent-required', 'added', 'breaking', 'safe', '{at} requires {to} wherever it has {name}'],
  [
    'dependent-required',
    'removed',
    'safe',
    'depends',
    '{at} no longer requires {from} wherever it has {name}',
  ],
  [
    'dependent-schema',
    'added',
    'depends',
    'safe',
    '{at} has to look a certain way wherever it has {name}',
  ],
  [
    'dependent-schema',
    'removed',
    'safe',
    'depends',
    '{at} need not look a certain way any more where it has {name}',
  ],
  ['alternative', 'added', 'safe', 'depends UX', '{at} can also be {to}'],
  ['alternative', 'removed', 'breaking', 'safe', '{at} can no longer be {from}'],
  [
    'alternatives',
    'became-exclusive',
    'depends',
    'safe',
    '{at} fits exactly one of its alternatives now',
  ],
  [
    'alternatives',
    'became-inclusive',
    'safe',
    'depends',
    '{at} can fit several of its alternatives at once',
  ],
  ['not', 'added', 'depends', 'safe', '{at} must not look a certain way now'],
  ['not', 'removed', 'safe', 'depends', '{at} can look a way that it could not before'],
  ['not', 'changed', 'depends', 'depends', '{at} must not look another way than before'],
  ['condition', 'added', 'depends', 'safe', '{at} depends on a condition now'],
  ['condition', 'removed', 'safe', 'depends', '{at} no longer depends on a condition'],
  ['condition', 'changed', 'depends', 'depends', '{at} depends on another condition'],
  ['discriminator', 'added', 'safe SDK', 'safe SDK', '{at} is told apart by {to} now'],
  [
    'discriminator',
    'removed',
    'depends SDK',
    'depends SDK',
    '{at} is no longer told apart by {from}',
  ],
  [
    'discriminator',
    'changed',
    'breaking',
    'breaking',
    '{at} is told apart by {to} now, by {from} before',
  ],
  ['discriminator-value', 'added', 'safe', 'depends UX', '{at} knows the kind {to}'],
  ['discriminator-value', 'removed', 'breaking', 'safe', '{at} no longer knows the kind {from}'],
  [
    'discriminator-value',
    'changed',
    'depends',
    'depends',
    '{at} means {to} by the kind {name}, {from} before',
  ],
  ['read-only', 'added', 'depends', 'safe', '{at} can no longer be sent'],
  ['read-only', 'removed', 'safe', 'safe', '{at} can be sent'],
  ['write-only', 'added', 'safe', 'depends', '{at} is no longer returned'],
  ['write-only', 'removed', 'safe', 'safe', '{at} is returned as well'],
  ['default', 'added', 'depends', 'safe DOCS', '{at} is {to} where nothing is sent'],
  ['default', 'removed', 'depends', 'safe DOCS', '{at} is no longer {from} where nothing is sent'],
  [
    'default',
    'changed',
    'breaking',
    'safe DOCS',
    '{at} is {to} where nothing is sent, {from} before',
  ],
  [
    'reference',
    'changed',
    'depends',
    'depends',
    '{at} refers to {to} now, to {from} before, and neither can be read',
  ],
  ['xml', 'changed', 'depends', 'depends', '{at} is written in another way as XML'],
  [
    'type-name',
    'changed',
    'breaking SDK',
    'breaking SDK',
    '{at} is called {to} now, {from} before',
  ],
  ['field', 'deprecated', 'safe', 'safe', '{at} is deprecated'],
  ['field', 'no-longer-deprecated', 'safe', 'safe', '{at} is no longer deprecated'],
  ['title', 'changed', 'safe DOCS', 'safe DOCS', '{at} has another title'],
  ['description', 'changed', 'safe DOCS', 'safe DOCS', '{at} is described in other words'],
  ['example', 'changed', 'safe DOCS', 'safe DOCS', '{at} has other examples'],
  ['extension', 'changed', 'safe DOCS', 'safe DOCS', '{at} has another {name}'],
] as const satisfies readonly (readonly [string, string, Cell, Cell, string])[]

/** Everything around the schemas: code, class, sentence, by area. */
const otherRows = {
  Operations: [
    ['operation-added', 'safe', '{at} is new'],
    ['operation-removed', 'breaking', '{at} is gone'],
    ['operation-removed-after-sunset', 'safe', '{at} is gone, as announced for {from}'],
    ['operation-moved', 'breaking', '{from} is now {to}'],
    ['operation-id-changed', 'breaking SDK', '{at} is called {to} now, {from} before'],
    ['operation-tags-changed', 'safe SDK', '{at} stands under {to} now, {from} before'],
    ['operation-deprecated', 'safe', '{at} is deprecated'],
    ['operation-deprecated-with-sunset', 'safe', '{at} is deprecated and ends on {to}'],
    ['operation-no-longer-deprecated', 'safe', '{at} is no longer deprecated'],
    ['operation-sunset-changed', 'safe', '{at} ends on {to}, {from} before'],
    ['operation-sunset-earlier', 'depends', '{at} ends on {to}, {from} before'],
    ['operation-summary-changed', 'safe DOCS', '{at} has another summary'],
    ['operation-description-changed', 'safe DOCS', '{at} is described in other words'],
    ['operation-extension-changed', 'safe DOCS', '{at} has another {name}'],
  ],
  Parameters: [
    ['request-parameter-added', 'safe', '{at} is new'],
    ['request-required-parameter-added', 'breaking', '{at} is new and required'],
    ['request-parameter-removed', 'depends', '{at} is gone'],
    ['request-parameter-removed-after-sunset', 'safe', '{at} is gone, as announced'],
    ['request-parameter-became-required', 'breaking', '{at} is required now'],
    ['request-parameter-became-optional', 'safe', '{at} is no longer required'],
    ['request-parameter-moved', 'breaking', '{at} moved from {from} to {to}'],
    ['request-path-parameter-renamed', 'breaking SDK', '{at} was called {from} before'],
    [
      'request-parameter-style-changed',
      'breaking',
      '{at} is written in the style {to} now, {from} before',
    ],
    [
      'request-parameter-explode-changed',
      'breaking',
      '{at} is written in another way when it has several values (explode: {to})',
    ],
    [
      'request-parameter-reserved-changed',
      'depends',
      '{at} is escaped in another way (allowReserved: {to})',
    ],
    ['request-parameter-empty-refused', 'depends', '{at} can no longer be empty (allowEmptyValue)'],
    [
      'request-parameter-serialisation-changed',
      'breaking',
      '{at} is written as {to} now, {from} before',
    ],
    ['request-parameter-deprecated', 'safe', '{at} is deprecated'],
    ['request-parameter-no-longer-deprecated', 'safe', '{at} is no longer deprecated'],
    ['request-parameter-description-changed', 'safe DOCS', '{at} is described in other words'],
    ['request-parameter-extension-changed', 'safe DOCS', '{at} has another {name}'],
  ],
  'Bodies and media types': [
    ['request-body-added', 'safe', '{at} can have a body'],
    ['request-required-body-added', 'breaking', '{at} needs a body now'],
    ['request-body-removed', 'depends', '{at} takes no body any more'],
    ['request-body-became-required', 'breaking', '{at} needs its body now'],
    ['request-body-became-optional', 'safe', '{at} can be sent without its body'],
    [
      'request-body-description-changed',
      'safe DOCS',
      'The body of {at} is described in other words',
    ],
    ['request-media-type-added', 'safe', '{at} takes {to} as well'],
    ['request-media-type-removed', 'breaking', '{at} no longer takes {from}'],
    ['request-encoding-changed', 'depends', '{at} encodes the parts of {name} in another way'],
    ['response-media-type-added', 'safe', '{at} can answer {to} as well'],
    ['response-media-type-removed', 'breaking', '{at} no longer answers {from}'],
    ['response-encoding-changed', 'depends', '{at} encodes the parts of {name} in another way'],
  ],
  'Answers and headers': [
    ['response-status-added', 'depends UX', '{at} can answer {to}'],
    ['response-status-removed', 'breaking', '{at} no longer answers {from}'],
    ['response-error-added', 'safe UX', '{at} can fail with {to}'],
    ['response-error-removed', 'safe UX', '{at} no longer says that it can fail with {from}'],
    ['response-description-changed', 'safe DOCS', '{at} is described in other words'],
    ['response-extension-changed', 'safe DOCS', '{at} has another {name}'],
    ['response-header-added', 'safe', '{at} is new'],
    ['response-header-removed', 'breaking', '{at} is gone'],
    ['response-optional-header-removed', 'depends', '{at} is gone; it was optional'],
    ['response-header-became-required', 'safe', '{at} is always there now'],
    ['response-header-became-optional', 'breaking', '{at} may be missing now'],
    ['response-header-style-changed', 'breaking', '{at} is written in another way'],
    ['response-header-deprecated', 'safe', '{at} is deprecated'],
    ['response-header-no-longer-deprecated', 'safe', '{at} is no longer deprecated'],
    ['response-header-description-changed', 'safe DOCS', '{at} is described in other words'],
    ['response-link-added', 'safe', '{at} has the link {to}'],
    ['response-link-removed', 'depends SDK', '{at} no longer has the link {from}'],
    ['response-link-changed', 'depends SDK', 'The link {name} of {at} leads elsewhere'],
  ],
  Security: [
    ['security-added', 'breaking', '{at} asks for {to} now, nothing before'],
    ['security-removed', 'safe', '{at} asks for nothing any more, {from} before'],
    ['security-alternative-added', 'safe', '{at} also takes {to}'],
    ['security-alternative-removed', 'breaking', '{at} no longer takes {from}'],
    ['security-scope-added', 'breaking', '{at} asks for the scope {to} now'],
    ['security-scope-removed', 'safe', '{at} no longer asks for the scope {from}'],
    [
      'security-scheme-changed',
      'breaking',
      'The security scheme {name} is {to} now, {from} before',
    ],
    ['security-flow-added', 'safe', 'The security scheme {name} has the flow {to}'],
    [
      'security-flow-removed',
      'breaking',
      'The security scheme {name} no longer has the flow {from}',
    ],
    [
      'security-address-changed',
      'depends',
      '{part} of the security scheme {name} is {to} now, {from} before',
    ],
    [
      'security-flow-scope-removed',
      'breaking',
      'The flow {part} of the security scheme {name} no longer gives the scope {from}',
    ],
    [
      'security-flow-scope-added',
      'safe',
      'The flow {part} of the security scheme {name} gives the scope {to}',
    ],
    [
      'security-scheme-description-changed',
      'safe DOCS',
      'The security scheme {name} is described in other words',
    ],
  ],
  Servers: [
    ['server-added', 'safe', '{at} is also served at {to}'],
    ['server-removed', 'depends', '{at} is no longer served at {from}'],
    ['server-moved', 'depends', '{at} is served at {to} now, {from} before'],
    ['server-variable-value-added', 'safe', 'A server of {at} can have {to} for {name} as well'],
    [
      'server-variable-value-removed',
      'depends',
      'A server of {at} can no longer have {from} for {name}',
    ],
    [
      'server-variable-default-changed',
      'depends',
      'A server of {at} has {to} for {name} where nothing is chosen, {from} before',
    ],
    [
      'server-description-changed',
      'safe DOCS',
      'The server {name} of {at} is described in other words',
    ],
  ],
  'Callbacks and webhooks': [
    ['callback-added', 'safe', '{at} can call back ({to})'],
    ['callback-removed', 'breaking', '{at} no longer calls back ({from})'],
    ['webhook-added', 'safe', 'The webhook {to} is new'],
    ['webhook-removed', 'breaking', 'The webhook {from} is gone'],
  ],
  GraphQL: [
    ['argument-added', 'safe', 'The field {name} takes the argument {to} as well'],
    ['required-argument-added', 'breaking', 'The field {name} has to be asked for with {to} now'],
    ['argument-removed', 'breaking', 'The field {name} no longer takes the argument {from}'],
    ['argument-became-required', 'breaking', 'The argument {name} is required now'],
    ['argument-became-optional', 'safe', 'The argument {name} is no longer required'],
    ['possible-type-removed', 'breaking', '{at} can no longer be {from}'],
    ['interface-added', 'safe', 'The type {name} implements {to}'],
    ['interface-removed', 'breaking', 'The type {name} no longer implements {from}'],
    ['enum-value-deprecated', 'safe', 'The value {name} is deprecated'],
    ['enum-value-no-longer-deprecated', 'safe', 'The value {name} is no longer deprecated'],
    ['enum-value-description-changed', 'safe DOCS', 'The value {name} is described in other words'],
    [
      'scalar-specification-changed',
      'depends',
      'The scalar {name} is described at {to} now, {from} before',
    ],
    ['type-added', 'safe SDK', 'The type {name} is new'],
    ['type-removed', 'breaking SDK', 'The type {name} is gone'],
    ['type-kind-changed', 'breaking', 'The type {name} is {to} now, {from} before'],
    ['directive-added', 'safe', 'The directive {name} is new'],
    ['directive-removed', 'breaking', 'The directive {name} is gone'],
    ['directive-location-added', 'safe', 'The directive {name} can stand at {to} as well'],
    [
      'directive-location-removed',
      'breaking',
      'The directive {name} can no longer stand at {from}',
    ],
    ['directive-became-repeatable', 'safe', 'The directive {name} can stand twice at one place'],
    [
      'directive-no-longer-repeatable',
      'breaking',
      'The directive {name} can no longer stand twice at one place',
    ],
    ['directive-argument-added', 'safe', 'The directive {name} takes the argument {to} as well'],
    [
      'required-directive-argument-added',
      'breaking',
      'The directive {name} has to have the argument {to} now',
    ],
    [
      'directive-argument-removed',
      'breaking',
      'The directive {name} no longer takes the argument {from}',
    ],
    ['directive-argument-type-changed', 'breaking', '{name} is {to} now, {from} before'],
    [
      'directive-argument-default-changed',
      'depends',
      '{name} is {to} where nothing is sent, {from} before',
    ],
    ['directive-use-added', 'depends', '{name} is marked {to} now'],
    ['directive-use-removed', 'depends', '{name} is no longer marked {from}'],
    ['directive-use-changed', 'depends', '{name} is marked {to} now, {from} before'],
    ['schema-directive-added', 'safe SDK', 'The directive {name} of the schema is new'],
    ['schema-directive-removed', 'depends SDK', 'The directive {name} of the schema is gone'],
    [
      'schema-directive-changed',
      'depends SDK',
      'The directive {name} of the schema is declared in another way',
    ],
  ],
  'The contract itself': [
    ['api-added', 'safe', 'The API {to} is new'],
    ['api-removed', 'breaking', 'The API {from} is gone'],
    [
      'api-unreadable',
      'depends',
      'The contract of {name} cannot be read {to}, so nothing of it was compared',
    ],
    ['specification-changed', 'safe DOCS', 'The contract is written in {to} now, {from} before'],
    ['info-changed', 'safe DOCS', 'The contract has another {name}'],
    ['tag-changed', 'safe DOCS', 'The tag {name} is described in other words'],
    ['shared-schema-added', 'safe SDK', 'The shared schema {to} is new'],
    ['shared-schema-removed', 'breaking SDK', 'The shared schema {from} is gone'],
    ['extension-changed', 'safe DOCS', 'The contract has another {name}'],
  ],
  Journeys: [
    ['journey-added', 'safe UX', 'The journey {to} is new'],
    ['journey-removed', 'depends UX', 'The journey {from} is gone'],
    ['journey-changed', 'safe DOCS', 'The journey {name} has another {at}'],
    ['step-added', 'safe UX', 'The step {to} is new'],
    ['step-removed', 'depends UX', 'The step {from} is gone'],
    ['step-moved', 'safe UX', 'The step {name} leads to {to} now, to {from} before'],
    ['step-screen-changed', 'safe UX', 'The step {name} is on {to} now, on {from} before'],
    ['call-added', 'safe UX', '{name} calls {to}'],
    ['call-removed', 'safe UX', '{name} no longer calls {from}'],
    ['need-added', 'safe UX', '{name} needs {to} of {at}'],
    [
      'need-added-without-field',
      'depends UX',
      '{name} needs {to} of {at}, which does not return it',
    ],
    ['need-removed', 'safe UX', '{name} no longer needs {from} of {at}'],
    ['fallback-added', 'safe UX', '{name} says what is shown without {at}: {to}'],
    ['fallback-changed', 'safe UX', '{name} shows {to} without {at}, {from} before'],
    [
      'fallback-removed',
      'depends UX',
      '{name} no longer says what is shown without {at}, {from} before',
    ],
    ['send-added', 'safe UX', '{name} can send {to} to {at}'],
    ['send-removed', 'safe UX', '{name} no longer sends {from} to {at}'],
    ['state-added', 'safe UX', '{name} says what people see under {to}'],
    ['state-changed', 'safe UX', '{name} shows {to} under {at}, {from} before'],
    ['state-removed', 'depends UX', '{name} no longer says what people see under {from}'],
    ['budget-added', 'depends UX', '{name} may take {to} ({at})'],
    ['budget-tightened', 'depends UX', '{name} may take {to} now ({at}), {from} before'],
    ['budget-loosened', 'safe UX', '{name} may take {to} now ({at}), {from} before'],
    ['budget-removed', 'depends UX', '{name} has no budget any more ({at}), {from} before'],
  ],
  'Where classified data goes': [
    ['data-returned', 'safe UX', '{name} returns {at} now, which is {to}'],
    [
      'data-returned-for-nobody',
      'depends UX',
      '{name} returns {at} now, which is {to}, and no screen needs it',
    ],
    ['data-shown', 'depends UX', '{name} shows {at} now, which is {to}'],
    [
      'data-no-longer-needed',
      'depends UX',
      'No screen needs {at} of {name} any more, which is {to}',
    ],
  ],
} as const satisfies Readonly<
  Record<string, readonly (readonly [string, Exclude<Cell, '-'>, string])[]>
>

type SchemaRow = (typeof schemaRows)[number]
/** `max-length decreased`: a schema keyword and what happened to it. */
export type SchemaAction = SchemaRow extends infer Row
  ? Row extends readonly [infer K extends string, infer A extends string, ...unknown[]]
    ? `${K} ${A}`
    : never
  : never
type OtherRow = (typeof otherRows)[keyof typeof otherRows][number]
export type OtherCode = OtherRow[0]

/** Every rule by its code, in the order of the documentation. */
export const rules: ReadonlyMap<string, Rule> = new Map(
  [...schemaRules(), ...otherRules()].map((rule) => [rule.code, rule]),
)

/** The code of a schema rule for data that clients send (`request`) or get (`response`). */
export function schemaCode(side: 'request' | 'response', action: SchemaAction): string {
  return `${side}-${action.replace(' ', '-')}`
}

export function ruleOf(code: string): Rule {
  return rules.get(code)!
}

function* schemaRules(): Generator<Rule> {
  const rows: readonly (readonly [string, string, Cell, Cell, string])[] = schemaRows
  for (const side of ['request', 'response'] as const) {
    for (const [keyword, action, request, response, says] of rows) {
      const cell = side === 'request' ? request : response
      if (cell === '-') continue
      const area = side === 'request' ? 'Data that clients send' : 'Data that clients get'
      yield { code: `${side}-${keyword}-${action}`, ...read(cell), says, area }
    }
  }
}

function* otherRules(): Generator<Rule> {
  for (const [area, rows] of Object.entries(otherRows)) {
    for (const [code, cell, says] of rows) yield { code, ...read(cell), says, area }
  }
}

function read(cell: Exclude<Cell, '-'>): Pick<Rule, 'class' | 'promise'> {
  const [kind, promise] = cell.split(' ') as [ContractClass, PromiseTo | undefined]
  return { class: kind, promise: promise ?? 'WIRE' }
}
