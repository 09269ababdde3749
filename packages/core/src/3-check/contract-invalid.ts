import type { ContractCheck } from './check-kind.ts'

/** TL4001: the document breaks the specification's own JSON Schema. */
export const contractInvalid: ContractCheck = (contract) => contract.validity()
