/** How much smaller something of this width (pixels) has to be on a wide page of paper, for the rules of print. */
export function fitting(width: number): Readonly<Record<'--fit', number>> {
  return { '--fit': Math.round(Math.min(1, page / width) * 100) / 100 }
}

/** What A4 across leaves between its margins. */
const page = 1030
