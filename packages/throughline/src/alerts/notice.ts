/** What somebody must be told: once when it begins, once when it ends. */
export interface Notice {
  readonly event: 'opened' | 'recovered'
  /** `failure`, `budget` and `anomaly` of a monitor's runs; `budget` and `errors` of what people really did. */
  readonly kind: 'failure' | 'budget' | 'anomaly' | 'errors'
  /** The monitor, or `collector`. */
  readonly monitor: string
  readonly title: string
  readonly environment: string
  /** RFC 3339. */
  readonly since: string
  readonly at: string
  readonly steps: readonly string[]
  readonly lines: readonly string[]
}
