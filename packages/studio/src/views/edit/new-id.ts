/** An id made of a title: `Pick a delivery slot` -> `pick-a-delivery-slot`, and `-2` where that is taken. */
export function newId(title: string, taken: readonly string[], otherwise: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
  const id = plain === '' ? otherwise : plain
  if (!taken.includes(id)) return id
  let number = 2
  while (taken.includes(`${id}-${number}`)) number += 1
  return `${id}-${number}`
}
