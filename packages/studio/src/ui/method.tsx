/** `GET`, `POST`, a GraphQL `QUERY`: short, coloured by what it does to data. */
export function Method({ method }: { readonly method: string }) {
  const { short, kind } = methodLook(method)
  return <span className={`method ${kind}`}>{short}</span>
}

function methodLook(method: string): { readonly short: string; readonly kind: string } {
  switch (method.toUpperCase()) {
    case '':
      return { short: '?', kind: 'unknown' }
    case 'GET':
    case 'HEAD':
    case 'OPTIONS':
      return { short: method.toUpperCase().slice(0, 4), kind: 'reads' }
    case 'QUERY':
    case 'SUBSCRIPTION':
      return { short: method.toUpperCase() === 'QUERY' ? 'QRY' : 'SUB', kind: 'queries' }
    case 'MUTATION':
      return { short: 'MUT', kind: 'writes' }
    case 'DELETE':
      return { short: 'DEL', kind: 'removes' }
    case 'PATCH':
      return { short: 'PTCH', kind: 'writes' }
    default:
      return { short: method.toUpperCase().slice(0, 4), kind: 'writes' }
  }
}
