import type { Path } from '../text/origin.ts'

/** One thing that a written contract does not have and the workspace's has. */
export interface Removal {
  /** `GET /admin/stock`, `Product.margin`, or the place in the document. */
  readonly what: string
  /** Where it stood in the bundled document. */
  readonly path: Path
  /** `x-internal: true`, `class margin is internal`, `no journey calls it`. */
  readonly why: string
}
