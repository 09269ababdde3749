import { holdToPolicy, nodeOf, routerOf } from '@throughline/core'
import type { ApiNode, Contract, Graph, Operation, Router } from '@throughline/core'
import { graphqlService } from './graphql.ts'
import type { GraphqlService } from './graphql.ts'
import { resourcesOf } from './world/resources.ts'
import type { Resources } from './world/resources.ts'

/** Routers and GraphQL schemas are built when the first request needs them, and live as long as their contract. */
export function servedApis(graph: Graph): readonly ServedApi[] {
  holdToPolicy(graph)
  return graph.apis
    .filter((api): api is ApiNode & { contract: Contract } => api.contract !== undefined)
    .map(({ name, contract }) => ({
      name,
      contract,
      router() {
        let router = routers.get(contract)
        if (router === undefined)
          routers.set(
            contract,
            (router = routerOf(operationsOf(graph, contract), contract.basePaths)),
          )
        return router
      },
      resources() {
        let resources = relations.get(contract)
        if (resources === undefined)
          relations.set(contract, (resources = resourcesOf(operationsOf(graph, contract))))
        return resources
      },
      graphql() {
        if (contract.protocol !== 'graphql') return undefined
        let service = services.get(contract)
        if (service === undefined) services.set(contract, (service = graphqlService(contract)))
        return service
      },
    }))
}

export interface ServedApi {
  readonly name: string
  readonly contract: Contract
  readonly router: () => Router
  readonly resources: () => Resources
  readonly graphql: () => GraphqlService | undefined
}

const routers = new WeakMap<Contract, Router>()

const relations = new WeakMap<Contract, Resources>()

const services = new WeakMap<Contract, GraphqlService>()

/** The graph's own operations: linking may have added owner and stage. */
function operationsOf(graph: Graph, contract: Contract): readonly Operation[] {
  return contract.operations.map((one) => nodeOf(graph, 'operation', one.id) ?? one)
}
