import { isObject } from '../text/site.ts'

/** The value where it is an object; an empty one where it is not. */
export function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {}
}

/** The value where it is a list; an empty one where it is not. */
export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
