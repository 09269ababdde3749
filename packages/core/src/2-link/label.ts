/**
 * What a person calls the field at the end of a path: `items[].price.amount` is "Price amount".
 * Lists are left out, because people name what they see once in each row.
 */
export function labelOf(path: string): string {
  const own = path.replace(/^header:/, '').replace(/^.*(?:\[\]|\{\})\.(?=.)/, '')
  const words = own.replace(/\[\]|\{\}/g, '')
  return words === '' ? 'The whole list' : sentence(words)
}

/** `returning-customer`, `returningCustomer` and `returning.customer` are "Returning customer". */
export function sentence(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[\s._/-]+/)
    .filter((word) => word !== '')
    .map((word) => (/^[A-Z\d]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
