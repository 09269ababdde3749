/** A text as one YAML scalar: plain where that is safe in a block, else in double quotes (which JSON's are). */
export function scalar(text: string): string {
  return isPlain(text) ? text : JSON.stringify(text)
}

/** The same inside `[...]` or `{...}`, where commas and brackets mean something. */
export function flowScalar(text: string): string {
  return isPlain(text) && !/[,:[\]{}]/.test(text) ? text : JSON.stringify(text)
}

function isPlain(text: string): boolean {
  return (
    /^([A-Za-z/]|\.{1,2}\/)[\w .,:;()/@$[\]{}'+-]*$/.test(text) &&
    !/:( |$)| $/.test(text) &&
    !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text)
  )
}

/** One line of people's words: breaks and control characters become blanks, and it is cut at `most` characters. */
export function oneLine(text: string, most: number): string {
  // eslint-disable-next-line no-control-regex
  const line = text.replace(/[\u0000-\u0020\u007f-\u00a0\u2028\u2029]+/g, ' ').trim()
  return line.length <= most ? line : `${line.slice(0, most - 1).replace(/\s+\S*$/, '')}…`
}
