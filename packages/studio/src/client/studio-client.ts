// Written by packages/throughline/scripts/write-studio-client.ts from studio.openapi.yaml. Change that, and run it again.

/** What a question is, apart from how it travels. */
export interface Question {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  /** With its query. */
  readonly address: string
  /** Sent as JSON; a file as it is. */
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

export interface Asking {
  readonly signal?: AbortSignal | undefined
}

export type Problem = { readonly type: string; readonly title: string; readonly status: number; readonly detail?: string }

export type Situation = { readonly scenario: string; readonly title: string }

export type Position = { readonly line: number; readonly column: number }

export type Range = { readonly start: Position; readonly end: Position }

export type Diagnostic = { readonly code: string; readonly severity: 'error' | 'warning' | 'info'; readonly rule: string; readonly message: string; readonly file: string; readonly range: Range; readonly subject?: string; readonly help: string; readonly related?: readonly { readonly file: string; readonly range: Range; readonly message: string }[]; readonly fixes?: readonly { readonly title: string; readonly replace?: string; readonly propose?: string }[]; readonly frame: { readonly firstLine: number; readonly lines: readonly string[] } }

export type NeedCounts = { readonly covered: number; readonly optional: number; readonly "planned-for": number; readonly missing: number }

export type StateCounts = { readonly designed: number; readonly inherited: number; readonly missing: number; readonly "cannot-happen": number }

export type Totals = { readonly needs: NeedCounts; readonly states: StateCounts; readonly errors: number; readonly warnings: number; readonly worstBudget?: { readonly step: string; readonly title: string; readonly promised: number; readonly calls: number } }

export type WorkspaceOverview = { readonly name: string; readonly version: number; readonly broken?: { readonly since: string; readonly diagnostics: readonly Diagnostic[] }; readonly discovering?: true; readonly journeys: readonly ({ readonly name: string; readonly title: string; readonly line: 1 | 2 | 3 | 4; readonly goal?: string; readonly persona?: string; readonly steps: readonly { readonly name: string; readonly title: string; readonly status: 'fine' | 'gap' }[]; readonly totals: Totals })[]; readonly apis: readonly { readonly name: string; readonly version: string; readonly operations: number; readonly file: string }[]; readonly counts: { readonly errors: number; readonly warnings: number; readonly infos: number; readonly operations: number; readonly steps: number; readonly needs: number }; readonly open: { readonly gaps: OpenEnd; readonly undecided: OpenEnd; readonly unplanned: OpenEnd; readonly overBudget: OpenEnd; readonly unowned: OpenEnd }; readonly mock: { readonly url: string; readonly situation: Situation | null }; readonly app?: { readonly url: string } }

export type Blueprint = { readonly journey: { readonly name: string; readonly title: string; readonly goal?: string; readonly pains: readonly string[]; readonly owner?: string; readonly ownerFrom?: OwnerSource; readonly line: 1 | 2 | 3 | 4; readonly file: string; readonly persona?: { readonly name: string; readonly title: string; readonly context?: string; readonly devices: readonly string[] } }; readonly totals: Totals; readonly steps: readonly StepColumn[]; readonly diagnostics: readonly Diagnostic[] }

export type OpenEnd = { readonly count: number; readonly url: StudioUrl }

/** A path of the studio, with its query */
export type StudioUrl = string

/** The colour of a journey's line */
export type Line = 1 | 2 | 3 | 4

/** Where it is written whose a thing is */
export type OwnerSource = { readonly from: 'workspace' | 'contract' | 'backstage' | 'codeowners'; readonly file: string; readonly line: number }

export type NeedStatus = 'covered' | 'optional' | 'planned-for' | 'missing'

export type StateStatus = 'designed' | 'inherited' | 'missing' | 'cannot-happen'

export type Severity = 'error' | 'warning' | 'info'

/** Whose mend it usually is */
export type Side = 'ux' | 'backend' | 'both'

export type DataMap = { readonly name: string; readonly classes: readonly DataClass[]; readonly entries: readonly DataRow[]; readonly matching: number; readonly total: number; readonly unneeded: number; readonly broken: number; readonly choices: { readonly personas: readonly string[]; readonly journeys: readonly { readonly name: string; readonly title: string }[]; readonly owners: readonly string[] } }

export type DataClass = { readonly class: string; readonly declared: boolean; readonly rules: readonly string[]; readonly fields: number; readonly operations: number; readonly screens: number; readonly personas: readonly string[]; readonly broken: number; readonly unneeded: number }

export type DataRow = { readonly class: string; readonly declared: boolean; readonly rules: readonly string[]; readonly sensitivity?: string; readonly masking?: string; readonly api: string; readonly operation: string; readonly request: string; readonly owner?: string; readonly direction: 'sent' | 'returned'; readonly place: 'url' | 'header' | 'request' | 'response'; readonly path: string; readonly screens: readonly DataScreen[]; readonly broken?: string; readonly code?: string; readonly unneeded: boolean; readonly url: StudioUrl; readonly callers: readonly DataCaller[]; readonly problem?: StudioUrl }

export type DataScreen = { readonly step: string; readonly title: string; readonly screen?: string; readonly journey: string; readonly persona?: string; readonly need?: string; readonly why?: string; readonly goal?: string; readonly owner?: string; readonly line: Line; readonly url: StudioUrl }

export type DataCaller = { readonly step: string; readonly title: string; readonly journey: string; readonly persona?: string; readonly line: Line; readonly url: StudioUrl }

export type JourneyFiles = { readonly csv: string; readonly html: string }

export type DataRecord = { readonly rows: readonly (readonly string[])[]; readonly markdown: string }

export type FreshnessMap = { readonly rows: readonly FreshnessRow[]; readonly total: number; readonly tested?: { readonly id: string; readonly target: string; readonly started: string } }

export type FreshnessRow = { readonly verdict: 'stale' | 'unsaid' | 'advice' | 'fits'; readonly step: DataCaller; readonly screen?: string; readonly operation: string; readonly request: string; readonly url: StudioUrl; readonly fields: readonly string[]; readonly call?: number; readonly policy?: number; readonly contract?: string; readonly observed?: string; readonly advice: readonly string[]; readonly problem?: StudioUrl }

export type NeedsMatrix = { readonly journeys: readonly { readonly name: string; readonly title: string; readonly line: Line; readonly owner?: string; readonly steps: readonly { readonly name: string; readonly title: string; readonly screen?: string; readonly url: StudioUrl }[] }[]; readonly operations: readonly NeedsGroup[]; readonly totals: { readonly rows: number; readonly unused: number; readonly needs: NeedCounts }; readonly bounds: { readonly depth: number; readonly rows: number } }

export type NeedsGroup = { readonly operation: string; readonly api: string; readonly method: string; readonly path: string; readonly title?: string; readonly owner?: string; readonly status?: string; readonly deprecated: boolean; readonly url?: StudioUrl; readonly calledBy: readonly string[]; readonly rows: readonly NeedsRow[]; readonly leftOut: { readonly fields: number; readonly more: boolean } }

export type NeedsRow = { readonly path: string; readonly label: string; readonly type?: string; readonly description?: string; readonly class?: string; readonly deprecated: boolean; readonly missing: boolean; readonly unused: boolean; readonly usedBy: number; readonly because?: string; readonly cells: readonly NeedsCell[] }

export type NeedsCell = { readonly step: string; readonly status: NeedStatus; readonly call: string; readonly need: string; readonly path?: string; readonly label: string; readonly why?: string; readonly absent?: string; readonly url: StudioUrl; readonly file: string; readonly line: number; readonly problems: readonly { readonly code: string; readonly severity: Severity; readonly message: string; readonly fixes: Fixes }[] }

export type Fixes = readonly { readonly title: string; readonly replace?: string; readonly propose?: string }[]

export type CloseMatches = { readonly operation: string; readonly path: string; readonly exists: boolean; readonly matches: readonly { readonly path: string; readonly label: string; readonly type: string; readonly description?: string; readonly distance: number; readonly because: string; readonly usedBy: number }[]; readonly elsewhere: readonly { readonly operation: string; readonly method: string; readonly operationPath: string; readonly title?: string; readonly path: string; readonly type: string; readonly owner?: string; readonly called: boolean; readonly url: StudioUrl }[] }

export type StatesMatrix = { readonly columns: readonly { readonly condition: StatesColumn; readonly label: string; readonly hint: string }[]; readonly journeys: readonly { readonly name: string; readonly title: string; readonly line: Line; readonly owner?: string; readonly steps: readonly StatesRow[] }[]; readonly totals: StateCounts; readonly diagnostics: readonly Diagnostic[] }

export type StateProofs = { readonly proofs: readonly StateProof[] }

export type StateProof = { readonly id: string; readonly step: string; readonly call: string; readonly condition: string; readonly verdict: 'proven' | 'failed' | 'untested'; readonly problems: readonly string[]; readonly at: string; readonly build?: string; readonly picture?: string }

export type StatesColumn = 'loading' | 'empty' | 'partial' | 'error' | 'timeout' | 'offline'

export type StatesRow = { readonly step: string; readonly title: string; readonly screen?: string; readonly image?: string; readonly wireframe: 'list' | 'detail' | 'form' | 'payment' | 'confirmation' | 'map' | 'grid' | 'home'; readonly url: StudioUrl; readonly file: string; readonly line: number; readonly cells: readonly { readonly condition: StatesColumn; readonly status: 'designed' | 'inherited' | 'missing' | 'cannot-happen' | 'not-asked'; readonly chips: readonly StateChip[] }[] }

export type ReferenceIndex = { readonly apis: readonly ({ readonly name: string; readonly title?: string; readonly version: string; readonly protocol: 'rest' | 'graphql'; readonly file: string; readonly owner?: string; readonly description?: string; readonly operations: number; readonly groups: readonly { readonly name: string; readonly description?: string; readonly operations: readonly ReferenceEntry[] }[]; readonly types: readonly string[] })[] }

export type ReferenceEntry = { readonly id: string; readonly method: string; readonly path: string; readonly title?: string; readonly deprecated: boolean; readonly stage?: string; readonly callers: number; readonly missing: number; readonly url: StudioUrl }

export type ReferenceOperation = { readonly id: string; readonly api: string; readonly name: string; readonly protocol: 'rest' | 'graphql'; readonly method: string; readonly path: string; readonly title?: string; readonly description?: string; readonly tags: readonly string[]; readonly deprecated: boolean; readonly sunset?: string; readonly stage: string; readonly owner?: string; readonly ownerFrom?: OwnerSource; readonly file: string; readonly url: StudioUrl; readonly parameters: readonly ReferenceParameter[]; readonly request?: { readonly required: boolean; readonly description?: string; readonly content: readonly ReferenceContent[] }; readonly responses: readonly { readonly status: string; readonly description?: string; readonly headers: readonly ReferenceParameter[]; readonly content: readonly ReferenceContent[]; readonly designedBy: readonly UsedBy[] }[]; readonly success?: string; readonly errors: readonly { readonly status: string; readonly description?: string; readonly titles: readonly string[]; readonly types: readonly string[]; readonly problem: boolean }[]; readonly security: readonly (readonly { readonly scheme: string; readonly scopes: readonly string[]; readonly words: string }[])[]; readonly callers: readonly (UsedBy & { readonly call: string; readonly needs: number; readonly missing: number; readonly budget?: number })[]; readonly missing: number; readonly samples: readonly { readonly kind: 'curl' | 'fetch' | 'graphql'; readonly label: string; readonly language: string; readonly text: string }[]; readonly draft: { readonly pathParameters: Texts; readonly query: Query; readonly headers: Texts; readonly body?: string }; readonly targets: readonly { readonly target: string; readonly label: string; readonly kind: 'mock' | 'environment' | 'server'; readonly base: string }[] }

export type Texts = Readonly<Record<string, string>>

export type Query = Readonly<Record<string, string | readonly string[]>>

export type ReferenceParameter = { readonly name: string; readonly in: 'path' | 'query' | 'header' | 'cookie' | 'querystring' | 'argument'; readonly required: boolean; readonly deprecated: boolean; readonly description?: string; readonly field: SchemaNode; readonly examples: readonly ReferenceExample[]; readonly style?: string; readonly sentBy: readonly UsedBy[] }

export type ReferenceContent = { readonly type: string; readonly root?: SchemaNode; readonly examples: readonly ReferenceExample[] }

export type ReferenceExample = { readonly name: string; readonly summary?: string; readonly text: string; readonly cut: boolean; readonly generated: boolean; readonly problems: readonly string[] }

/** Not opened yet: hasChildren without children */
export type SchemaNode = { readonly path: string; readonly name: string; readonly type: string; readonly base: string; readonly typeName?: string; readonly required: boolean; readonly nullable: boolean; readonly deprecated: boolean; readonly readOnly: boolean; readonly writeOnly: boolean; readonly description?: string; readonly format?: string; readonly enum?: readonly string[]; readonly enumMore?: number; readonly constraints: readonly string[]; readonly default?: string; readonly class?: string; readonly variants?: readonly string[]; readonly usedBy: readonly UsedBy[]; readonly usedInside: number; readonly missing: boolean; readonly hasChildren: boolean; readonly children?: readonly SchemaNode[]; readonly childrenMore?: number }

export type TestPhase = 'examples' | 'coverage' | 'identities' | 'stateful' | 'journeys' | 'graphql' | 'fuzz'

export type TestCounts = Readonly<Record<string, number>>

export type TestPart = { readonly reached: number; readonly total: number }

export type TestOverview = { readonly readOnly: boolean; readonly environments: readonly { readonly name: string; readonly apis: readonly { readonly api: string; readonly address: string }[]; readonly production: boolean }[]; readonly phases: readonly TestPhase[]; readonly running?: TestProgress; readonly runs: readonly TestRunHead[]; readonly marks?: { readonly id: string; readonly started: string; readonly target: string; readonly steps: TestCounts; readonly operations: TestCounts } }

export type TestProgress = { readonly id: string; readonly target: string; readonly started: string; readonly phases: readonly string[]; readonly readOnly: boolean; readonly phase: string; readonly cases: number; readonly rate: number; readonly part: number; readonly findings: number; readonly secondsLeft?: number; readonly stopping: boolean }

export type TestRunHead = { readonly id: string; readonly by: 'studio' | 'cli'; readonly target: string; readonly started: string; readonly ms: number; readonly phases: readonly string[]; readonly readOnly: boolean; readonly narrowed?: string; readonly outcome: 'running' | 'done' | 'stopped' | 'ended'; readonly ended?: string; readonly cases: number; readonly requests: number; readonly operations: { readonly tested: number; readonly total: number }; readonly counts: { readonly error: number; readonly warning: number; readonly info: number } }

export type TestRun = { readonly run: TestRunHead; readonly seed: number; readonly findings: readonly TestFinding[]; readonly coverage: { readonly operations: TestPart; readonly statuses: TestPart; readonly parameters: TestPart; readonly needs: TestPart; readonly states: TestPart }; readonly journeys: readonly TestJourney[]; readonly leftOut: readonly string[]; readonly caching?: Readonly<Record<string, { readonly answers: number; readonly maxAge?: number; readonly staleWhileRevalidate?: number; readonly noStore: boolean; readonly said: boolean; readonly etag: boolean }>>; readonly before?: { readonly id: string; readonly started: string; readonly gone: readonly TestFinding[] } }

export type TestFinding = { readonly fingerprint: string; readonly check: string; readonly severity: Severity; readonly operation: { readonly id: string; readonly method: string; readonly path: string; readonly url?: StudioUrl }; readonly message: string; readonly at?: string; readonly steps: readonly UsedBy[]; readonly count: number; readonly curl: string; readonly case: string; readonly status?: number; readonly since?: 'new' | 'known' }

export type TestJourney = { readonly name: string; readonly operations: TestPart; readonly needs: TestPart; readonly statuses: TestPart; readonly states: TestPart; readonly missing: readonly { readonly kind: 'operations' | 'needs' | 'statuses' | 'states'; readonly name: string; readonly why: string; readonly before?: boolean }[] }

export type TrafficCall = { readonly id: string; readonly number: number; readonly at: string; readonly method: string; readonly url: string; readonly operations: readonly string[]; readonly steps: readonly UsedBy[]; readonly status: number; readonly fault?: 'timeout' | 'reset' | 'truncate'; readonly ms: number; readonly delay?: number; readonly because: 'example' | 'generated' | 'world' | 'missing' | 'spelled-out' | 'refused' | 'credentials' | 'unrouted' | 'replayed' | 'backend' | 'bare'; readonly why: string; readonly scenario?: string; readonly violation?: string; readonly session?: string }

export type Traffic = { readonly calls: readonly TrafficCall[]; readonly last: number }

export type TrafficHeader = { readonly name: string; readonly value: string }

export type TrafficMessage = { readonly headers: readonly TrafficHeader[]; readonly body?: string; readonly bytes: number }

export type TrafficDetail = { readonly what: string; readonly detail: string }

export type TrafficWhy = TrafficCall & { readonly request: TrafficMessage; readonly response: TrafficMessage; readonly route?: { readonly operation: string; readonly method: string; readonly path: string; readonly parameters: readonly TrafficHeader[]; readonly url: StudioUrl }; readonly validation: { readonly result: 'valid' | 'invalid' | 'not-checked'; readonly violations: readonly { readonly where: string; readonly message: string }[] }; readonly decisions: readonly TrafficDetail[]; readonly notTaken: readonly TrafficDetail[]; readonly nearest: readonly string[]; readonly replay?: { readonly token: string; readonly portable: boolean; readonly curl: string } }

export type UsedBy = { readonly step: string; readonly title: string; readonly journey: string; readonly line: Line; readonly status?: NeedStatus; readonly label?: string; readonly why?: string; readonly url: StudioUrl }

export type ReferenceFields = { readonly id: string; readonly field: SchemaNode }

export type ReferenceType = { readonly id: string; readonly api: string; readonly name: string; readonly file: string; readonly root: SchemaNode; readonly answeredBy: readonly { readonly id: string; readonly method: string; readonly path: string; readonly title?: string; readonly url: StudioUrl }[] }

export type TryRequest = { readonly operation: string; readonly target: string; readonly pathParameters?: Texts; readonly query?: Query; readonly headers?: Texts; readonly body?: string }

export type Webhook = { readonly id: string; readonly kind: 'webhook' | 'callback'; readonly api: string; readonly name: string; readonly method: string; readonly title?: string; readonly operation?: string; readonly to?: string; readonly draft?: string; readonly steps: readonly UsedBy[] }

export type WebhookDelivery = { readonly kind: 'webhook' | 'callback'; readonly name: string; readonly method: string; readonly url: string; readonly status?: number; readonly ms?: number; readonly body?: string; readonly problem?: string }

export type TryAnswer = { readonly method: string; readonly url: string; readonly status: number; readonly statusText: string; readonly headers: readonly { readonly name: string; readonly value: string }[]; readonly body: string; readonly binary: boolean; readonly bytes: number; readonly cut: boolean; readonly ms: number; readonly described?: string; readonly matches?: boolean; readonly violations: readonly { readonly path: string; readonly message: string }[] }

export type DiagnosticList = { readonly diagnostics: readonly (Diagnostic & { readonly side: Side; readonly owners: readonly string[]; readonly url?: StudioUrl })[]; readonly matching: number; readonly total: number; readonly sides: { readonly ux: number; readonly backend: number; readonly both: number }; readonly severities: { readonly error: number; readonly warning: number; readonly info: number }; readonly rules: readonly { readonly code: string; readonly rule: string; readonly severity: Severity; readonly side: Side; readonly title: string; readonly count: number }[]; readonly owners: readonly { readonly owner?: string; readonly role?: 'ux' | 'frontend' | 'backend'; readonly count: number; readonly errors: number }[] }

export type Explanation = { readonly code: string; readonly rule: string; readonly severity: Severity; readonly side: Side; readonly title: string; readonly text: string }

export type SearchIndex = { readonly version: number; readonly entries: readonly { readonly kind: 'page' | 'journey' | 'persona' | 'step' | 'screen' | 'need' | 'state' | 'operation' | 'field' | 'type' | 'rule'; readonly label: string; readonly hint?: string; readonly url: StudioUrl; readonly line?: Line; readonly status?: NeedStatus; readonly words?: string }[]; readonly leftOut: number }

export type Indexes = readonly number[]

export type StepColumn = { readonly name: string; readonly number: number; readonly title: string; readonly screen?: string; readonly image?: string; readonly design?: string; readonly wireframe: 'list' | 'detail' | 'form' | 'payment' | 'confirmation' | 'map' | 'grid' | 'home'; readonly feeling?: { readonly score: number; readonly quote?: string; readonly from?: string }; readonly needs: readonly { readonly id: string; readonly label: string; readonly path: string; readonly type?: string; readonly status: 'covered' | 'optional' | 'planned-for' | 'missing'; readonly operation: string; readonly why?: string; readonly absent?: string; readonly because?: string; readonly class?: string; readonly diagnostics: Indexes }[]; readonly calls: readonly { readonly id: string; readonly operation: string; readonly method: string; readonly path: string; readonly title?: string; readonly critical: boolean; readonly depth: number; readonly budget?: number; readonly promises?: Promises; readonly after?: readonly string[]; readonly sends?: readonly string[]; readonly stage?: string; readonly deprecated: boolean; readonly diagnostics: Indexes }[]; readonly states: readonly StateChip[]; readonly budget: { readonly promised?: number; readonly calls?: number; readonly path: readonly { readonly operation: string; readonly ms?: number }[]; readonly overBy?: number; readonly diagnostics: Indexes }; readonly promises?: Promises; readonly saysNext?: boolean; readonly next: readonly string[]; readonly diagnostics: Indexes; readonly file: string; readonly line: number }

/** A budget: milliseconds, and bytes */
export type Promises = { readonly p50?: number; readonly p75?: number; readonly p95?: number; readonly size?: number }

export type EvidenceReport = { readonly version: 1; readonly name: string; readonly asked: { readonly since: string; readonly until: string; readonly environment?: string; readonly release?: string; readonly device?: string }; readonly totals: { readonly events: number; readonly sessions: number; readonly views: number; readonly calls: number; readonly first: number; readonly last: number }; readonly journeys: readonly { readonly name: string; readonly title: string; readonly sessions: number; readonly finished: number; readonly steps: readonly EvidenceStep[] }[]; readonly operations: readonly ({ readonly operation: string; readonly side: 'client' | 'server'; readonly calls: number; readonly failed: number; readonly p50: number; readonly p75: number; readonly p95: number; readonly bytes50?: number; readonly steps: readonly string[]; readonly hours: readonly { readonly hour: number; readonly calls: number; readonly p75: number }[] })[]; readonly reads: readonly { readonly operation: string; readonly views: number; readonly fields: readonly { readonly path: string; readonly views: number }[]; readonly copied: readonly string[] }[]; readonly advice: readonly EvidenceAdvice[]; readonly experiments: readonly EvidenceExperiment[]; readonly surveys: readonly EvidenceSurvey[]; readonly least: { readonly percentile: number; readonly drop: number } }

export type LiveEvidence = { readonly events: readonly LiveEvent[] }

export type LiveEvent = { readonly kind: 'view' | 'call' | 'error' | 'state' | 'click' | 'leave' | 'survey'; readonly at: string; readonly side: 'page' | 'backend'; readonly visit?: string; readonly step?: { readonly step: string; readonly title: string; readonly journey: string }; readonly operation?: string; readonly method?: string; readonly status?: number; readonly outcome?: string; readonly ms?: number; readonly what?: string; readonly device?: string }

export type EvidenceExperiment = { readonly kind: 'speed' | 'flag'; readonly name: string; readonly title?: string; readonly step?: string; readonly journey: string; readonly operation?: string; readonly delay?: number; readonly from?: string; readonly until?: string; readonly state: 'planned' | 'running' | 'ended' | 'stopped'; readonly stopped?: { readonly at: string; readonly because: string }; readonly arms: readonly { readonly name: string; readonly sessions: number; readonly left: number; readonly troubled: number }[]; readonly result: { readonly kind: 'estimate'; readonly label: 'experiment'; readonly difference: EvidenceEstimate; readonly chance: number; readonly anytime: { readonly low: number; readonly high: number }; readonly verdict: 'sure' | 'early' | 'luck' } | { readonly kind: 'broken'; readonly because: string } }

export type EvidenceSurvey = { readonly survey: string; readonly title?: string; readonly question?: string; readonly step?: string; readonly answers: number; readonly quota?: number; readonly scale?: { readonly from: number; readonly to: number; readonly low?: string; readonly high?: string }; readonly distribution: readonly { readonly value: number; readonly answers: number }[]; readonly mean?: number; readonly unhappy?: EvidenceSurveyGroup; readonly happy?: EvidenceSurveyGroup; readonly texts: readonly { readonly text: string; readonly value?: number; readonly at: string }[] }

export type EvidenceSurveyGroup = { readonly answers: number; readonly waited?: number; readonly troubled?: number }

export type EvidenceStep = { readonly name: string; readonly title: string; readonly screen?: string; readonly sessions: number; readonly wentOn: number; readonly dropOff?: number; readonly toNext?: { readonly p50: number; readonly p75: number }; readonly wait?: { readonly visits: number; readonly p50: number; readonly p75: number; readonly p95: number; readonly budget?: number; readonly over?: number; readonly apdex: number; readonly leftWaiting: number }; readonly later?: { readonly waits: number; readonly p50: number; readonly p75: number; readonly p95: number; readonly leftWaiting: number }; readonly criticalPath: readonly string[]; readonly calls: readonly { readonly operation: string; readonly calls: number; readonly failed: number; readonly p50: number; readonly p75: number; readonly p95: number; readonly start: number; readonly end: number; readonly bytes?: number; readonly budget?: number; readonly critical: boolean }[]; readonly shown: readonly { readonly condition: string; readonly sessions: number; readonly times: number; readonly show?: string; readonly seen: boolean }[]; readonly errors: readonly { readonly name: string; readonly sessions: number; readonly times: number }[]; readonly vitals: readonly { readonly name: string; readonly samples: number; readonly p75: number }[]; readonly parts: readonly { readonly dimension: string; readonly part: string; readonly sessions: number; readonly wentOn: number }[]; readonly cost?: { readonly kind: 'estimate'; readonly label: 'association' | 'adjusted estimate'; readonly because: readonly string[]; readonly difference: EvidenceEstimate; readonly won: EvidenceEstimate; readonly chance: number; readonly visits: number; readonly slow: number; readonly adjustedFor: readonly string[]; readonly checks: { readonly overlap: number; readonly placebo?: number }; readonly dose: readonly { readonly from: number; readonly to: number; readonly visits: number; readonly left: number; readonly monotone: number }[]; readonly budget: number; readonly claimed: boolean } | { readonly kind: 'too-few'; readonly because: string; readonly visits: number; readonly slow: number; readonly budget: number; readonly claimed: boolean }; readonly leaving: readonly { readonly from: number; readonly waiting: number; readonly left: number; readonly hazard: number; readonly stay: number; readonly low: number; readonly high: number }[] }

export type EvidenceEstimate = { readonly value: number; readonly low: number; readonly high: number }

export type EvidenceAdvice = { readonly kind: 'over-fetch' | 'waterfall' | 'repeated-calls' | 'chatty-graphql' | 'polling' | 'retry-storm' | 'uncached-repeat' | 'missing-compression' | 'missing-pagination' | 'repeated-statement' | 'slow-statement' | 'payload-growth' | 'contract-drift' | 'undeclared-read' | 'unread-need' | 'missing-backend-spans'; readonly title: string; readonly evidence: string; readonly change: string; readonly gain: { readonly ms?: number; readonly bytes?: number; readonly calls?: number; readonly times: number }; readonly steps: readonly string[]; readonly operation?: string; readonly file?: string; readonly line?: number; readonly column?: number }

export type WorkspaceSetup = { readonly file?: string; readonly personas: readonly { readonly name: string; readonly title: string; readonly goal?: string; readonly context?: string; readonly devices: readonly string[]; readonly dataset?: string; readonly file: string; readonly line: number; readonly inside?: string; readonly journeys: readonly SetupUse[] }[]; readonly teams: readonly { readonly name: string; readonly role?: 'ux' | 'frontend' | 'backend' }[]; readonly states: readonly { readonly condition: string; readonly label: string; readonly written?: { readonly show?: string; readonly test?: string; readonly recover?: string; readonly design?: string; readonly same?: string; readonly line: number }; readonly steps: readonly SetupUse[] }[] }

export type SetupUse = { readonly name: string; readonly title: string; readonly line: Line; readonly url: StudioUrl }

export type StateChip = { readonly condition: string; readonly label: string; readonly status: StateStatus; readonly show?: string; readonly recover?: string; readonly test?: string; readonly design?: string; readonly calls: readonly string[]; readonly on?: string; readonly same?: string; readonly scenario?: string; readonly diagnostics: Indexes }

/** Who says it; without it, the person that git knows */
export type Person = string

export type NodeId = string

export type ThreadState = 'open' | 'approved' | 'applied' | 'declined' | 'superseded' | 'resolved'

export type ImpactSeverity = 'breaks' | 'degrades' | 'surprises' | 'helps'

/** Something of the graph as people call it. Without an address the workspace does not have it (any more), or no page shows it. */
export type NodeLink = { readonly id: string; readonly title: string; readonly url?: string }

export type Opened = { readonly by: string; readonly at: string }

export type ThreadLine = { readonly id: string; readonly kind: 'proposal' | 'discussion'; readonly state: ThreadState; readonly title: string; readonly about: readonly NodeLink[]; readonly opened: Opened; readonly changedAt: string; readonly comments: number; readonly waitsFor: readonly string[]; readonly steps: readonly string[]; readonly url: string }

export type DecisionBoard = { readonly person?: string; readonly readOnly: boolean; readonly commits: boolean; readonly counts: { readonly open: number; readonly approved: number; readonly applied: number; readonly declined: number; readonly superseded: number; readonly resolved: number }; readonly threads: readonly ThreadLine[] }

export type Waiting = { readonly person?: string; readonly teams: readonly string[]; readonly toSign: readonly ThreadLine[]; readonly toApply: readonly ThreadLine[]; readonly toAnswer: readonly ThreadLine[] }

/** One file of a thread. What somebody said stays as it is. */
export type ThreadEntry = { readonly kind: 'proposal' | 'comment' | 'sign-off' | 'decision'; readonly file: string; readonly by: string; readonly at: string; readonly text?: string; readonly on?: readonly string[]; readonly team?: string; readonly says?: 'approve' | 'object'; readonly decision?: 'approved' | 'applied' | 'declined' | 'resolved' | 'reopened'; readonly revision?: string; readonly stale?: boolean }

export type SignOff = { readonly team: string; readonly role?: 'ux' | 'frontend' | 'backend'; readonly because: readonly string[]; readonly status: 'waiting' | 'approved' | 'objected' | 'stale'; readonly by?: string; readonly at?: string; readonly text?: string }

export type TouchedStep = { readonly step: string; readonly title: string; readonly screen?: string; readonly journey: string; readonly owner?: string; readonly severity?: ImpactSeverity; readonly needs: readonly string[] }

export type Touches = { readonly apis: readonly string[]; readonly operations: readonly string[]; readonly steps: readonly TouchedStep[] }

export type ProposedChange = { readonly fingerprint: string; readonly code: string; readonly level: 'breaking' | 'warning' | 'info'; readonly message: string; readonly impact: readonly { readonly step: string; readonly severity: ImpactSeverity; readonly need?: string; readonly fallback?: string }[] }

export type ThreadView = { readonly id: string; readonly kind: 'proposal' | 'discussion'; readonly state: ThreadState; readonly title: string; readonly why?: string; readonly about: readonly NodeLink[]; readonly opened: Opened; readonly changedAt: string; readonly entries: readonly ThreadEntry[]; readonly signOffs: readonly SignOff[]; readonly waitsFor: readonly string[]; readonly touches: Touches; readonly supersededBy?: string; readonly url: string; readonly proposal?: { readonly revision: string; readonly versions: number; readonly problem?: string; readonly changes: readonly ProposedChange[]; readonly actions: readonly { readonly file: string; readonly target: string; readonly does: 'update' | 'copy' | 'remove'; readonly text?: string; readonly description?: string }[]; readonly edits: readonly string[]; readonly raw: string } }

export type ReviewedCommit = { readonly revision: string; readonly commit: string; readonly subject: string; readonly by: string; readonly at: string }

export type ChangeReview = { readonly base: ReviewedCommit; readonly bases: readonly { readonly revision: string; readonly kind: 'branch' | 'commit' | 'tag' }[]; readonly version: number; readonly summary: ChangeSummary; readonly total: number; readonly changes: readonly ReviewedChange[]; readonly journeys: readonly ReviewedJourney[]; readonly notes: readonly string[] }

/** Without what is accepted */
export type ChangeSummary = { readonly breaking: number; readonly warning: number; readonly info: number; readonly stepsBroken: readonly string[]; readonly stepsDegraded: readonly string[]; readonly stepsHelped: readonly string[]; readonly verdict: 'breaking' | 'warning' | 'info' | 'none'; readonly undecidable: { readonly count: number; readonly decided: number }; readonly semver: 'major' | 'minor' | 'patch' | 'none' }

export type ReviewedChange = { readonly fingerprint: string; readonly code: string; readonly level: 'breaking' | 'warning' | 'info'; readonly class: 'breaking' | 'depends' | 'safe'; readonly promise: 'WIRE' | 'SDK' | 'UX' | 'DOCS'; readonly decidedBy: 'contract' | 'journeys'; readonly message: string; readonly api?: string; readonly owner?: string; readonly operation?: { readonly id: string; readonly method: string; readonly path: string; readonly url?: StudioUrl }; readonly location: string; readonly component?: string; readonly from?: string; readonly to?: string; readonly effect?: ImpactSeverity; readonly impact: readonly { readonly step: string; readonly need?: { readonly label: string; readonly path: string }; readonly severity: ImpactSeverity; readonly fallback?: string; readonly client?: string }[]; readonly reach: { readonly operations: readonly string[]; readonly fields: readonly string[]; readonly counts: { readonly operations: number; readonly fields: number; readonly steps: number } }; readonly accepted?: { readonly reason: string; readonly by?: string; readonly expires?: string }; readonly before?: SourceExcerpt; readonly after?: SourceExcerpt }

export type SourceExcerpt = { readonly file: string; readonly line: number; readonly firstLine: number; readonly lines: readonly string[] }

export type ReviewedJourney = { readonly name: string; readonly title: string; readonly line: Line; readonly owner?: string; readonly persona?: string; readonly severity: ImpactSeverity; readonly steps: readonly ReviewedStep[]; readonly changes: readonly string[] }

export type ReviewedStep = { readonly name: string; readonly number: number; readonly title: string; readonly screen?: string; readonly image?: string; readonly wireframe: 'list' | 'detail' | 'form' | 'payment' | 'confirmation' | 'map' | 'grid' | 'home'; readonly severity: ImpactSeverity; readonly needs: readonly { readonly label: string; readonly path: string; readonly severity: ImpactSeverity }[]; readonly url?: StudioUrl }

export type ChangePlan = { readonly fingerprint: string; readonly message: string; readonly steps: readonly { readonly phase: 'expand' | 'migrate' | 'contract'; readonly text: string }[]; readonly compatibility?: { readonly file: string; readonly text: string } }

export type ChangeHistory = { readonly entries: readonly HistoryEntry[]; readonly looked: number; readonly next?: string }

export type HistoryEntry = { readonly commit?: { readonly commit: string; readonly subject: string; readonly by: string; readonly at: string }; readonly begins: boolean; readonly changes: readonly { readonly fingerprint: string; readonly code: string; readonly level: 'breaking' | 'warning' | 'info'; readonly message: string; readonly steps: readonly string[] }[]; readonly more: number }

export type NewWaiver = { readonly rule: string; readonly fingerprint: string; readonly reason: string; readonly expires?: string; readonly by?: Person }

export type WaiverAnswer = { readonly version: number; readonly files: readonly string[]; readonly committed?: { readonly commit?: string; readonly problem?: string } }

export type ThreadOn = { readonly about: NodeLink; readonly thread: ThreadView | null; readonly proposals: readonly ThreadLine[] }

export type DecisionAnswer = { readonly thread: ThreadView; readonly version: number; readonly files: readonly string[]; readonly committed?: { readonly commit?: string; readonly problem?: string } }

export type DraftAnswer = { readonly title: string; readonly why?: string; readonly on: readonly string[]; readonly notes: readonly string[]; readonly overlays: readonly OverlayText[] }

export type OverlayText = { readonly file: string; readonly text: string }

export type NewProposal = { readonly title: string; readonly why?: string; readonly on?: readonly NodeId[]; readonly overlays?: readonly OverlayText[]; readonly edits?: readonly Edit[]; readonly supersedes?: readonly string[]; readonly thread?: string; readonly by?: Person }

export type DraftRequest = { readonly need: NodeId; readonly schema?: string } | { readonly field: NodeId; readonly wanted: 'always' | 'nullable' } | { readonly state: NodeId; readonly call?: NodeId }

export type NewComment = { readonly text: string; readonly on?: NodeId; readonly by?: Person }

export type NewSignOff = { readonly says: 'approve' | 'object'; readonly team?: string; readonly revision?: string; readonly text?: string; readonly by?: Person }

export type NewEnding = { readonly decision: 'declined' | 'resolved' | 'reopened'; readonly reason?: string; readonly by?: Person }

/** One change of the files. A target is named by what people wrote. Under `set`, null takes a value away. */
export type Edit = { readonly kind: 'create-journey'; readonly journey: string; readonly title?: string; readonly persona?: string; readonly owner?: string; readonly goal?: string; readonly pains?: readonly string[]; readonly steps?: readonly { readonly step: string; readonly title?: string; readonly screen?: string }[] } | { readonly kind: 'rename-journey'; readonly journey: string; readonly to: string } | { readonly kind: 'change-journey'; readonly journey: string; readonly set: { readonly title?: string | null; readonly persona?: string | null; readonly owner?: string | null; readonly goal?: string | null; readonly pains?: readonly string[] | null } } | { readonly kind: 'delete-journey'; readonly journey: string } | { readonly kind: 'create-persona'; readonly persona: string; readonly title?: string; readonly goal?: string; readonly context?: string; readonly devices?: readonly string[]; readonly dataset?: string } | { readonly kind: 'change-persona'; readonly persona: string; readonly set: { readonly title?: string | null; readonly goal?: string | null; readonly context?: string | null; readonly devices?: readonly string[] | null; readonly dataset?: string | null } } | { readonly kind: 'rename-persona'; readonly persona: string; readonly to: string } | { readonly kind: 'delete-persona'; readonly persona: string } | { readonly kind: 'add-step'; readonly journey: string; readonly step: string; readonly before?: string | null; readonly title?: string; readonly screen?: string; readonly image?: string; readonly design?: string; readonly next?: readonly string[]; readonly feeling?: { readonly score: number; readonly quote?: string; readonly from?: string }; readonly budget?: { readonly p50?: string; readonly p75?: string; readonly p95?: string; readonly size?: string } } | { readonly kind: 'rename-step'; readonly step: string; readonly to: string } | { readonly kind: 'change-step'; readonly step: string; readonly set: { readonly title?: string | null; readonly screen?: string | null; readonly image?: string | null; readonly design?: string | null; readonly next?: readonly string[] | null; readonly feeling?: { readonly score?: number; readonly quote?: string | null; readonly from?: string | null } | null; readonly budget?: { readonly p50?: string | null; readonly p75?: string | null; readonly p95?: string | null; readonly size?: string | null } | null } } | { readonly kind: 'move-step'; readonly step: string; readonly before: string | null } | { readonly kind: 'duplicate-step'; readonly step: string; readonly to: string; readonly title?: string } | { readonly kind: 'delete-step'; readonly step: string } | { readonly kind: 'add-call'; readonly step: string; readonly operation: string; readonly before?: string | null; readonly needs?: readonly string[]; readonly after?: readonly string[]; readonly sends?: readonly string[]; readonly budget?: { readonly p50?: string; readonly p75?: string; readonly p95?: string; readonly size?: string } } | { readonly kind: 'change-call'; readonly step: string; readonly call: string; readonly set: { readonly operation?: string; readonly after?: readonly string[] | null; readonly sends?: readonly string[] | null; readonly budget?: { readonly p50?: string | null; readonly p75?: string | null; readonly p95?: string | null; readonly size?: string | null } | null } } | { readonly kind: 'move-call'; readonly step: string; readonly call: string; readonly before: string | null } | { readonly kind: 'remove-call'; readonly step: string; readonly call: string } | { readonly kind: 'add-need'; readonly step: string; readonly call: string; readonly path: string; readonly before?: string | null; readonly why?: string; readonly absent?: string; readonly label?: string } | { readonly kind: 'change-need'; readonly step: string; readonly call: string; readonly need: string; readonly set: { readonly path?: string; readonly why?: string | null; readonly absent?: string | null; readonly label?: string | null } } | { readonly kind: 'move-need'; readonly step: string; readonly call: string; readonly need: string; readonly before: string | null; readonly to?: { readonly step: string; readonly call: string } } | { readonly kind: 'remove-need'; readonly step: string; readonly call: string; readonly need: string } | { readonly kind: 'set-state'; readonly condition: string; readonly set: { readonly show?: string | null; readonly test?: string | null; readonly recover?: string | null; readonly design?: string | null; readonly same?: string | null }; readonly step?: string; readonly call?: string } | { readonly kind: 'remove-state'; readonly condition: string; readonly step?: string; readonly call?: string }

export type FileEntry = { readonly path: string; readonly kind: 'workspace' | 'journey' | 'persona' | 'scenario' | 'policy' | 'waiver' | 'contract'; readonly name?: string; readonly hash: string; readonly editable: boolean; readonly reason?: string }

export type LineChange = { readonly line: number; readonly removed: readonly string[]; readonly added: readonly string[] }

export type EditAnswer = { readonly title: string; readonly version: number; readonly files: readonly { readonly path: string; readonly hash: string | null; readonly changes: readonly LineChange[] }[]; readonly history: EditHistory }

export type EditHistory = { readonly readOnly: boolean; readonly undo: readonly DoneEdit[]; readonly redo: readonly DoneEdit[] }

export type DoneEdit = { readonly id: number; readonly title: string; readonly files: readonly string[] }

export type DiscoveryEdit = { readonly kind: 'name-step'; readonly walk: string; readonly screen: string; readonly title: string } | { readonly kind: 'name-journey'; readonly walk: string; readonly title: string } | { readonly kind: 'leave-out'; readonly walk: string; readonly screen: string; readonly out: boolean } | { readonly kind: 'merge'; readonly walk: string; readonly into: string } | { readonly kind: 'need'; readonly walk: string; readonly screen: string; readonly operation: string; readonly path: string; readonly needed: boolean }

export type Discovery = { readonly app: string; readonly address?: string; readonly writes: boolean; readonly files: readonly string[]; readonly journeys: readonly DiscoveredJourney[]; readonly operations: readonly { readonly name: string; readonly method: string; readonly path: string; readonly calls: number; readonly screens: readonly string[] }[]; readonly missing: { readonly screens: readonly string[]; readonly silent: readonly string[]; readonly operations: readonly string[]; readonly neverFailed: readonly string[] }; readonly last?: { readonly path: string; readonly heading: string }; readonly notes: readonly string[]; readonly differences: readonly string[] }

export type DiscoveredJourney = { readonly id: string; readonly title: string; readonly walk: string; readonly walks: number; readonly leftOut: readonly string[]; readonly steps: readonly ({ readonly id: string; readonly title: string; readonly screen: string; readonly visits: number; readonly names: readonly string[]; readonly next: readonly string[]; readonly calls: readonly ({ readonly operation: string; readonly after: readonly string[]; readonly sends: readonly string[]; readonly needs: readonly string[]; readonly p75: number; readonly fields: readonly { readonly path: string; readonly read: number; readonly copied: number; readonly missed: number; readonly use: 'read' | 'copied' | 'never touched' | 'asked for in vain' }[]; readonly states: readonly { readonly condition: string; readonly show: string; readonly test?: string }[] })[] })[] }

export type EditProblem = Problem & { readonly errors?: readonly { readonly pointer: string; readonly detail: string }[]; readonly diagnostics?: readonly ({ readonly code: string; readonly severity: 'error' | 'warning' | 'info'; readonly rule: string; readonly message: string; readonly file: string; readonly range: Range; readonly subject?: string; readonly help: string; readonly related?: readonly { readonly file: string; readonly range: Range; readonly message: string }[]; readonly fixes?: readonly { readonly title: string; readonly replace?: string; readonly propose?: string }[] })[]; readonly conflicts?: readonly { readonly path: string; readonly hash: string | null; readonly onDisk: readonly LineChange[] | null; readonly yours: readonly LineChange[] | null }[]; readonly rebased?: boolean; readonly preview?: readonly { readonly path: string; readonly changes: readonly LineChange[] }[]; readonly base?: Readonly<Record<string, string>> }

/** What can be asked of the server. */
export interface Client {
  /** The workspace at a glance */
  readonly getWorkspace: (asking?: Asking) => Promise<WorkspaceOverview>
  /** One journey as a service blueprint */
  readonly getJourney: (of: { readonly name: string }, asking?: Asking) => Promise<Blueprint>
  /** One journey as files that are handed on */
  readonly getJourneyFiles: (of: { readonly name: string }, asking?: Asking) => Promise<JourneyFiles>
  /** Every response field beside every step that needs it */
  readonly getNeeds: (asking?: Asking) => Promise<NeedsMatrix>
  /** The fields that somebody may have meant with a path */
  readonly findCloseMatches: (of: { readonly operation: string; readonly path: string; readonly step?: string | undefined }, asking?: Asking) => Promise<CloseMatches>
  /** Which classified data reaches which screen and person, why, under which rule */
  readonly getLineage: (of: { readonly class?: string | undefined; readonly persona?: string | undefined; readonly journey?: string | undefined; readonly owner?: string | undefined; readonly finding?: 'unneeded' | 'broken' | undefined; readonly find?: string | undefined }, asking?: Asking) => Promise<DataMap>
  /** The same as a record of processing, to be kept as a file */
  readonly getDataRecord: (of: { readonly class?: string | undefined; readonly persona?: string | undefined; readonly journey?: string | undefined; readonly owner?: string | undefined; readonly finding?: 'unneeded' | 'broken' | undefined; readonly find?: string | undefined }, asking?: Asking) => Promise<DataRecord>
  /** How old each answer may be on each screen, by the journey, the policy, the contract and the newest test of a real backend */
  readonly getFreshness: (asking?: Asking) => Promise<FreshnessMap>
  /** What people see on each step when it goes another way */
  readonly getStates: (asking?: Asking) => Promise<StatesMatrix>
  /** What a browser saw when the states were played, as `throughline test ui` kept it */
  readonly listStateProofs: (asking?: Asking) => Promise<StateProofs>
  /** Every operation of every contract */
  readonly listOperations: (asking?: Asking) => Promise<ReferenceIndex>
  /** Everything to look up about one operation */
  readonly getOperation: (of: { readonly id: string }, asking?: Asking) => Promise<ReferenceOperation>
  /** One field with its children, two levels further */
  readonly getFields: (of: { readonly id: string; readonly path?: string | undefined; readonly response?: string | undefined; readonly request?: string | undefined; readonly parameter?: string | undefined; readonly type?: string | undefined }, asking?: Asking) => Promise<ReferenceFields>
  /** A schema that a contract declares */
  readonly getType: (of: { readonly id: string }, asking?: Asking) => Promise<ReferenceType>
  /** Send one request to the mock or to a server that the workspace names */
  readonly tryOperation: (body: TryRequest, asking?: Asking) => Promise<TryAnswer>
  /** Everything wrong with the workspace, by whose mend it is */
  readonly listDiagnostics: (of: { readonly side?: Side | undefined; readonly severity?: Severity | undefined; readonly code?: string | undefined; readonly owner?: string | undefined; readonly find?: string | undefined }, asking?: Asking) => Promise<DiagnosticList>
  /** What a diagnostic means, with a wrong and a right example */
  readonly getExplanation: (of: { readonly code: string }, asking?: Asking) => Promise<Explanation>
  /** Everything that can be found by its name */
  readonly getSearchIndex: (asking?: Asking) => Promise<SearchIndex>
  /** What the mock plays for everybody */
  readonly getSituation: (asking?: Asking) => Promise<{ readonly situation: Situation | null }>
  /** Play a scenario on the mock, or go back to normal */
  readonly setSituation: (body: { readonly scenario: string | null }, asking?: Asking) => Promise<{ readonly situation: Situation | null }>
  /** Where tests can go, the run that goes on, and those that are kept */
  readonly listTests: (asking?: Asking) => Promise<TestOverview>
  /** Ask a backend whether it keeps the contracts */
  readonly startTest: (body: { readonly environment: string; readonly phases?: readonly TestPhase[]; readonly writes?: boolean }, asking?: Asking) => Promise<TestProgress>
  /** End the run that goes on, with what there is */
  readonly stopTest: (asking?: Asking) => Promise<{ readonly id: string }>
  /** One run, beside the one before it */
  readonly getTest: (of: { readonly id: string }, asking?: Asking) => Promise<TestRun>
  /** What has been asked of the mock */
  readonly listTraffic: (of: { readonly since?: string | undefined }, asking?: Asking) => Promise<Traffic>
  /** Forget what has been asked */
  readonly clearTraffic: (asking?: Asking) => Promise<Traffic>
  /** Why the mock answered a call so */
  readonly getTraffic: (of: { readonly id: string }, asking?: Asking) => Promise<TrafficWhy>
  /** What the APIs send of their own accord, and what the mock has sent lately */
  readonly listWebhooks: (asking?: Asking) => Promise<{ readonly webhooks: readonly Webhook[]; readonly sent: readonly WebhookDelivery[] }>
  /** Let the mock send a webhook or a callback now */
  readonly sendWebhook: (of: { readonly id: string }, body: { readonly target: string; readonly body?: string }, asking?: Asking) => Promise<WebhookDelivery>
  /** The files of the workspace, their hashes, and which can be edited here */
  readonly listFiles: (asking?: Asking) => Promise<{ readonly readOnly: boolean; readonly files: readonly FileEntry[] }>
  /** One file as it is on disk, and the hash that edits of it name */
  readonly getFile: (of: { readonly path: string }, asking?: Asking) => Promise<FileEntry & { readonly text: string }>
  /** What can be undone and redone, newest first */
  readonly listEdits: (asking?: Asking) => Promise<EditHistory>
  /** Change files of the workspace */
  readonly edit: (body: { readonly edits: readonly Edit[]; readonly base?: Readonly<Record<string, string>> }, asking?: Asking) => Promise<EditAnswer>
  /** Take the last edit back, exactly */
  readonly undo: (body?: { readonly id?: number }, asking?: Asking) => Promise<EditAnswer>
  /** Do the edit again that was taken back last */
  readonly redo: (body?: { readonly id?: number }, asking?: Asking) => Promise<EditAnswer>
  /** What was proposed, said and decided, the newest first */
  readonly listDecisions: (of: { readonly state?: 'open' | 'approved' | 'applied' | 'declined' | 'superseded' | 'resolved' | undefined; readonly on?: string | undefined }, asking?: Asking) => Promise<DecisionBoard>
  /** Propose a change of a contract or a journey */
  readonly propose: (body: NewProposal, asking?: Asking) => Promise<DecisionAnswer>
  /** What could be proposed for a need, a field or a state, for somebody to look at first */
  readonly draftProposal: (body: DraftRequest, asking?: Asking) => Promise<DraftAnswer>
  /** One thread with all that was said, who must sign, and what it does in plain words, field by field and raw */
  readonly getDecision: (of: { readonly id: string }, asking?: Asking) => Promise<ThreadView>
  /** Say something in a thread */
  readonly comment: (of: { readonly id: string }, body: NewComment, asking?: Asking) => Promise<DecisionAnswer>
  /** Approve a proposal, or object to it, for a team */
  readonly sign: (of: { readonly id: string }, body: NewSignOff, asking?: Asking) => Promise<DecisionAnswer>
  /** Decline a proposal, resolve a thread of comments, or open either again */
  readonly endDecision: (of: { readonly id: string }, body: NewEnding, asking?: Asking) => Promise<DecisionAnswer>
  /** Write an approved proposal into the files that it changes */
  readonly applyProposal: (of: { readonly id: string }, body?: { readonly by?: Person }, asking?: Asking) => Promise<DecisionAnswer>
  /** What was said about something of the graph */
  readonly getThread: (of: { readonly on: string }, asking?: Asking) => Promise<ThreadOn>
  /** Say something about a step, a need, a field, an operation, a state or a change */
  readonly commentOn: (body: NewComment, asking?: Asking) => Promise<DecisionAnswer>
  /** What waits for a person, a team or a role */
  readonly getWaiting: (of: { readonly person?: string | undefined; readonly team?: string | undefined; readonly role?: 'ux' | 'frontend' | 'backend' | undefined }, asking?: Asking) => Promise<Waiting>
  /** What differs from an earlier revision, and what it does to the steps that use it */
  readonly getChanges: (of: { readonly base?: string | undefined }, asking?: Asking) => Promise<ChangeReview>
  /** How to make a change without breaking anybody */
  readonly getChangePlan: (of: { readonly fingerprint: string; readonly base?: string | undefined }, asking?: Asking) => Promise<ChangePlan>
  /** What happened to an operation or a journey */
  readonly getHistory: (of: { readonly operation?: string | undefined; readonly journey?: string | undefined; readonly from?: string | undefined }, asking?: Asking) => Promise<ChangeHistory>
  /** Accept one change for a while */
  readonly acceptChange: (body: NewWaiver, asking?: Asking) => Promise<WaiverAnswer>
  /** The pictures in the workspace that a step can show */
  readonly listPictures: (asking?: Asking) => Promise<{ readonly pictures: readonly string[] }>
  /** Write a picture into the workspace and put it on a step */
  readonly addPicture: (of: { readonly step: string; readonly name?: string | undefined; readonly file: string; readonly hash: string }, body: Blob, asking?: Asking) => Promise<EditAnswer>
  /** People, teams and app-wide states, with the journeys and steps that they hold for */
  readonly getSetup: (asking?: Asking) => Promise<WorkspaceSetup>
  /** Whether the team's own app runs and lets the studio show it in a frame */
  readonly getApp: (asking?: Asking) => Promise<{ readonly url: string; readonly framing: 'allowed' | 'refused' | 'unreachable'; readonly because?: string }>
  /** What was seen so far of the app that `throughline discover` watches, and what is still missing */
  readonly getDiscovery: (asking?: Asking) => Promise<Discovery>
  /** Say something about the result before it is written */
  readonly editDiscovery: (body: DiscoveryEdit, asking?: Asking) => Promise<Discovery>
  /** Take back the screen that was seen last, with its calls */
  readonly undoDiscoveredScreen: (asking?: Asking) => Promise<Discovery>
  /** Begin a journey of that name */
  readonly beginDiscoveredWalk: (body: { readonly title: string }, asking?: Asking) => Promise<Discovery>
  /** Write the workspace */
  readonly writeDiscovery: (asking?: Asking) => Promise<{ readonly written: readonly string[] }>
  /** What really happened on the journeys: waits, drop-off, what people saw, and advice */
  readonly getEvidence: (of: { readonly since?: string | undefined; readonly until?: string | undefined; readonly environment?: string | undefined; readonly release?: string | undefined; readonly device?: string | undefined; readonly journey?: string | undefined }, asking?: Asking) => Promise<EvidenceReport>
  /** Keep a part of an imported file, once */
  readonly importEvidence: (body: { readonly batch: string; readonly events: readonly { readonly kind: string; readonly time: number }[] }, asking?: Asking) => Promise<{ readonly kept: number }>
  /** What real visits and their backends did in the last hour */
  readonly getLiveEvidence: (asking?: Asking) => Promise<LiveEvidence>
  /** The environments, releases and devices that there is evidence of */
  readonly getEvidenceChoices: (asking?: Asking) => Promise<{ readonly devices: readonly string[]; readonly environments: readonly string[]; readonly releases: readonly string[]; readonly least: number }>
}

/** The client over `send`, which brings a question to the server and gives the body of its answer. */
export function clientOver(send: <Answer>(question: Question) => Promise<Answer>): Client {
  return {
    getWorkspace: (asking) => send<WorkspaceOverview>({ method: 'GET', address: '/api/workspace', signal: asking?.signal }),
    getJourney: (of, asking) => send<Blueprint>({ method: 'GET', address: `/api/journeys/${encodeURIComponent(of.name)}`, signal: asking?.signal }),
    getJourneyFiles: (of, asking) => send<JourneyFiles>({ method: 'GET', address: `/api/journeys/${encodeURIComponent(of.name)}/files`, signal: asking?.signal }),
    getNeeds: (asking) => send<NeedsMatrix>({ method: 'GET', address: '/api/needs', signal: asking?.signal }),
    findCloseMatches: (of, asking) => send<CloseMatches>({ method: 'GET', address: `/api/needs/close-matches${queryOf({ operation: of.operation, path: of.path, step: of.step })}`, signal: asking?.signal }),
    getLineage: (of, asking) => send<DataMap>({ method: 'GET', address: `/api/lineage${queryOf({ class: of.class, persona: of.persona, journey: of.journey, owner: of.owner, finding: of.finding, find: of.find })}`, signal: asking?.signal }),
    getDataRecord: (of, asking) => send<DataRecord>({ method: 'GET', address: `/api/lineage/record${queryOf({ class: of.class, persona: of.persona, journey: of.journey, owner: of.owner, finding: of.finding, find: of.find })}`, signal: asking?.signal }),
    getFreshness: (asking) => send<FreshnessMap>({ method: 'GET', address: '/api/freshness', signal: asking?.signal }),
    getStates: (asking) => send<StatesMatrix>({ method: 'GET', address: '/api/states', signal: asking?.signal }),
    listStateProofs: (asking) => send<StateProofs>({ method: 'GET', address: '/api/states/proofs', signal: asking?.signal }),
    listOperations: (asking) => send<ReferenceIndex>({ method: 'GET', address: '/api/operations', signal: asking?.signal }),
    getOperation: (of, asking) => send<ReferenceOperation>({ method: 'GET', address: `/api/operations/${encodeURIComponent(of.id)}`, signal: asking?.signal }),
    getFields: (of, asking) => send<ReferenceFields>({ method: 'GET', address: `/api/operations/${encodeURIComponent(of.id)}/fields${queryOf({ path: of.path, response: of.response, request: of.request, parameter: of.parameter, type: of.type })}`, signal: asking?.signal }),
    getType: (of, asking) => send<ReferenceType>({ method: 'GET', address: `/api/types/${encodeURIComponent(of.id)}`, signal: asking?.signal }),
    tryOperation: (body, asking) => send<TryAnswer>({ method: 'POST', address: '/api/try', body, signal: asking?.signal }),
    listDiagnostics: (of, asking) => send<DiagnosticList>({ method: 'GET', address: `/api/diagnostics${queryOf({ side: of.side, severity: of.severity, code: of.code, owner: of.owner, find: of.find })}`, signal: asking?.signal }),
    getExplanation: (of, asking) => send<Explanation>({ method: 'GET', address: `/api/explanations/${encodeURIComponent(of.code)}`, signal: asking?.signal }),
    getSearchIndex: (asking) => send<SearchIndex>({ method: 'GET', address: '/api/search-index', signal: asking?.signal }),
    getSituation: (asking) => send<{ readonly situation: Situation | null }>({ method: 'GET', address: '/api/situation', signal: asking?.signal }),
    setSituation: (body, asking) => send<{ readonly situation: Situation | null }>({ method: 'PUT', address: '/api/situation', body, signal: asking?.signal }),
    listTests: (asking) => send<TestOverview>({ method: 'GET', address: '/api/tests', signal: asking?.signal }),
    startTest: (body, asking) => send<TestProgress>({ method: 'POST', address: '/api/tests', body, signal: asking?.signal }),
    stopTest: (asking) => send<{ readonly id: string }>({ method: 'DELETE', address: '/api/tests/running', signal: asking?.signal }),
    getTest: (of, asking) => send<TestRun>({ method: 'GET', address: `/api/tests/${encodeURIComponent(of.id)}`, signal: asking?.signal }),
    listTraffic: (of, asking) => send<Traffic>({ method: 'GET', address: `/api/traffic${queryOf({ since: of.since })}`, signal: asking?.signal }),
    clearTraffic: (asking) => send<Traffic>({ method: 'DELETE', address: '/api/traffic', signal: asking?.signal }),
    getTraffic: (of, asking) => send<TrafficWhy>({ method: 'GET', address: `/api/traffic/${encodeURIComponent(of.id)}`, signal: asking?.signal }),
    listWebhooks: (asking) => send<{ readonly webhooks: readonly Webhook[]; readonly sent: readonly WebhookDelivery[] }>({ method: 'GET', address: '/api/webhooks', signal: asking?.signal }),
    sendWebhook: (of, body, asking) => send<WebhookDelivery>({ method: 'POST', address: `/api/webhooks/${encodeURIComponent(of.id)}`, body, signal: asking?.signal }),
    listFiles: (asking) => send<{ readonly readOnly: boolean; readonly files: readonly FileEntry[] }>({ method: 'GET', address: '/api/files', signal: asking?.signal }),
    getFile: (of, asking) => send<FileEntry & { readonly text: string }>({ method: 'GET', address: `/api/files/${encodeURIComponent(of.path)}`, signal: asking?.signal }),
    listEdits: (asking) => send<EditHistory>({ method: 'GET', address: '/api/edits', signal: asking?.signal }),
    edit: (body, asking) => send<EditAnswer>({ method: 'POST', address: '/api/edits', body, signal: asking?.signal }),
    undo: (body, asking) => send<EditAnswer>({ method: 'POST', address: '/api/undo', body, signal: asking?.signal }),
    redo: (body, asking) => send<EditAnswer>({ method: 'POST', address: '/api/redo', body, signal: asking?.signal }),
    listDecisions: (of, asking) => send<DecisionBoard>({ method: 'GET', address: `/api/decisions${queryOf({ state: of.state, on: of.on })}`, signal: asking?.signal }),
    propose: (body, asking) => send<DecisionAnswer>({ method: 'POST', address: '/api/decisions', body, signal: asking?.signal }),
    draftProposal: (body, asking) => send<DraftAnswer>({ method: 'POST', address: '/api/decisions/drafts', body, signal: asking?.signal }),
    getDecision: (of, asking) => send<ThreadView>({ method: 'GET', address: `/api/decisions/${encodeURIComponent(of.id)}`, signal: asking?.signal }),
    comment: (of, body, asking) => send<DecisionAnswer>({ method: 'POST', address: `/api/decisions/${encodeURIComponent(of.id)}/comments`, body, signal: asking?.signal }),
    sign: (of, body, asking) => send<DecisionAnswer>({ method: 'POST', address: `/api/decisions/${encodeURIComponent(of.id)}/sign-offs`, body, signal: asking?.signal }),
    endDecision: (of, body, asking) => send<DecisionAnswer>({ method: 'POST', address: `/api/decisions/${encodeURIComponent(of.id)}/end`, body, signal: asking?.signal }),
    applyProposal: (of, body, asking) => send<DecisionAnswer>({ method: 'POST', address: `/api/decisions/${encodeURIComponent(of.id)}/apply`, body, signal: asking?.signal }),
    getThread: (of, asking) => send<ThreadOn>({ method: 'GET', address: `/api/threads${queryOf({ on: of.on })}`, signal: asking?.signal }),
    commentOn: (body, asking) => send<DecisionAnswer>({ method: 'POST', address: '/api/threads', body, signal: asking?.signal }),
    getWaiting: (of, asking) => send<Waiting>({ method: 'GET', address: `/api/waiting${queryOf({ person: of.person, team: of.team, role: of.role })}`, signal: asking?.signal }),
    getChanges: (of, asking) => send<ChangeReview>({ method: 'GET', address: `/api/changes${queryOf({ base: of.base })}`, signal: asking?.signal }),
    getChangePlan: (of, asking) => send<ChangePlan>({ method: 'GET', address: `/api/changes/${encodeURIComponent(of.fingerprint)}${queryOf({ base: of.base })}`, signal: asking?.signal }),
    getHistory: (of, asking) => send<ChangeHistory>({ method: 'GET', address: `/api/history${queryOf({ operation: of.operation, journey: of.journey, from: of.from })}`, signal: asking?.signal }),
    acceptChange: (body, asking) => send<WaiverAnswer>({ method: 'POST', address: '/api/waivers', body, signal: asking?.signal }),
    listPictures: (asking) => send<{ readonly pictures: readonly string[] }>({ method: 'GET', address: '/api/pictures', signal: asking?.signal }),
    addPicture: (of, body, asking) => send<EditAnswer>({ method: 'POST', address: `/api/pictures${queryOf({ step: of.step, name: of.name, file: of.file, hash: of.hash })}`, body, signal: asking?.signal }),
    getSetup: (asking) => send<WorkspaceSetup>({ method: 'GET', address: '/api/setup', signal: asking?.signal }),
    getApp: (asking) => send<{ readonly url: string; readonly framing: 'allowed' | 'refused' | 'unreachable'; readonly because?: string }>({ method: 'GET', address: '/api/app', signal: asking?.signal }),
    getDiscovery: (asking) => send<Discovery>({ method: 'GET', address: '/api/discovery', signal: asking?.signal }),
    editDiscovery: (body, asking) => send<Discovery>({ method: 'POST', address: '/api/discovery/edits', body, signal: asking?.signal }),
    undoDiscoveredScreen: (asking) => send<Discovery>({ method: 'POST', address: '/api/discovery/undo', signal: asking?.signal }),
    beginDiscoveredWalk: (body, asking) => send<Discovery>({ method: 'POST', address: '/api/discovery/walks', body, signal: asking?.signal }),
    writeDiscovery: (asking) => send<{ readonly written: readonly string[] }>({ method: 'POST', address: '/api/discovery/write', signal: asking?.signal }),
    getEvidence: (of, asking) => send<EvidenceReport>({ method: 'GET', address: `/api/evidence${queryOf({ since: of.since, until: of.until, environment: of.environment, release: of.release, device: of.device, journey: of.journey })}`, signal: asking?.signal }),
    importEvidence: (body, asking) => send<{ readonly kept: number }>({ method: 'POST', address: '/api/evidence/imports', body, signal: asking?.signal }),
    getLiveEvidence: (asking) => send<LiveEvidence>({ method: 'GET', address: '/api/evidence/live', signal: asking?.signal }),
    getEvidenceChoices: (asking) => send<{ readonly devices: readonly string[]; readonly environments: readonly string[]; readonly releases: readonly string[]; readonly least: number }>({ method: 'GET', address: '/api/evidence/choices', signal: asking?.signal }),
  }
}

/** `?path=designs/basket.png`: what has no value is left out. */
function queryOf(values: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, value)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** Addresses of what is no JSON: for an `img` or an event stream. */
export const addresses = {
  /** What people saw then, a JPEG */
  getStatePicture: (of: { readonly name: string }): string => `/api/states/pictures/${encodeURIComponent(of.name)}`,
  /** A picture of a screen that lies in the workspace */
  getPicture: (of: { readonly path: string }): string => `/api/picture${queryOf({ path: of.path })}`,
  /** What changes, as it changes */
  followEvents: (): string => '/api/events',
} as const
