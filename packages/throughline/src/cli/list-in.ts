/** The parts of a list with commas between them, as options take it. */
export function listIn(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
}
