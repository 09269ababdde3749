import type { Sending, Sent } from './outgoing.ts'
import type { Backends } from './proxy/backends.ts'
import type { Trim } from './trim/trim.ts'

export interface MockOptions {
  /** The same seed gives the same answers, in any process. */
  readonly seed?: string | number
  /** Whose names, addresses and currency made-up data has: `de`, `pt-BR`. */
  readonly locale?: string
  /** Generated data, even where the contract has examples. */
  readonly dynamic?: boolean
  /** An example that breaks its schema answers 500 instead of being replaced. */
  readonly errors?: boolean
  /** Lets pages of any origin call the mock; on unless `false`. */
  readonly cors?: boolean
  /** What everything is filled with, where no scenario and no persona says: `many`, or a file of the workspace. */
  readonly dataset?: string
  /** Hears what is wrong with files of data, a line each. */
  readonly onNotice?: (line: string) => void
  /** What is played for everybody from the start. */
  readonly scenario?: string
  /** Files that scenarios answer with, by workspace path; `undefined` for what is not there or not inside. */
  readonly readFile?: (path: string) => Uint8Array | undefined
  /** The file that says how long backends took, for `latency: observed`: see `LATENCY_FILE`. */
  readonly observed?: () => Uint8Array | undefined
  /** Origins of the workspace's own app and studio: they may play scenarios, and a play link may lead back to them. */
  readonly origins?: readonly string[]
  /** JavaScript for pages that follow what is played: served as `/_throughline/browser.js`. */
  readonly browserScript?: () => string
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Hosts that callbacks and webhooks may go to beside this machine; `none` sends nothing anywhere. */
  readonly callbacks?: readonly string[] | 'none'
  /** Sends a request that a contract describes as the API's own; over the network unless said. */
  readonly deliver?: (sending: Sending) => Promise<Sent>
  /** Names a new browser session. */
  readonly newSession?: () => string
  /** Real backends that operations are passed on to. Whoever made them closes them. */
  readonly backends?: Backends
  /** What is left out of every answer, to try a change before it ships. */
  readonly trim?: Trim
}
