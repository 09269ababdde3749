export { compile, type Compilation } from './compile.ts'
export type {
  Blueprint,
  BlueprintTotals,
  BudgetLane,
  CallRow,
  FramedDiagnostic,
  JourneyHead,
  NeedRow,
  NeedStatus,
  Situation,
  StateChip,
  StateStatus,
  StepColumn,
  StudioEvent,
  WorkspaceOverview,
} from './blueprint/blueprint.ts'
export { blueprintOf } from './blueprint/blueprint-of.ts'
export { framed } from './blueprint/framed.ts'
export { overviewOf } from './blueprint/overview-of.ts'
export { catalogue, type Code, type Definition, type RuleName, type Severity } from './text/catalogue.ts'
export { located, type Diagnostic, type Fix, type LocatedDiagnostic } from './text/diagnostic.ts'
export type { Origin, Position, Range, Span } from './text/origin.ts'
export { isReadable, type Files, type SourceFile, type Unreadable } from './text/source.ts'
export { closest, suggestion } from './text/suggestion.ts'
export type { Graph } from './2-link/graph.ts'
export type { Field, FoundField } from './schema/field.ts'
export { bodyField, fieldPaths, findField, type FieldOptions, type MissingField } from './schema/fields.ts'
export { validatorOf, type ValidateOptions, type Validator } from './schema/validate.ts'
export { pathText, pointerOf, sentence, type Violation } from './schema/violation.ts'
export { edgesInto, nameOf, nodeOf, nodesOfKind } from './2-link/ask.ts'
export { fieldsOf, isHeader, requestField } from './operation/fields-of.ts'
export { mainContent, successResponse, type Operation } from './operation/operation.ts'
