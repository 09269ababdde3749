import { basename } from 'node:path'

/** An id from any words: `Order details` -> `order-details`; empty where nothing of it can stand in an id. */
export function idOf(words: string): string {
  return words
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]+/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 60)
    .replace(/-+$/, '')
}

/** `order-details` -> `Order details`. */
export function wordsOf(id: string): string {
  const words = id
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[-_/.\s]+/g, ' ')
    .trim()
    .toLowerCase()
  return words === '' ? '' : words[0]!.toUpperCase() + words.slice(1)
}

/**
 * What an API is called in journeys (`store.getBasket`): the telling part of its file's name, else of its title.
 * Names already taken get a number.
 */
export function apiName(
  contract: string,
  title: string | undefined,
  taken: ReadonlySet<string>,
): string {
  const name =
    telling(basename(contract).replace(/\.(ya?ml|json|graphqls?|gql)$/i, '')) ||
    telling(title ?? '') ||
    'api'
  let unique = name
  for (let number = 2; taken.has(unique); number++) unique = `${name}-${number}`
  return unique
}

const noise =
  /^(open-?api|swagger|api|apis|rest|graphql|schema|spec|specification|contract|index|main|public|generated|bundled?|com|org|net|io|http|service|server|v?\d+)$/

function telling(words: string): string {
  const parts = idOf(words)
    .split('-')
    .filter((part) => part !== '' && !noise.test(part))
  return parts.slice(0, 2).join('-')
}
