/**
 * A path with parameters for what looks like an id, named after the word before: `/orders/17/lines/4` ->
 * `/orders/{orderId}/lines/{lineId}`. `idOf` knows more of them, by name or as `''`.
 */
export function generalPath(
  path: string,
  idOf: (segment: string) => string | undefined = () => undefined,
): string {
  const parts = path.split('/')
  const taken = new Set<string>()
  return parts
    .map((one, index) => {
      if (one === '' || (!ID.test(one) && idOf(one) === undefined)) return one
      const before = (parts[index - 1] ?? '').replace(/[^\p{L}\p{N}]/gu, '')
      const word = /[^s]s$/i.test(before) ? before.slice(0, -1) : before
      const known = idOf(one)
      let name =
        known !== undefined && known !== ''
          ? known
          : word === '' || ID.test(before) || idOf(before) !== undefined
            ? 'id'
            : `${word}Id`
      while (taken.has(name)) name += '2'
      taken.add(name)
      return `{${name}}`
    })
    .join('/')
}

const ID =
  /^(\d+|[\da-f]{8,}|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|[A-Za-z]{1,5}[-_]\w*\d\w*|:.+|\{\{.+\}\})$/i
