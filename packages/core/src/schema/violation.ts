import type { Path } from '../text/origin.ts'
import type { Site } from '../text/site.ts'

/** One way in which a value breaks its schema. `message` finishes the sentence that the value's name begins. */
export interface Violation {
  /** From the value's root to the part that is wrong. */
  readonly path: Path
  readonly keyword: string
  /** `is a string, expected an integer` */
  readonly message: string
  /** What would have been right, where a few words can say it: `an integer`. */
  readonly expected?: string
  /** The schema that says so. */
  readonly schema: Site
}

/** `items[0].price is a string, expected a number`: a violation as one sentence. `root` names the whole value. */
export function sentence(violation: Violation, root = 'the value'): string {
  return `${violation.path.length === 0 ? root : pathText(violation.path)} ${violation.message}`
}

/** `items[0].price`: how people say where in a value something is. */
export function pathText(path: Path): string {
  let text = ''
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`
    else if (/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(key)) text += text === '' ? key : `.${key}`
    else text += `${text === '' ? '' : '.'}${JSON.stringify(key)}`
  }
  return text
}

/** `/items/0/price`: RFC 6901. */
export function pointerOf(path: Path): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
