import type { Asked } from '../targets/observe/questions/dialects.ts'
import type { EvidenceQuery, QueryParameters } from '../targets/observe/store/evidence-store.ts'
import type { Target } from '../workspace/workspace.ts'

/** What the server asks of the thread that works out reports, and what it answers to the thread's questions. */
export type ReportAsk =
  | {
      readonly kind: 'report'
      readonly id: number
      /** Another than before: the files are looked at again. */
      readonly version: number
      readonly asked: Asked
      readonly journey?: string | undefined
    }
  | { readonly kind: 'rows'; readonly id: number; readonly rows: readonly object[] }
  | { readonly kind: 'refused'; readonly id: number; readonly message: string }

/** What the thread says. A question names the report that it is for. */
export type ReportTell =
  | {
      readonly kind: 'query'
      readonly id: number
      readonly report: number
      readonly query: EvidenceQuery<object>
      readonly parameters: QueryParameters
    }
  | { readonly kind: 'report'; readonly id: number; readonly json: string }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }

/** Which workspace it is. */
export type ReportStart = Target
