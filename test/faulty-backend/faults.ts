/** Faults that a backend can have, each from a real class of bugs: what it does, and the checks of which one should notice. */
export const faults = {
  'long-note-crashes': {
    does: 'answers 500 to a note of more than 150 characters',
    found: ['not-a-server-error'],
  },
  'unicode-crashes': {
    does: 'answers 500 to a search with letters beyond Latin-1',
    found: ['not-a-server-error'],
  },
  'empty-search-crashes': {
    does: 'answers 500 to an empty search',
    found: ['not-a-server-error'],
  },
  'null-crashes': {
    does: 'answers 500 where a field of the body is null',
    found: ['not-a-server-error'],
  },
  'broken-json-crashes': {
    does: 'answers 500 to a body that is no JSON',
    found: ['not-a-server-error'],
  },
  'undocumented-status': {
    does: 'answers 206 to a list',
    found: ['status-documented'],
  },
  'html-answer': {
    does: 'sends a product as text/html',
    found: ['content-type'],
  },
  'location-missing': {
    does: 'leaves the Location header out of 201',
    found: ['response-headers'],
  },
  'currency-missing': {
    does: 'leaves the currency out of prices',
    found: ['response-schema', 'need-missing'],
  },
  'amount-as-text': {
    does: 'sends amounts as text',
    found: ['response-schema'],
  },
  'name-null': {
    does: 'sends null for the name of every third product',
    found: ['response-schema'],
  },
  'new-stock-value': {
    does: 'sends a stock value that the contract does not have',
    found: ['response-schema'],
  },
  'extra-property': {
    does: 'sends a property more than the contract allows',
    found: ['response-schema'],
  },
  'bad-date': {
    does: 'sends times without a zone, as no RFC 3339 has them',
    found: ['response-schema'],
  },
  'truncated-json': {
    does: 'ends the JSON of a profile in the middle',
    found: ['response-schema'],
  },
  'password-returned': {
    does: 'sends the password of a profile back',
    found: ['response-schema', 'classified-data', 'leak'],
  },
  'client-sets-id': {
    does: 'takes the id that a client sends in a new order',
    found: ['invalid-accepted'],
  },
  'quantity-unbounded': {
    does: 'takes a quantity of 100',
    found: ['invalid-accepted'],
  },
  'quantity-zero': {
    does: 'takes a quantity of 0',
    found: ['invalid-accepted'],
  },
  'quantity-as-text': {
    does: 'takes a quantity as text',
    found: ['invalid-accepted'],
  },
  'product-optional': {
    does: 'takes an order of no product',
    found: ['invalid-accepted'],
  },
  'any-wrap': {
    does: 'takes any text for the wrapping',
    found: ['invalid-accepted'],
  },
  'any-length-note': {
    does: 'takes a note of any length',
    found: ['invalid-accepted'],
  },
  'any-date': {
    does: 'takes any text for the day of delivery',
    found: ['invalid-accepted'],
  },
  'limit-unbounded': {
    does: 'takes a limit of 51 and more',
    found: ['invalid-accepted'],
  },
  'ninety-nine-refused': {
    does: 'refuses a quantity of 99, the most the contract allows',
    found: ['valid-rejected'],
  },
  'note-demanded': {
    does: 'refuses an order without a note',
    found: ['valid-rejected'],
  },
  'unicode-refused': {
    does: 'refuses names with letters beyond ASCII',
    found: ['valid-rejected'],
  },
  'any-method': {
    does: 'answers 200 to methods that the contract does not have',
    found: ['unsupported-method'],
  },
  'allow-missing': {
    does: 'answers 405 without saying what is allowed',
    found: ['unsupported-method'],
  },
  'key-optional': {
    does: 'takes a payment without its Idempotency-Key',
    found: ['missing-required-header', 'invalid-accepted'],
  },
  'open-orders': {
    does: 'shows orders to anybody',
    found: ['authentication-ignored'],
  },
  'any-token': {
    does: 'takes any token for somebody',
    found: ['authentication-ignored'],
  },
  'who-is-it-missing': {
    does: 'answers 401 without WWW-Authenticate',
    found: ['response-headers', 'authentication-broken'],
  },
  'others-orders-shown': {
    does: "shows somebody else's order",
    found: ['other-user-sees'],
  },
  'others-orders-cancelled': {
    does: "cancels somebody else's order",
    found: ['other-user-sees'],
  },
  'cancelled-still-there': {
    does: 'goes on showing a cancelled order',
    found: ['use-after-delete'],
  },
  'created-nowhere': {
    does: 'forgets an order that it answered 201 for',
    found: ['available-after-create'],
  },
  'pages-overlap': {
    does: 'shows the last product of a page again on the next',
    found: ['pagination'],
  },
  'pages-skip': {
    does: 'leaves a product out between two pages',
    found: ['pagination'],
  },
  'pages-endless': {
    does: 'names a next page for ever',
    found: ['pagination'],
  },
  'total-wrong': {
    does: 'counts three products more than there are',
    found: ['pagination'],
  },
  'never-cached': {
    does: 'sends products with no-store, though they may be kept for a minute',
    found: ['caching'],
  },
  'etag-ignored': {
    does: 'sends an order again that has not changed',
    found: ['conditional-request'],
  },
  'html-error': {
    does: 'sends a page where a problem is promised',
    found: ['content-type', 'error-body'],
  },
  'untitled-error': {
    does: 'sends problems without a title',
    found: ['response-schema', 'error-body'],
  },
  'stack-in-error': {
    does: 'puts a stack trace into problems',
    found: ['leak', 'error-body'],
  },
  'token-in-error': {
    does: "puts the caller's token into a problem",
    found: ['leak'],
  },
  'eta-missing': {
    does: 'sends orders without the time of arrival that a screen needs',
    found: ['response-schema', 'need-missing'],
  },
  'slow-shelves': {
    does: 'takes 900 ms for a list that has 400',
    found: ['budget'],
  },
  'heavy-shelves': {
    does: 'sends 60 kB where 20 are promised',
    found: ['budget'],
  },
  'page-locked-out': {
    does: "does not allow the app's origin",
    found: ['cors'],
  },
  'put-adds-up': {
    does: 'adds the quantity of each PUT to what was there',
    found: ['idempotency'],
  },
  'second-delete-crashes': {
    does: 'answers 500 to cancelling an order twice',
    found: ['not-a-server-error'],
  },
  'paid-twice': {
    does: 'makes a second payment for the same Idempotency-Key',
    found: ['idempotency'],
  },
  'refused-yet-changed': {
    does: 'changes an order though it answers 422',
    found: ['idempotency', 'invalid-accepted'],
  },
  'connection-cut': {
    does: 'cuts the connection when flowers are asked for',
    found: ['connection'],
  },
  'never-ends': {
    does: 'never ends the body of a product that is out of stock',
    found: ['connection'],
  },
  'maintenance-mode': {
    does: 'answers 503 to everything once stock is recounted',
    found: ['poison'],
  },
} as const satisfies Record<string, { readonly does: string; readonly found: readonly string[] }>

export type FaultName = keyof typeof faults
