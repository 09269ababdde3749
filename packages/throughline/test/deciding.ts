import { compiled } from '../src/workspace/compiled.ts'
import {
  decisionsOf,
  type Decisions,
  type DecisionsOptions,
} from '../src/workspace/decisions/decisions.ts'
import { openWorkspace, type Workspace } from '../src/workspace/workspace.ts'

export const orders = 'Ada Lovelace <ada@example.com>'
export const checkout = 'Grace Hopper <grace@example.com>'

/** A shop whose basket lacks the delivery date, with the teams that decide about it. */
export const shop = {
  'throughline.yaml': `throughline: 1
name: Shop
apis: { store: { contract: apis/store.yaml, owner: orders } }
teams:
  orders: { role: backend, members: [ada@example.com] }
  checkout: { role: ux, members: [grace@example.com] }
`,
  'apis/store.yaml': `openapi: 3.1.0 # agreed in May
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        '200': { description: The basket, content: { application/json: { schema: { $ref: '#/components/schemas/Basket' } } } }
components:
  schemas:
    Basket:
      type: object
      required: [total]
      properties:
        total: { type: number }   # with tax
`,
  'journeys/checkout.journey.yaml': `journey: checkout
owner: checkout
steps:
  - step: basket
    screen: /basket
    calls:
      - operation: store.getBasket
        needs: [total, eta]
`,
}
export const need = 'need:checkout/basket/store.getBasket/eta'

/** What is decided in a folder on this disk. */
export function decisionsIn(
  folder: string,
  options: Partial<DecisionsOptions> = {},
): Decisions & { readonly workspace: Workspace } {
  const workspace = openWorkspace(folder)
  let { graph } = compiled(workspace)
  const decisions = decisionsOf({
    workspace,
    graph: () => graph,
    follow() {
      if (workspace.refresh().length > 0) ({ graph } = compiled(workspace))
    },
    ...options,
  })
  return Object.defineProperty(decisions, 'workspace', { value: workspace }) as Decisions & {
    readonly workspace: Workspace
  }
}
