import { isObject } from '../text/site.ts'
import { successResponse, type Operation, type Parameter } from './operation.ts'

/** What headers say about how long an answer may be kept (RFC 9111, RFC 5861). Ages in seconds. */
export interface Caching {
  /** `max-age`; what a shared cache may do is not meant. */
  readonly maxAge?: number
  readonly staleWhileRevalidate?: number
  readonly noStore: boolean
  /** A `Cache-Control` or `Expires` is promised, whatever it says. */
  readonly said: boolean
  readonly etag: boolean
}

/** What answers said of one operation, and how many there were. */
export type SeenCaching = Caching & { readonly answers: number }

/** One more answer of an operation. Where they differ, the longest age counts: that is what a screen must reckon with. */
export function withAnswer(
  before: SeenCaching | undefined,
  header: (name: string) => string | null | undefined,
): SeenCaching {
  const control = header('cache-control') ?? undefined
  const now: Caching = {
    ...cachingIn(control ?? ''),
    said: control !== undefined || (header('expires') ?? undefined) !== undefined,
    etag: (header('etag') ?? undefined) !== undefined,
  }
  const longest = (before?.maxAge ?? -1) > (now.maxAge ?? -1) ? before! : now
  return { ...longest, answers: (before?.answers ?? 0) + 1 }
}

/** What the headers of the success answer promise, by their examples and fixed values; `undefined` where there are none of this kind. */
export function contractCaching(operation: Operation): Caching | undefined {
  const headers = successResponse(operation)?.headers ?? []
  const named = (name: string): Parameter | undefined =>
    headers.find((one) => one.name.toLowerCase() === name)
  const control = named('cache-control')
  const etag = named('etag') !== undefined
  const said = control !== undefined || named('expires') !== undefined
  if (!said && !etag) return undefined
  return { ...cachingIn(control === undefined ? '' : promised(control)), said, etag }
}

/** Reads a `Cache-Control` header; what it does not understand it passes over. */
export function cachingIn(
  control: string,
): Pick<Caching, 'maxAge' | 'staleWhileRevalidate' | 'noStore'> {
  if (control === '') return saysNothing
  const seconds = (pattern: RegExp): number | undefined => {
    const found = pattern.exec(control)?.[1]
    return found === undefined ? undefined : Number(found)
  }
  const maxAge = seconds(/(?:^|[,\s])max-age\s*=\s*"?(\d{1,10})/i)
  const staleWhileRevalidate = seconds(/(?:^|[,\s])stale-while-revalidate\s*=\s*"?(\d{1,10})/i)
  return {
    ...(maxAge !== undefined && { maxAge }),
    ...(staleWhileRevalidate !== undefined && { staleWhileRevalidate }),
    noStore: /(?:^|[,\s])no-store\b/i.test(control),
  }
}

const saysNothing = { noStore: false }

/** `max-age=60, ETag`: as people compare it. */
export function cacheWords({ maxAge, staleWhileRevalidate, noStore, said, etag }: Caching): string {
  const words = [
    ...(noStore ? ['no-store'] : []),
    ...(maxAge === undefined ? [] : [`max-age=${maxAge}`]),
    ...(staleWhileRevalidate === undefined
      ? []
      : [`stale-while-revalidate=${staleWhileRevalidate}`]),
  ]
  if (words.length === 0 && said) words.push('Cache-Control')
  return [...words, ...(etag ? ['ETag'] : [])].join(', ') || 'nothing'
}

/** The one value that a header is described with: fixed, usual or as an example. */
function promised({ schema, examples, site }: Parameter): string {
  const own = schema?.value
  const written: unknown[] = isObject(own)
    ? [
        own['const'],
        Array.isArray(own['enum']) ? own['enum'][0] : undefined,
        own['default'],
        own['example'],
        Array.isArray(own['examples']) ? own['examples'][0] : undefined,
      ]
    : []
  const beside =
    isObject(site.value) && Object.hasOwn(site.value, 'example') ? site.value['example'] : undefined
  const found = [...written, beside, ...examples.map((one) => one.value)]
  return found.find((one): one is string => typeof one === 'string') ?? ''
}
