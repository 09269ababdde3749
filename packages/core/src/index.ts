export type {
  Blueprint,
  BlueprintTotals,
  BudgetLane,
  CallRow,
  FramedDiagnostic,
  JourneyHead,
  NeedRow,
  NeedStatus,
  Promises,
  Situation,
  StateChip,
  StateStatus,
  StepColumn,
  StudioEvent,
  WorkspaceOverview,
} from './blueprint/blueprint.ts'
export type {
  CellProblem,
  MatrixJourney,
  MatrixStep,
  NeedsCell,
  NeedsGroup,
  NeedsMatrix,
  NeedsRow,
} from './blueprint/needs-matrix.ts'
export { needsMatrixOf } from './blueprint/needs-matrix-of.ts'
export type {
  StatesCell,
  StatesColumn,
  StatesMatrix,
  StatesRow,
} from './blueprint/states-matrix.ts'
export { statesMatrixOf } from './blueprint/states-matrix-of.ts'
export type { CloseMatch, CloseMatches, FieldElsewhere } from './blueprint/close-matches.ts'
export type {
  DiagnosticList,
  Explanation,
  OwnedDiagnostic,
  OwnerCount,
  RuleCount,
  Side,
} from './blueprint/diagnostic-list.ts'
export { closeMatchesOf } from './blueprint/close-matches-of.ts'
export type { DiagnosticFilter } from './blueprint/diagnostic-filter.ts'
export { diagnosticListOf, ruleTitle } from './blueprint/diagnostic-list-of.ts'
export { openEndsOf } from './blueprint/open-ends-of.ts'
export type { OpenEnd, OpenEnds } from './blueprint/open-ends.ts'
export type { SearchEntry, SearchIndex } from './reference/search-index.ts'
export type {
  CodeSample,
  ReferenceApi,
  ReferenceCaller,
  ReferenceContent,
  ReferenceEntry,
  ReferenceError,
  ReferenceExample,
  ReferenceFields,
  ReferenceIndex,
  ReferenceOperation,
  ReferenceParameter,
  ReferenceRequest,
  ReferenceResponse,
  ReferenceSecurity,
  ReferenceType,
  RequestDraft,
  SchemaNode,
  TryTarget,
  UsedBy,
} from './reference/reference.ts'
export { addressOf, filledPath } from './reference/code-samples.ts'
export { conformance } from './reference/conformance.ts'
export { searchIndexOf, type SearchedRule } from './reference/search-index-of.ts'
export { tryTargets } from './reference/try-targets.ts'
export { referenceIndexOf } from './reference/reference-index-of.ts'
export {
  referenceFieldsOf,
  referenceOperationOf,
  type FieldPlace,
} from './reference/reference-operation-of.ts'
export { referenceTypeOf } from './reference/reference-type-of.ts'
export type {
  Traffic,
  TrafficCall,
  TrafficHeader,
  TrafficReason,
  TrafficVerdict,
  TrafficWhy,
} from './reference/traffic.ts'
export type * from './docs/page.ts'
export { audiences } from './docs/page.ts'
export type * from './lineage/lineage.ts'
export { lineageOf } from './lineage/lineage-of.ts'
export { lineageWithin, type LineageFilter } from './lineage/lineage-within.ts'
export type * from './blueprint/data-map.ts'
export { dataMapOf } from './blueprint/data-map-of.ts'
export type * from './blueprint/freshness-map.ts'
export { freshnessMapOf } from './blueprint/freshness-map-of.ts'
export { findingOf, lineageMarkdown, lineageRows } from './lineage/record-of-processing.ts'
export { docsOf, type Docs, type DocsOptions } from './docs/docs-of.ts'
export type { DocsRelease } from './docs/context.ts'
export {
  noEvidence,
  seenKey,
  testedFrom,
  type DocsEvidence,
  type SeenState,
  type TestedRun,
} from './docs/evidence.ts'
export { plainBlocks } from './docs/plain-blocks.ts'
export { linkCheck, type BrokenLink } from './docs/broken-links.ts'
export { liesOn, type DocsLie } from './docs/lies.ts'
export { hurtBy, hurtsInWords, type Hurt } from './reference/hurts.ts'
export { segmentsOf, type Segment } from './schema/field-path.ts'
export { usageOf } from './reference/usage.ts'
export type { TryAnswer, TryRequest, TryViolation } from './reference/try.ts'
export type { TestProgress } from './blueprint/test-progress.ts'
export { operationAddress } from './blueprint/studio-address.ts'
export { blueprintOf } from './blueprint/blueprint-of.ts'
export { framed } from './blueprint/framed.ts'
export { overviewOf } from './blueprint/overview-of.ts'
export { setupOf } from './blueprint/setup-of.ts'
export type * from './blueprint/setup.ts'
export type { Compilation } from './compile.ts'
export { compile } from './compile.ts'
export {
  catalogue,
  type Code,
  type Definition,
  type RuleName,
  type Severity,
} from './text/catalogue.ts'
export {
  located,
  placed,
  type Diagnostic,
  type Fix,
  type LocatedDiagnostic,
} from './text/diagnostic.ts'
export type { Origin, Position, Range, Span } from './text/origin.ts'
export {
  isReadable,
  type Files,
  type KeptReading,
  type SourceFile,
  type Unreadable,
} from './text/source.ts'
export { closest, suggestion } from './text/suggestion.ts'
export { globOf } from './text/glob.ts'
export type { ApiId, ClassId, Graph, JourneyId, ScenarioId, TeamId } from './2-link/graph.ts'
export type { Field, FoundField } from './schema/field.ts'
export {
  bodyField,
  fieldPaths,
  findField,
  type FieldOptions,
  type MissingField,
} from './schema/fields.ts'
export { edgesOf, wrongEdge, type Edge, type EdgeOptions } from './schema/edges.ts'
export { validatorOf, type ValidateOptions, type Validator } from './schema/validate.ts'
export { pathText, pointerOf, sentence, type Violation } from './schema/violation.ts'
export { nameOf, nodeOf, nodesOfKind } from './2-link/ask.ts'
export type {
  ApiNode,
  CallNode,
  JourneyNode,
  NeedNode,
  ScenarioNode,
  StateNode,
  StepNode,
} from './2-link/graph.ts'
export type { RequestParts, ScenarioRule } from './1-parse/declarations.ts'
export type { Contract, GraphqlContract, GraphqlDocument } from './operation/api.ts'
export type { Call } from './operation/call.ts'
export {
  answerViolations,
  type Answered,
  type AnswerJudged,
  type AnswerViolation,
} from './operation/answer-violations.ts'
export { fieldsOf, requestField } from './operation/fields-of.ts'
export { isJsonType, mainContent, successResponse } from './operation/operation.ts'
export type {
  Example,
  MediaType,
  Operation,
  OperationId,
  Parameter,
  ResponseDeclaration,
  SecurityRequirement,
} from './operation/operation.ts'
export {
  requestOf,
  requestViolations,
  type ReadRequest,
  type RequestViolation,
} from './operation/request.ts'
export { callbacksOf, webhooksOf, type Outgoing } from './1-parse/openapi/outgoing.ts'
export { expressionText, expressionValue, type Happened } from './operation/runtime-expression.ts'
export { isXmlType } from './operation/form.ts'
export { partsOf } from './operation/multipart.ts'
export { xmlElement, type XmlElement, type XmlProblem } from './operation/xml-element.ts'
export { xmlTextOf } from './operation/xml-text.ts'
export { valueOfXml } from './operation/xml-value.ts'
export { routerOf, type Match, type Router } from './operation/router.ts'
export {
  callOf,
  writtenRequest,
  type SaidRequest,
  type Unsayable,
  type WrittenRequest,
} from './operation/write-request.ts'
export { child, descend, originOf, pathOf, rootOf, type Document, type Site } from './text/site.ts'
export {
  choicesFrom,
  recordedChoices,
  replayedChoices,
  seededChoices,
  seededDraw,
  type Choices,
  type Draw,
} from './schema/choices.ts'
export { vocabulary, type Words } from './schema/vocabulary.ts'
export { estimatedFieldSize, estimatedSize, type Sample } from './schema/size.ts'
export {
  generate,
  generated,
  DATASETS,
  type Dataset,
  type Generated,
  type GenerateOptions,
} from './schema/generate.ts'
export type { CheckOptions } from './3-check/check-kind.ts'
export { check } from './3-check/check.ts'
export { classesOf, type Classes } from './3-check/classes.ts'
export { conditionsOf, type CallCondition } from './3-check/conditions.ts'
export { criticalPath, depthsOf, longestChain, type CriticalPath } from './3-check/critical-path.ts'
export { withoutWaived, type Waived } from './decide/without-waived.ts'
export { findingFingerprint } from './schema/finding-fingerprint.ts'
export { decidedFindings } from './3-check/decided.ts'
export { findOperation, type FoundOperation } from './2-link/find-operation.ts'
export { link } from './2-link/link.ts'
export { findInAnswer, findInRequest } from './operation/fields-of.ts'
export { parsedText } from './1-parse/parsed-text.ts'
export type * from './blueprint/edit.ts'
export { parseWorkspace } from './1-parse/workspace.ts'
export { filesOfWorkspace } from './1-parse/workspace-files.ts'
export type {
  CallDeclaration,
  CredentialDeclaration,
  Declarations,
  JourneyDeclaration,
  MonitorAlerts,
  MonitorDeclaration,
  SurveyDeclaration,
  ExperimentDeclaration,
  NeedDeclaration,
  PersonaDeclaration,
  ViaDeclaration,
  StateDeclaration,
  StepDeclaration,
} from './1-parse/declarations.ts'
export { documentOf } from './1-parse/document.ts'
export { resolve } from './1-parse/reference.ts'
export type {
  Change,
  ChangedOperation,
  ChangeLevel,
  ContractClass,
  DiffOptions,
  Impact,
  ImpactSeverity,
  PromiseTo,
  Reach,
  Report,
  Summary,
  SupportedClient,
} from './diff/change.ts'
export { diffGraphs } from './diff/diff-graphs.ts'
export { fingerprintOf } from './diff/fingerprint.ts'
export type {
  SignOff,
  Thread,
  ThreadEntry,
  ThreadState,
  TouchedStep,
  Touches,
} from './decide/thread.ts'
export type {
  DecisionAnswer,
  DecisionBoard,
  DraftAnswer,
  NodeLink,
  ProposedChange,
  ThreadLine,
  ThreadView,
  Waiting,
} from './decide/decision-board.ts'
export type {
  BaseChoice,
  ChangeHistory,
  ChangePlan,
  ChangeReview,
  HistoryChange,
  HistoryEntry,
  ReviewedChange,
  ReviewedChanges,
  ReviewedCommit,
  ReviewedImpact,
  ReviewedJourney,
  ReviewedStep,
  SourceExcerpt,
  WaiverAnswer,
} from './decide/change-review.ts'
export { reviewOf } from './decide/review-of.ts'
export { nodeLink, threadAddress, threadLine, threadView } from './decide/thread-view.ts'
export { agendaOf, type Agenda, type AgendaOptions } from './decide/agenda.ts'
export { migrationFor, type Migration } from './decide/migration.ts'
export { waitingFor, type WaitingFor } from './decide/waiting.ts'
export { threadOf, type Outlook } from './decide/thread-of.ts'
export type { NoDraft, ProposalDraft } from './decide/proposal-draft.ts'
export { proposalForNeed } from './decide/proposal-for-need.ts'
export { proposalForField } from './decide/proposal-for-field.ts'
export { proposalForState } from './decide/proposal-for-state.ts'
export { overlaidFile } from './2-link/link-decisions.ts'
export { contractAudiences, maySee, type ContractAudience } from './bundle/audience.ts'
export { bundled, type Bundled } from './bundle/bundled.ts'
export {
  contractFor,
  isForOthers,
  type ContractFor,
  type ContractForOptions,
  type LostNeed,
} from './bundle/contract-for.ts'
export type { Removal } from './bundle/removal.ts'
export { overlayIn } from './bundle/overlay-in.ts'
export { slug } from './1-parse/identifier.ts'
export { afterStep, applyOverlay, type Overlaid } from './overlay/apply-overlay.ts'
export { threadsIn, revisionOf, voicesOn, type EntryThread } from './2-link/decision-threads.ts'
export { isMember } from './2-link/members.ts'
export type {
  CommentDeclaration,
  DecidedDeclaration,
  DecisionEntry,
  ProposalDeclaration,
  SignOffDeclaration,
} from './1-parse/declarations.ts'
export type { Overlay, OverlayAction, OverlayStep } from './overlay/overlay.ts'
export { locatedChanges, type LocatedChange } from './diff/located-changes.ts'
export { usualPromises } from './diff/level-of.ts'
export { exampleOf as changeExample, type RuleExample } from './diff/rule-examples.ts'
export { reportOf as changeReport } from './diff/summary.ts'
export { rules as changeRules, type Rule as ChangeRule } from './diff/rules.ts'
export { firstPageOf } from './resource/first-page.ts'
export { idPropertyOf } from './resource/id-property.ts'
export { knownBody } from './resource/known-body.ts'
export {
  jsonContent,
  lastWord,
  listShapeOf,
  plain,
  singular,
  type ListShape,
} from './resource/list-shape.ts'
export {
  itemShapeOf,
  relationsOf,
  type ItemShape,
  type Reference,
  type Relations,
  type Resource,
  type Role,
} from './resource/relations.ts'
export {
  evidenceKinds,
  evidenceSources,
  type EvidenceEvent,
  type EvidenceKind,
  type EvidenceOutcome,
  type EvidenceSource,
} from './evidence/event.ts'
export { evidenceColumns, type EvidenceColumn } from './evidence/columns.ts'
export { LEAST, type ClaimLabel, type Estimate } from './analytics/claim.ts'
export { costOfSlow, type CostChecks, type CostOfSlow } from './analytics/cost-of-slow.ts'
export type { Dose } from './analytics/dose-response.ts'
export { experiment, type Arm, type ExperimentResult } from './analytics/experiment.ts'
export {
  comparedReports,
  type ComparedStep,
  type ReportComparison,
} from './analytics/compare-reports.ts'
export { percentile } from './analytics/percentile.ts'
export type { StepVisit } from './analytics/step-visit.ts'
export {
  speedArms,
  together,
  type ExperimentArm,
  type ExperimentReport,
} from './analytics/experiments-report.ts'
export {
  guardrailBroken,
  plannedExperiments,
  speedFlag,
  type PlannedExperiment,
  type WatchedArm,
} from './analytics/speed-experiments.ts'
export {
  liveEvidence,
  type LiveEvent,
  type LiveEvidence,
  type LiveRow,
} from './analytics/live-events.ts'
export type { SurveyGroup, SurveyResult } from './analytics/survey-results.ts'
export { waiting, type Wait, type WaitingInterval } from './analytics/waiting.ts'
export { decodedBeacon, longestBeacon, type Beacon, type NoBeacon } from './evidence/beacon.ts'
export { pageFields } from './evidence/page-fields.ts'
export {
  pageConfiguration,
  type PageConfiguration,
  type PageConfigurationOptions,
  type SpeedExperiment,
} from './evidence/page-configuration.ts'
export type * from './analytics/answers.ts'
export type * from './analytics/evidence-report.ts'
export { stepsCalling } from './analytics/advice/places.ts'
export type { AdviceKind, Gain } from './analytics/advice/advice.ts'
export { reportOf, type ReportOptions } from './analytics/report-of.ts'
export { MalformedOtlp, type OtlpItem, type OtlpSignal } from './evidence/otlp.ts'
export { otlpFromProtobuf } from './evidence/otlp-protobuf.ts'
export { otlpFromJson } from './evidence/otlp-json.ts'
export { eventsOfOtlp } from './evidence/otlp-events.ts'
export { placesOf, type Places, type Screen } from './evidence/places.ts'
export { eventFrom } from './evidence/event-from.ts'
export { catalogText } from './govern/catalog-text.ts'
export { codeOwnersText } from './govern/code-owners-text.ts'
export { codeOwnersPlaces } from './1-parse/told-owners.ts'
export { isPlaceholder, redactionOf } from './govern/redaction.ts'
export type { Header as RedactedHeader, Redaction } from './govern/redaction.ts'
export { heldTo, type Rules } from './schema/rules.ts'
export { ruleViolation } from './schema/rule-violation.ts'
export { holdToPolicy } from './govern/data-rules.ts'
export { freshnessOf, type Freshness } from './govern/freshness-of.ts'
export { cacheWords, withAnswer, type Caching, type SeenCaching } from './operation/caching.ts'
export { ownerOf, ownerOfField } from './2-link/owner-of.ts'
export { ownerSourceOf, type OwnerSource } from './2-link/owner-source.ts'
export { maskOf } from './evidence/masking.ts'
export { Admission, type Admitted } from './evidence/admission.ts'
export { patternOf, scrubbed } from './evidence/scrubbed.ts'
export { graphqlQuery, type GraphqlQuery } from './reference/graphql-query.ts'
export { classificationNames } from './3-check/data-classification.ts'
export { draftedContract, operationIdOf, type Seen } from './infer/drafted-contract.ts'
export { idBook, type IdOf } from './infer/screens.ts'
export { generalPath } from './infer/general-path.ts'
export {
  lossBook,
  lossLines,
  lossReports,
  type LossBook,
  type LossEntry,
  type LossKind,
  type LossReport,
} from './infer/loss-report.ts'
export { inferredSchema } from './infer/inferred-schema.ts'
export { condensed, type Condensing } from './infer/condensed.ts'
export { discoveryOf, type Discovery } from './infer/discovery.ts'
export { stillMissing, type Declared, type StillMissing } from './infer/still-missing.ts'
export { discoveredIn } from './infer/discovered-in.ts'
export type {
  Discovered,
  DiscoveredApi,
  DiscoveredCall,
  DiscoveredJourney,
  DiscoveredStep,
  FieldReads,
} from './infer/discovered.ts'
export type { DiscoveryEdit, ObservedCall, Observation, ReadCounts } from './infer/observation.ts'
