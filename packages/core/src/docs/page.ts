import type { NeedStatus, StateStatus, StepColumn } from '../blueprint/blueprint.ts'

// The living documentation as plain data: what a page says, whoever draws it. A function of the graph (`docsOf`).

/** For whom the pages are: who does not read something does not get it. `public` is for people outside of the house. */
export type Audience = 'everyone' | 'ux' | 'frontend' | 'backend' | 'public'

export const audiences = [
  'everyone',
  'ux',
  'frontend',
  'backend',
  'public',
] as const satisfies readonly Audience[]

export type PageKind =
  | 'home'
  | 'journey'
  | 'api'
  | 'group'
  | 'operation'
  | 'errors'
  | 'policy'
  | 'changes'

/** A page as lists know it: cheap, however big the contract. */
export interface PageHead {
  /** `journeys/checkout`, `apis/store/get-basket`, `index`: names the page in links, files and other people's wikis. */
  readonly path: string
  readonly kind: PageKind
  readonly title: string
  /** The page above; none for the first one. */
  readonly parent?: string
  /** One sentence. */
  readonly summary: string
  /** What else somebody may look for: paths, ids, names of fields. */
  readonly words: string
  readonly method?: string
  readonly line?: Line
}

export interface DocsPage extends PageHead {
  readonly blocks: readonly Block[]
}

/** One of the four colours of journeys. */
export type Line = 1 | 2 | 3 | 4
export type Tone = 'info' | 'ok' | 'warn' | 'bad' | 'draft' | 'quiet'

export type Inline =
  | string
  | { readonly kind: 'code' | 'strong' | 'em'; readonly text: string }
  /** To a page of these docs; `anchor` is the id of one of its headings or rows. */
  | { readonly kind: 'page'; readonly to: string; readonly anchor?: string; readonly text: string }
  /** To the web: http, https or mailto, nothing else. */
  | { readonly kind: 'web'; readonly href: string; readonly text: string }
  | { readonly kind: 'badge'; readonly tone: Tone; readonly text: string }
  | { readonly kind: 'method'; readonly text: string }
  /** A step of a journey, with the dash of its line. */
  | {
      readonly kind: 'station'
      readonly line: Line
      readonly to: string
      readonly anchor?: string
      readonly text: string
    }
  | { readonly kind: 'need'; readonly status: NeedStatus; readonly text: string }
export type Text = readonly Inline[]

/** What every place can show. */
export type PlainBlock =
  | {
      readonly kind: 'heading'
      readonly level: 2 | 3 | 4
      readonly id: string
      readonly text: Text
    }
  | { readonly kind: 'text'; readonly text: Text }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Text[] }
  | {
      readonly kind: 'table'
      readonly label: string
      readonly head: readonly string[]
      readonly rows: readonly (readonly Text[])[]
    }
  | {
      readonly kind: 'code'
      readonly language: string
      readonly text: string
      readonly label?: string
    }
  | { readonly kind: 'note'; readonly tone: Tone; readonly text: Text }
  | { readonly kind: 'quote'; readonly text: Text }

/** What a web page shows better; `plainBlocks` says it in plain ones. */
export type Block =
  | PlainBlock
  | { readonly kind: 'lead'; readonly text: Text }
  | {
      readonly kind: 'facts'
      readonly items: readonly { readonly term: string; readonly text: Text }[]
    }
  | { readonly kind: 'tabs'; readonly label: string; readonly items: readonly CodeTab[] }
  | { readonly kind: 'cards'; readonly items: readonly Card[] }
  | { readonly kind: 'line'; readonly line: Line; readonly stations: readonly Station[] }
  | { readonly kind: 'fields'; readonly label: string; readonly rows: readonly FieldRow[] }
  | { readonly kind: 'screen'; readonly picture: Picture }
  | { readonly kind: 'states'; readonly items: readonly StateCard[] }
  | { readonly kind: 'budget'; readonly label: string; readonly bars: readonly BudgetBar[] }

export interface CodeTab {
  readonly label: string
  readonly language: string
  readonly text: string
  /** What is to be said about it: that it breaks its own schema, that parts are left out. */
  readonly notes: readonly Text[]
}

export interface Card {
  readonly to: string
  readonly title: string
  readonly text: Text
  readonly badges: Text
  readonly method?: string
  readonly line?: Line
}

export interface Station {
  readonly title: string
  readonly anchor: string
  readonly gap: boolean
  readonly score?: number
}

/** A field of a body, in the order of the tree; `depth` 0 is the outermost. */
export interface FieldRow {
  /** Names the row in links; the first of its name on a page. */
  readonly anchor: string
  readonly path: string
  readonly name: string
  readonly depth: number
  readonly type: string
  readonly badges: Text
  readonly description: Text
  readonly usedBy: Text
  readonly missing: boolean
}

/** A file of the workspace or of the evidence, or a wireframe where nobody made a picture. */
export type Picture =
  | { readonly kind: 'file'; readonly path: string; readonly alt: string }
  | {
      readonly kind: 'wireframe'
      readonly screen: StepColumn['wireframe']
      readonly condition?: string
      readonly holes: readonly string[]
      readonly alt: string
    }

export interface StateCard {
  readonly condition: string
  readonly label: string
  readonly status: StateStatus
  readonly show?: string
  readonly recover?: string
  /** Where its design is found. */
  readonly design?: string
  readonly calls: readonly string[]
  readonly picture: Picture
  /** What a browser saw when it was last played, and when. */
  readonly seen?: { readonly asPromised: boolean; readonly text: string }
}

export interface BudgetBar {
  readonly label: string
  /** Milliseconds. */
  readonly start: number
  readonly ms: number
  readonly limit?: number
}
