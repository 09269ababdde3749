/**
 * A call that did not give what the screen needs, told apart by what a person can do about it:
 * `timeout`, `offline`, `invalid` (an answer nobody can read) or `refused` (a status of 400 or more).
 */
export class Failure extends Error {
  constructor(kind, { status = 0, problem = {}, cause } = {}) {
    super(kind, { cause })
    this.kind = kind
    this.status = status
    /** RFC 9457, as far as it came: `type`, `title`, `detail`, `errors`. */
    this.problem = problem
  }

  /** `store.getBasket` and `404` in words that a person can act on. */
  get title() {
    if (this.kind === 'timeout') return 'This is taking too long'
    if (this.kind === 'offline') return "The shop can't be reached"
    if (this.kind === 'invalid') return "The shop gave an answer we can't read"
    if (typeof this.problem.title === 'string') return this.problem.title
    if (this.status === 429) return 'Give us a moment'
    if (this.status === 404) return "We can't find this"
    return this.status >= 500 ? 'Something broke at our end' : "That didn't work"
  }

  get detail() {
    if (typeof this.problem.detail === 'string') return this.problem.detail
    if (this.kind === 'timeout') return 'The line is slow, or we are. Nothing is lost.'
    if (this.kind === 'offline') return 'Are you on a train? Nothing is lost.'
    if (this.kind === 'invalid') return 'It is not your fault. Nothing is lost.'
    return this.status >= 500 ? 'It is not your fault. Nothing is lost.' : ''
  }

  /** Whether asking the same again may help. */
  get passing() {
    return (
      this.kind !== 'refused' || this.status >= 500 || this.status === 429 || this.status === 408
    )
  }
}
