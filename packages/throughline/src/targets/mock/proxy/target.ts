import type { Operation } from '@throughline/core'

/** The path of an operation below its backend, with raw path parameters as they came, and the query. */
export function targetOf(
  { path }: Operation,
  pathParameters: ReadonlyMap<string, string>,
  query: string,
): string {
  const filled = path
    .split(/[?#]/, 1)[0]!
    .replace(/\{([^{}]+)\}/g, (whole, name: string) => pathParameters.get(name) ?? whole)
  return `${filled}${query === '' ? '' : `?${query}`}`
}

/** A path that no contract describes, below its backend: a base path of the contract is part of the backend's address. */
export function undescribedTarget(
  rest: string,
  basePaths: readonly string[],
  query: string,
): string {
  const base = basePaths
    .filter((one) => one !== '' && (rest === one || rest.startsWith(`${one}/`)))
    .toSorted((a, b) => b.length - a.length)[0]
  const path = base === undefined ? rest : rest.slice(base.length) || '/'
  return `${path}${query === '' ? '' : `?${query}`}`
}
