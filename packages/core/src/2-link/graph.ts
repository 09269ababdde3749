import type { Contract, GraphqlDocument } from '../operation/api.ts'
import type { Operation, OperationId } from '../operation/operation.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { Origin } from '../text/origin.ts'
import type { FoundField } from '../schema/field.ts'
import type {
  Budget,
  ClassDeclaration,
  Declarations,
  PersonaDeclaration,
  ScenarioDeclaration,
  StateDeclaration,
  TeamDeclaration,
  ViaDeclaration,
} from '../1-parse/declarations.ts'

// Ids are built from what people wrote, never from a counter.
export type ApiId = `api:${string}` // api:store
export type JourneyId = `journey:${string}` // journey:checkout
export type PersonaId = `persona:${string}`
export type StepId = `step:${string}` // step:checkout/basket
export type CallId = `call:${string}` // call:checkout/basket/store.getBasket
export type NeedId = `need:${string}` // need:checkout/basket/store.getBasket/items[].name
export type StateId = `state:${string}` // state:checkout/basket/store.getBasket/404, state:checkout/basket/timeout
export type FieldId = `field:${string}` // field:store.getBasket:200:items[].price
export type TeamId = `team:${string}`
export type ClassId = `class:${string}`
export type ScenarioId = `scenario:${string}`
export type NodeId =
  | ApiId
  | OperationId
  | JourneyId
  | PersonaId
  | StepId
  | CallId
  | NeedId
  | StateId
  | FieldId
  | TeamId
  | ClassId
  | ScenarioId

interface Named<Kind extends string, Id extends string> {
  readonly kind: Kind
  readonly id: Id
  readonly origin: Origin
}

export interface ApiNode extends Named<'api', ApiId> {
  readonly name: string
  readonly contract: Contract | undefined
  readonly owner?: string
  readonly environments: ReadonlyMap<string, string>
}
export interface JourneyNode extends Named<'journey', JourneyId> {
  readonly name: string
  readonly title: string
  readonly persona?: PersonaId
  readonly owner?: string
  readonly goal?: string
  readonly pains: readonly string[]
  readonly steps: readonly StepId[]
}
export interface PersonaNode extends Named<'persona', PersonaId> {
  readonly name: string
  readonly declaration: PersonaDeclaration
}
export interface StepNode extends Named<'step', StepId> {
  /** `checkout/basket`: journey and step, as diagnostics and URLs say it. */
  readonly name: string
  readonly step: string
  readonly title: string
  readonly journey: JourneyId
  readonly screen?: string
  readonly image?: string
  readonly design?: string
  readonly feeling?: { readonly score: number; readonly quote?: string; readonly from?: string }
  readonly budget?: Budget
  readonly calls: readonly CallId[]
  readonly states: readonly StateId[]
  readonly next: readonly StepId[]
  /** What somebody does on the screen before its calls matter. */
  readonly via: readonly ViaDeclaration[]
}
export interface CallNode extends Named<'call', CallId> {
  readonly step: StepId
  /** As people wrote it, in its short form: `store.getBasket`. */
  readonly name: string
  readonly operation: OperationId | undefined
  /** GraphQL: the operation document it names. */
  readonly document?: GraphqlDocument
  readonly after: readonly CallId[]
  readonly needs: readonly NeedId[]
  readonly sends: readonly { readonly path: string; readonly origin: Origin }[]
  readonly budget?: Budget
  /** How old its answer may be on this screen, in milliseconds. */
  readonly maxAge?: number
  readonly states: readonly StateId[]
  /** What somebody does on the screen so that it is called; empty for what is called by arriving. */
  readonly via: readonly ViaDeclaration[]
}
export interface NeedNode extends Named<'need', NeedId> {
  readonly call: CallId
  readonly path: string
  /** What a UX person calls it: the label as written, or made from the path (`price.amount` -> "Price amount"). */
  readonly label: string
  readonly why?: string
  readonly absent?: string
  /** `undefined` when the contract does not return it: a gap. */
  readonly field: FieldId | undefined
}
export interface FieldNode extends Named<'field', FieldId> {
  readonly operation: OperationId
  readonly status: string
  readonly path: string
  readonly found: FoundField
}
export interface StateNode extends Named<'state', StateId> {
  readonly condition: string
  /** The step or the call it stands on. */
  readonly on: StepId | CallId
  /** `same:` followed to the one that says what is shown. */
  readonly declaration: StateDeclaration
  readonly show?: string
  readonly test?: string
  readonly recover?: string
  readonly design?: string
}
export interface TeamNode extends Named<'team', TeamId> {
  readonly name: string
  readonly declaration: TeamDeclaration
}
export interface ClassNode extends Named<'class', ClassId> {
  readonly name: string
  readonly declaration: ClassDeclaration
}
export interface ScenarioNode extends Named<'scenario', ScenarioId> {
  readonly name: string
  readonly declaration: ScenarioDeclaration
  /** The operation of each rule, in order; `undefined` where it is unknown. */
  readonly operations: readonly (OperationId | undefined)[]
}

export type Node =
  | ApiNode
  | Operation
  | JourneyNode
  | PersonaNode
  | StepNode
  | CallNode
  | NeedNode
  | FieldNode
  | StateNode
  | TeamNode
  | ClassNode
  | ScenarioNode
export type NodeOfKind<Kind extends Node['kind']> = Extract<Node, { kind: Kind }>

export interface Edge {
  readonly kind:
    | 'declares'
    | 'has'
    | 'calls'
    | 'after'
    | 'needs'
    | 'reads'
    | 'designs'
    | 'leads-to'
    | 'owned-by'
    | 'walked-by'
    | 'classified'
    | 'plays'
  readonly from: NodeId
  readonly to: NodeId
}

/** Everything linked. Built once, never changed; two graphs are compared by id. */
export interface Graph {
  readonly name: string
  readonly nodes: ReadonlyMap<NodeId, Node>
  readonly outgoing: ReadonlyMap<NodeId, readonly Edge[]>
  readonly incoming: ReadonlyMap<NodeId, readonly Edge[]>
  readonly apis: readonly ApiNode[]
  readonly journeys: readonly JourneyNode[]
  /** App-wide states, inherited by every step that says nothing else, `same` followed. */
  readonly appStates: ReadonlyMap<string, StateDeclaration>
  readonly declarations: Declarations
  /** What parsing and linking found. Checks come on top (`check`). */
  readonly diagnostics: readonly Diagnostic[]
}
