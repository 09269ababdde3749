/** `unitPrice`, `unit_price`, `Unit-Price` -> `unit price`. */
export const spaced = remembered((name) =>
  name
    .slice(0, 200)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase(),
)

/** Found once for each name: contracts use the same names again and again. */
export function remembered<Found>(find: (name: string) => Found): (name: string) => Found {
  const known = new Map<string, Found>()
  return (name) => {
    let found = known.get(name)
    if (found === undefined && !known.has(name)) {
      found = find(name)
      if (known.size > 20_000) known.clear()
      known.set(name, found)
    }
    return found as Found
  }
}
