/** `a`, `a and b`, `a, b and c`; of more than `most`, the first ones and how many there are besides. */
export function listed(names: readonly string[], word: 'and' | 'or' = 'and', most = 5): string {
  const shown =
    names.length > most ? [...names.slice(0, most - 1), `${names.length - most + 1} more`] : names
  if (shown.length < 2) return shown.join('')
  return `${shown.slice(0, -1).join(', ')} ${word} ${shown.at(-1)}`
}
