import { isAbsolute, relative, resolve, sep } from 'node:path'

/** A path as the workspace says it, or `undefined` where it means no file here (another drive, a URL). */
export function normalised(root: string, asked: string): string | undefined {
  if (asked === '' || asked.includes('\0') || /^[a-z][a-z0-9+.-]+:/i.test(asked)) return undefined
  const path = relative(root, resolve(root, asked))
  return path === '' || isAbsolute(path) ? undefined : path.split(sep).join('/')
}

/** What no contract has any business in, even inside the repository. */
export function isPrivate(path: string): boolean {
  return path
    .split('/')
    .some((part) => part === '.git' || part === '.throughline' || part === '.ssh')
}
