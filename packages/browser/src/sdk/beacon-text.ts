/** What a beacon is made of. */
export type Cell = string | number | undefined | null | readonly Cell[]

/** JSON of lists, texts and numbers, whatever the page has done to `JSON` or put on the prototypes. Numbers keep four decimals. */
export function beaconText(cell: Cell): string {
  if (typeof cell === 'string')
    // Control characters end a line of the queue, half a surrogate pair ends the request.
    return `"${cell.replace(/["\\]|[^ -\ud7ff\ue000-\uffff]/g, (one) => `\\u${(one.charCodeAt(0) + 65536).toString(16).slice(1)}`)}"`
  if (typeof cell === 'number') return `${+cell.toFixed(4) || 0}`
  if (!cell) return 'null'
  let text = ''
  for (const inner of cell) text += (text && ',') + beaconText(inner)
  return `[${text}]`
}
