import type { Problem } from './problem.ts'

/** What to say where only a status is known. */
export function problemOfStatus(status: number): Problem {
  return {
    title:
      TITLES[status] ??
      (status >= 500 ? 'Something broke at our end. Try again' : 'That did not work'),
  }
}

/** Titles that a person can act on. */
const TITLES: Readonly<Record<number, string>> = {
  400: 'Check what was entered and send it again',
  401: 'Sign in to go on',
  403: 'Ask somebody who may do this',
  404: 'This is not here any more',
  408: 'That took too long. Try again',
  409: 'Somebody has changed this meanwhile. Look again, then decide',
  410: 'This is gone for good',
  412: 'Somebody has changed this meanwhile. Look again, then decide',
  413: 'That is too big. Send something smaller',
  422: 'Check what was entered and send it again',
  429: 'Too many requests. Wait a moment, then try again',
  500: 'Something broke at our end. Try again',
  502: 'Something broke behind us. Try again in a moment',
  503: 'We are away for a moment. Try again soon',
  504: 'Somebody behind us took too long. Try again',
}
