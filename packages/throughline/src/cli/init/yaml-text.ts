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
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim()
  return line.length <= most ? line : `${line.slice(0, most - 1).replace(/\s+\S*$/, '')}…`
}
