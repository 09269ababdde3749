import type { LocatedDiagnostic } from '@throughline/core'

/** Why an edit cannot be done, in words for the person who asked for it. Thrown within this room, caught where an edit begins. */
export class Refusal extends Error {
  readonly status: 403 | 409 | 422
  readonly detail: string
  /** The part of the edit that is wrong, as a JSON Pointer below it: `/to`. */
  readonly pointer: string
  /** What is wrong with the file that was to be edited. */
  readonly diagnostics: readonly LocatedDiagnostic[]

  constructor(
    status: 403 | 409 | 422,
    title: string,
    detail: string,
    {
      pointer = '',
      diagnostics = [],
    }: { readonly pointer?: string; readonly diagnostics?: readonly LocatedDiagnostic[] } = {},
  ) {
    super(title)
    this.status = status
    this.detail = detail
    this.pointer = pointer
    this.diagnostics = diagnostics
  }
}
