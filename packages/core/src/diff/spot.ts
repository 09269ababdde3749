import type { Operation } from '../operation/operation.ts'
import type { SchemaDifference } from './compare-schemas.ts'
import type { Finding } from './finding.ts'

/** An operation as both contracts know it; one of them where it came or went. */
export interface OperationPair {
  readonly before: Operation | undefined
  readonly after: Operation | undefined
}

/** A part of an operation. */
export interface Place {
  /** As reports write it: `response:200:body`, `request:query:page`, `security`. */
  readonly location: string
  readonly part: 'operation' | 'parameter' | 'body' | 'answer' | 'header' | 'media' | 'callback'
  /** As people say it, to stand before `of GET /basket`: `query parameter`. */
  readonly words: string
  /** Of a parameter or header. */
  readonly name?: string
  readonly status?: string
  /** Of a parameter or body: what every call has to send. */
  readonly isRequired?: boolean
}

/** Where something was found: a finding about the part itself, or a schema that differs there. */
export interface Spot {
  readonly pair: OperationPair
  readonly place: Place
  readonly finding?: Finding
  readonly schema?: SchemaDifference
}

/** The place of an operation as a whole. */
export const whole: Place = { location: 'operation', part: 'operation', words: '' }
