import type { Diagnostic } from '../text/diagnostic.ts'
import type { Overlay } from '../overlay/overlay.ts'
import type { Origin } from '../text/origin.ts'
import type { Site } from '../text/site.ts'

// What the files of a workspace declare (FORMATS, sections 1 to 4). Every declaration keeps the site it was written at.

export interface Declared {
  readonly site: Site
}

/** `throughline.yaml`, or what stands in for it when only contracts are given. */
export interface WorkspaceDeclaration extends Declared {
  readonly name: string
  readonly apis: readonly ApiDeclaration[]
  readonly states: readonly StateDeclaration[]
  readonly rules: readonly RuleSetting[]
  readonly clients: readonly ClientDeclaration[]
  readonly teams: readonly TeamDeclaration[]
  /** Where the team's own UI is found while developing: a folder that `dev` serves, or an address. */
  readonly app?: { readonly root?: string; readonly url?: string }
  /** Who `test` and `monitor` are in each environment. */
  readonly auth: readonly AuthDeclaration[]
  /** Who may send evidence, how long it stays, and where else it goes. */
  readonly collector?: CollectorDeclaration
}

/** Who requests to an environment are sent as. Secrets are environment variables: `${NAME}`. */
export interface AuthDeclaration extends Declared {
  readonly environment: string
  readonly valid?: CredentialDeclaration
  /** Somebody else, who must not see what the first one owns. */
  readonly second?: CredentialDeclaration
}

/** How somebody is let in: one of these, `send` belongs to `login`. */
export interface CredentialDeclaration extends Declared {
  readonly token?: string
  readonly headers?: readonly (readonly [name: string, value: string])[]
  /** Prints a token or header lines. */
  readonly command?: string
  /** Client credentials (RFC 6749, 4.4). */
  readonly oauth?: {
    readonly url: string
    readonly client: string
    readonly secret: string
    readonly scope?: string
  }
  /** A step (`account/sign-in`) or an operation (`store.createSession`). */
  readonly login?: string
  readonly send?: readonly (readonly [name: string, value: string])[]
}

export interface CollectorDeclaration extends Declared {
  /** None: whoever is on this machine may send. */
  readonly keys: readonly { readonly key: string; readonly origins: readonly string[] }[]
  readonly forward: readonly ForwardDeclaration[]
  /** Who is told of budgets that burn and of calls that fail. `errors`: per cent of an operation's calls that may fail. */
  readonly alerts?: MonitorAlerts & { readonly errors: number }
  /** Servers that keep it; otherwise it stays on this machine. `${NAME}` is an environment variable. */
  readonly store?: { readonly clickhouse: readonly string[]; readonly cluster?: string }
  /** Days in the database, days in all, and days of the rollup by hour. */
  readonly hotDays?: number
  readonly keepDays?: number
  readonly rollupDays?: number
}

interface ForwardDeclaration {
  /** The base of an OTLP/HTTP endpoint; `v1/traces` and so on is added. */
  readonly url: string
  /** `${NAME}` is an environment variable. */
  readonly headers: readonly (readonly [name: string, value: string])[]
}

export type Stage = 'planned' | 'mocked' | 'beta' | 'live' | 'deprecated'

export interface ApiDeclaration extends Declared {
  readonly id: string
  readonly contract: string
  readonly owner?: string
  /** Set where the workspace does not say it. */
  readonly ownerFrom?: OwnerTold['from']
  readonly environments: ReadonlyMap<string, string>
  readonly stage?: Stage
  /** Overrides by operation name. */
  readonly stages: ReadonlyMap<string, Stage>
  /** Globs of GraphQL operation documents, workspace-relative. */
  readonly documents: readonly string[]
}

interface RuleSetting extends Declared {
  readonly rule: string
  readonly severity: 'error' | 'warning' | 'info' | 'off'
}

export interface TeamDeclaration extends Declared {
  readonly id: string
  readonly role?: 'ux' | 'frontend' | 'backend'
  readonly members: readonly string[]
  /** What the host of the code calls it: `@shop/orders`. */
  readonly handle?: string
}

/** Who else than the workspace's own files says whose an API or a journey is. */
export interface OwnerTold {
  readonly of: `api:${string}` | `journey:${string}`
  /** As written. */
  readonly owners: readonly string[]
  /** The same as names of teams. */
  readonly teams: readonly string[]
  readonly from: 'backstage' | 'codeowners'
  readonly origin: Origin
}

interface ClientDeclaration extends Declared {
  readonly name: string
  readonly revision: string
  readonly supportedUntil?: string
}

export interface JourneyDeclaration extends Declared {
  readonly id: string
  readonly title?: string
  readonly persona?: string | PersonaDeclaration
  readonly owner?: string
  /** Set where the journey does not say it. */
  readonly ownerFrom?: OwnerTold['from']
  readonly goal?: string
  readonly pains: readonly string[]
  readonly steps: readonly StepDeclaration[]
  readonly supportedUntil?: string
}

export interface PersonaDeclaration extends Declared {
  readonly id: string
  readonly title?: string
  readonly goal?: string
  readonly context?: string
  readonly devices: readonly string[]
  readonly dataset?: string
  readonly locale?: string
}

export interface StepDeclaration extends Declared {
  readonly id: string
  readonly title?: string
  readonly screen?: string
  readonly image?: string
  readonly design?: string
  readonly feeling?: { readonly score: number; readonly quote?: string; readonly from?: string }
  readonly budget?: Budget
  readonly calls: readonly CallDeclaration[]
  readonly states: readonly StateDeclaration[]
  /** What somebody does on the screen before its calls matter. */
  readonly via: readonly ViaDeclaration[]
  /** `undefined` when the file says nothing: then the next step in the file follows. An empty list ends the journey. */
  readonly next?: readonly { readonly step: string; readonly site: Site }[]
}

/** One thing that somebody does on a screen. */
export type ViaDeclaration = Declared &
  (
    | { readonly kind: 'goto' | 'script'; readonly path: string }
    | { readonly kind: 'click' | 'check' | 'wait'; readonly selector: string }
    | { readonly kind: 'fill' | 'select'; readonly selector: string; readonly value: string }
    | { readonly kind: 'press'; readonly key: string }
  )

/** Durations in milliseconds, sizes in bytes (as sent, uncompressed). */
export interface Budget extends Declared {
  readonly p50?: number
  readonly p75?: number
  readonly p95?: number
  readonly size?: number
}

export interface CallDeclaration extends Declared {
  /** As written: `store.getBasket`, `store GET /basket`, `reviews query BasketReviews`. */
  readonly operation: string
  readonly operationSite: Site
  readonly after: readonly { readonly operation: string; readonly site: Site }[]
  readonly needs: readonly NeedDeclaration[]
  readonly sends: readonly { readonly path: string; readonly site: Site }[]
  readonly budget?: Budget
  /** How old its answer may be on this screen, in milliseconds. */
  readonly maxAge?: number
  readonly states: readonly StateDeclaration[]
  /** What somebody does on the screen so that it is called. */
  readonly via: readonly ViaDeclaration[]
}

export interface NeedDeclaration extends Declared {
  readonly path: string
  readonly pathSite: Site
  readonly label?: string
  readonly why?: string
  readonly absent?: string
}

/** `loading`, `empty`, `partial`, `timeout`, `offline`, `invalid`, `404`, `4xx`, `problem: <type>`. */
export interface StateDeclaration extends Declared {
  readonly condition: string
  readonly show?: string
  readonly test?: string
  readonly recover?: string
  readonly design?: string
  readonly same?: string
}

export interface ScenarioDeclaration extends Declared {
  readonly id: string
  readonly title?: string
  readonly dataset?: string
  readonly locale?: string
  readonly rules: readonly ScenarioRule[]
}

/** What a request is to be like. */
export interface RequestParts {
  readonly body?: unknown
  readonly query?: Readonly<Record<string, unknown>>
  readonly header?: Readonly<Record<string, unknown>>
  readonly path?: Readonly<Record<string, unknown>>
  readonly session?: string
  /** Regular expressions by place: `body.lines[].sku`. */
  readonly matches?: Readonly<Record<string, string>>
}

export interface ScenarioRule extends Declared {
  readonly operation: string
  readonly operationSite: Site
  readonly when?: RequestParts & {
    /** Holds for what is not like this in all of it. */
    readonly not?: RequestParts
    readonly call?: number | { readonly from: number; readonly to?: number }
    /** From 0 to 1: how many of the calls that fit, spread evenly. */
    readonly share?: number
  }
  readonly respond?: {
    readonly status?: number
    readonly example?: string
    readonly body?: unknown
    readonly file?: string
    readonly template?: string
    readonly headers?: Readonly<Record<string, string>>
  }
  /** Milliseconds. */
  readonly latency?:
    | { readonly fixed: number }
    | { readonly p50: number; readonly p95: number }
    | 'observed'
  readonly fault?: string
  /** Bytes a second. */
  readonly bandwidth?: number
  /** `per` in milliseconds. */
  readonly rateLimit?: { readonly requests: number; readonly per: number }
  /** Milliseconds. */
  readonly stale?: number
  readonly stream?: {
    /** Milliseconds. */
    readonly every?: number
    readonly items?: number
    readonly after?: 'end' | 'continue' | 'silence' | 'reset'
  }
  readonly times?: number
}

export interface PolicyDeclaration extends Declared {
  readonly classes: readonly ClassDeclaration[]
  readonly fields: readonly (Declared & { readonly match: string; readonly class: string })[]
  readonly validation: readonly (Declared & { readonly match: string; readonly schema: Site })[]
  readonly freshness: readonly (Declared & { readonly match: string; readonly maxAge: number })[]
  readonly errors?: { readonly format: string }
  readonly rulesets: readonly (Declared & { readonly path: string })[]
}

export interface ClassDeclaration extends Declared {
  readonly id: string
  readonly contains: readonly string[]
  /** Sentences that Throughline knows how to enforce: `never in logs`, `never in a URL`, `never in a response`. */
  readonly rules: readonly string[]
  /** Who may see such fields in a contract that is handed out; everybody where nothing is said. */
  readonly audience?: 'public' | 'partner' | 'internal'
}

/** One finding accepted for a while: `decisions/*.waiver.yaml`. */
/** `*.monitor.yaml`: journeys that are tried on a schedule. Times are milliseconds. */
export interface MonitorDeclaration extends Declared {
  readonly id: string
  readonly title?: string
  /** The name of an environment, or an address. */
  readonly environment: string
  readonly environmentSite: Site
  /** `checkout`, `checkout/basket`; empty for all journeys. */
  readonly journeys: readonly string[]
  readonly every: number
  /** How many runs in a row must go wrong before somebody is told. */
  readonly after: number
  readonly within: number
  /** Operations that write and may be called all the same. */
  readonly allow: readonly string[]
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly alerts: MonitorAlerts
}
export interface MonitorAlerts {
  readonly webhook: readonly string[]
  readonly slack: readonly string[]
  readonly command: readonly string[]
  readonly email?: { readonly to: readonly string[]; readonly from: string; readonly smtp: string }
}
/** `*.survey.yaml`: one question that people are asked where it arises. Times are milliseconds. */
export interface SurveyDeclaration extends Declared {
  readonly id: string
  readonly title?: string
  readonly question: string
  readonly ask: 'after-step' | 'after-error' | 'after-slow-answer'
  /** `checkout/basket`; absent for any. */
  readonly step?: string
  readonly stepSite: Site
  /** How long an answer took at least. */
  readonly over: number
  readonly scale?: {
    readonly from: number
    readonly to: number
    readonly low?: string
    readonly high?: string
  }
  /** The label of the field for words. */
  readonly text?: string
  /** Of visits, from 0 to 1. */
  readonly share: number
  /** After so many answers nobody is asked any more. */
  readonly quota?: number
  /** How long the same person is left alone. */
  readonly throttle: number
  readonly words: { readonly send: string; readonly close: string; readonly thanks: string }
}
/** `*.experiment.yaml`: an operation that pages hold back for some visits, drawn by lot. Times are milliseconds. */
export interface ExperimentDeclaration extends Declared {
  readonly id: string
  readonly title?: string
  readonly operation: string
  readonly operationSite: Site
  /** The step where leaving is counted; else the first that calls the operation. */
  readonly step?: string
  readonly stepSite: Site
  /** The longest extra delay. */
  readonly delay: number
  /** Of visits that are held up, from 0 to 0.5. */
  readonly share: number
  /** Milliseconds since 1970; `until` not included. */
  readonly from: number
  readonly until: number
  readonly untilSite: Site
  /** It ends when the held up are worse by so much, shares from 0 to 1, once there are `least` visits on either side. */
  readonly guardrail: { readonly dropOff: number; readonly errors: number; readonly least: number }
}
export interface WaiverDeclaration extends Declared {
  readonly rule: string
  /** The subject as diagnostics print it (`checkout/basket`, `store.getBasket`), or a glob over subjects. */
  readonly subject?: string
  /** One finding: its rule, what it is about and its values. */
  readonly fingerprint?: string
  readonly reason: string
  readonly by?: string
  readonly expires?: string
}

/** One file of a thread in `decisions/<thread>/`: nobody ever changes it, what comes later stands in another file. */
interface Entry extends Declared {
  /** The folder it lies in. */
  readonly thread: string
  readonly by: string
  /** RFC 3339, in UTC. */
  readonly at: string
}

export interface ProposalDeclaration extends Entry {
  readonly kind: 'proposal'
  readonly title: string
  readonly why?: string
  /** Ids of the graph that it is about. */
  readonly on: readonly string[]
  readonly overlays: readonly Overlay[]
  /** Edits of journeys, as the studio makes them: read where they are applied. */
  readonly edits: readonly Site[]
  /** Threads whose proposals this one takes the place of. */
  readonly supersedes: readonly string[]
}

export interface CommentDeclaration extends Entry {
  readonly kind: 'comment'
  readonly text: string
  readonly on: readonly string[]
}

export interface SignOffDeclaration extends Entry {
  readonly kind: 'sign-off'
  readonly team: string
  readonly says: 'approve' | 'object'
  /** The version of the proposal that was signed. */
  readonly revision: string
  readonly text?: string
}

export interface DecidedDeclaration extends Entry {
  readonly kind: 'decision'
  readonly decision: 'approved' | 'applied' | 'declined' | 'resolved' | 'reopened'
  readonly revision?: string
  readonly reason?: string
}

export type DecisionEntry =
  | ProposalDeclaration
  | CommentDeclaration
  | SignOffDeclaration
  | DecidedDeclaration

/** All that the files of one workspace declare, contracts aside. Broken parts are left out and reported. */
export interface Declarations {
  readonly workspace: WorkspaceDeclaration
  readonly journeys: readonly JourneyDeclaration[]
  readonly personas: readonly PersonaDeclaration[]
  readonly scenarios: readonly ScenarioDeclaration[]
  readonly policies: readonly PolicyDeclaration[]
  readonly monitors: readonly MonitorDeclaration[]
  readonly surveys: readonly SurveyDeclaration[]
  readonly experiments: readonly ExperimentDeclaration[]
  readonly waivers: readonly WaiverDeclaration[]
  /** What CODEOWNERS and Backstage say about owners. */
  readonly owners: readonly OwnerTold[]
  /** Every file of every thread, by path. */
  readonly decisions: readonly DecisionEntry[]
  readonly diagnostics: readonly Diagnostic[]
}
