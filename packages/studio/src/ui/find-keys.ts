/** How Ctrl-K is written on this machine's keyboard. */
export const findKeys = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '')
  ? '⌘K'
  : 'Ctrl K'
