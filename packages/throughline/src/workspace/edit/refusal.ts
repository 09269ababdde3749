/** Why an edit cannot be done, in words for the person who asked for it. Thrown within this room, caught where an edit begins. */
export class Refusal extends Error {
  readonly status: 403 | 409 | 422
  readonly detail: string
  /** The part of the edit that is wrong, as a JSON Pointer below it: `/to`. */
  readonly pointer: string

  constructor(status: 403 | 409 | 422, title: string, detail: string, pointer = '') {
    super(title)
    this.status = status
    this.detail = detail
    this.pointer = pointer
  }
}
