import type { ExecutionArgs } from 'graphql'
import type { GraphqlWorld } from './graphql-values.ts'

/** All that `execute` needs. */
export interface Execution extends ExecutionArgs {
  readonly contextValue: GraphqlWorld
}
