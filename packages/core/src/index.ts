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
export type { Compilation } from './compile.ts'
export { compile } from './compile.ts'
export { catalogue, type Code, type Definition, type RuleName, type Severity } from './text/catalogue.ts'
export { located, type Diagnostic, type Fix, type LocatedDiagnostic } from './text/diagnostic.ts'
export type { Origin, Position, Range, Span } from './text/origin.ts'
export { isReadable, type Files, type SourceFile, type Unreadable } from './text/source.ts'
export { closest, suggestion } from './text/suggestion.ts'
export type { Graph } from './2-link/graph.ts'
