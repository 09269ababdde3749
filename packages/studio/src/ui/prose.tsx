/** A sentence in which `names in backticks` stand as code. */
export function Prose({ text }: { readonly text: string }) {
  return text.split(/(`[^`]+`)/).map((part, index) =>
    part.length > 2 && part.startsWith('`') && part.endsWith('`') ? (
      // The parts of a fixed sentence have no other identity than their place.
      // oxlint-disable-next-line react/no-array-index-key
      <code key={index}>{part.slice(1, -1)}</code>
    ) : (
      part
    ),
  )
}
