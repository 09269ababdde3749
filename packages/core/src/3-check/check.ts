import type { Graph } from '../2-link/graph.ts'
import type { Contract } from '../operation/api.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { budgetExceedsStep } from './budget-exceeds-step.ts'
import { chattyStep } from './chatty-step.ts'
import type { Check, CheckOptions, ContractCheck } from './check-kind.ts'
import { contractInvalid } from './contract-invalid.ts'
import { dataClassWords } from './data-class-words.ts'
import { decided } from './decided.ts'
import { deprecatedInUse } from './deprecated-in-use.ts'
import { errorWithoutProblemJson } from './error-without-problem-json.ts'
import { exampleBreaksPolicy } from './example-breaks-policy.ts'
import { exampleViolatesSchema } from './example-violates-schema.ts'
import { inFileOrder } from './file-order.ts'
import { missingFreshness } from './missing-freshness.ts'
import { missingState } from './missing-state.ts'
import { needMayBeAbsent } from './need-may-be-absent.ts'
import { ownersDisagree } from './owners-disagree.ts'
import { payloadOverBudget } from './payload-over-budget.ts'
import { policyClass } from './policy-class.ts'
import { policyUnclassified } from './policy-unclassified.ts'
import { policyValidation } from './policy-validation.ts'
import { requiredFieldNotSent } from './required-field-not-sent.ts'
import { staleAnswer } from './stale-answer.ts'
import { stageNotReady } from './stage-not-ready.ts'
import { stateCannotHappen } from './state-cannot-happen.ts'
import { unboundedList } from './unbounded-list.ts'
import { unowned } from './unowned.ts'
import { unreachableStep } from './unreachable-step.ts'
import { unusedField } from './unused-field.ts'
import { unusedOperation } from './unused-operation.ts'

export type { CheckOptions } from './check-kind.ts'

const checks: readonly Check[] = [
  unreachableStep,
  missingState,
  stateCannotHappen,
  needMayBeAbsent,
  requiredFieldNotSent,
  chattyStep,
  budgetExceedsStep,
  payloadOverBudget,
  deprecatedInUse,
  stageNotReady,
  missingFreshness,
  staleAnswer,
  unusedOperation,
  unusedField,
  unowned,
  ownersDisagree,
  policyClass,
  policyUnclassified,
  dataClassWords,
  policyValidation,
  exampleBreaksPolicy,
]

const contractChecks: readonly ContractCheck[] = [
  contractInvalid,
  exampleViolatesSchema,
  errorWithoutProblemJson,
  unboundedList,
]

/**
 * Everything there is to say about a linked workspace: what parsing and linking found and what every check finds,
 * with the severities of `rules:`, without what a waiver covers, in the order of the files.
 */
export function check(graph: Graph, options: CheckOptions = {}): readonly Diagnostic[] {
  const found = [...graph.diagnostics]
  for (const ask of checks) found.push(...ask(graph, options))
  for (const { contract } of graph.apis)
    if (contract !== undefined) found.push(...ofContract(contract))
  return inFileOrder(graph, decided(graph, found, options))
}

const remembered = new WeakMap<Contract, readonly Diagnostic[]>()

function ofContract(contract: Contract): readonly Diagnostic[] {
  let found = remembered.get(contract)
  if (found === undefined) {
    found = contractChecks.flatMap((ask) => [...ask(contract)])
    remembered.set(contract, found)
  }
  return found
}
