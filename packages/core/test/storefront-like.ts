/** A small shop with journeys, a policy, REST and GraphQL, and a dozen things wrong with it. */
export const shop = {
  'throughline.yaml': `throughline: 1
name: Corner Market
apis:
  store: { contract: apis/store.openapi.yaml, owner: orders }
  reviews: { contract: apis/reviews.graphql, documents: app/*.graphql }
teams:
  orders: { role: backend }
states:
  loading: Grey shapes
  timeout: { show: A retry banner, recover: retry }
  offline: { same: timeout }
  5xx: { same: timeout }
rules: { missing-state: error, error-without-problem-json: off }
`,
  'journeys/checkout.journey.yaml': `journey: checkout
persona: returning-customer
owner: chekout
steps:
  - step: basket
    budget: { p75: 500ms }
    calls:
      - operation: store.getBasket
        needs:
          - items[].name
          - items[].price.amount
          - items[].price.curency
          - { path: eta, absent: No date is shown }
        budget: { p75: 300ms }
      - operation: reviews query BasketReviews
        after: store.getBasket
        needs: [average]
        budget: { p75: 300ms }
        states:
          empty: Nobody has said anything
    next: [payment]
  - step: delivery
  - step: payment
    calls:
      - operation: store.createPayment
        sends: [method, vuocher]
        needs: [id]
        states:
          402: { show: Your bank said no }
          410: { show: Gone }
`,
  'personas/returning-customer.yaml': 'persona: returning-customer\n',
  'policy.yaml': `classes:
  secret: { contains: [cardNumber], rule: never in a response }
freshness:
  - { match: store.getBasket, maxAge: 0s }
`,
  'apis/store.openapi.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        "200":
          description: The basket
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Basket" }
        "404": { description: No basket }
  /payments:
    post:
      operationId: createPayment
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [method, amount]
              properties: { method: { type: string }, amount: { type: number }, voucher: { type: string } }
      responses:
        "201":
          description: Paid
          content:
            application/json:
              schema:
                type: object
                required: [id]
                properties: { id: { type: string }, cardNumber: { type: string } }
              example: { id: 17 }
        "402": { description: Declined }
components:
  schemas:
    Basket:
      type: object
      required: [items]
      properties:
        items: { type: array, items: { $ref: "#/components/schemas/Line" } }
        eta: { type: string, format: date }
    Line:
      type: object
      required: [name, price]
      properties:
        name: { type: string }
        price: { $ref: "#/components/schemas/Money" }
    Money:
      type: object
      required: [amount]
      properties: { amount: { type: number }, currency: { type: string } }
`,
  'apis/reviews.graphql':
    'type Query { basketReviews: Reviews! }\ntype Reviews { average: Float, total: Int! }\n',
  'app/basket.graphql': 'query BasketReviews { basketReviews { average } }\n',
}
