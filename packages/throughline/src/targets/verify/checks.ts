import type { Check } from './check-kind.ts'
import { authentication } from './checks/authentication.ts'
import { caching } from './checks/caching.ts'
import { classifiedData } from './checks/classified.ts'
import { policyValues } from './checks/policy-values.ts'
import { connection } from './checks/connection.ts'
import { contract } from './checks/contract.ts'
import { errorBody } from './checks/error-body.ts'
import { invalidAccepted, validRejected } from './checks/judgement.ts'
import { graphql } from './checks/graphql.ts'
import { leak } from './checks/leak.ts'
import { needMissing } from './checks/needs.ts'
import { cors, unsupportedMethod } from './checks/road.ts'
import { serverError } from './checks/server-error.ts'

/** Everything that is asked of each exchange by itself. */
export const checks: readonly Check[] = [
  connection,
  serverError,
  contract,
  invalidAccepted,
  validRejected,
  authentication,
  needMissing,
  classifiedData,
  policyValues,
  caching,
  errorBody,
  leak,
  cors,
]

/** What is asked of a GraphQL answer: its errors come with a success. */
export const graphqlChecks: readonly Check[] = [
  connection,
  serverError,
  contract,
  graphql,
  classifiedData,
  policyValues,
  leak,
]

/** What is asked of a probe: its answer is not one of the operation's. */
export const roadChecks: readonly Check[] = [connection, unsupportedMethod, cors, leak]
