import type { Field } from '../schema/field.ts'

/** What developers call a field's type: `Money`, `date-time`, `string`, `Money[]`; `any` where the schema says nothing. */
export function typeNameOf(field: Field): string {
  if (field.types.length === 1 && field.types[0] === 'array') {
    const item = field.children().find((child) => child.name === '[]')
    return item === undefined ? 'array' : `${typeNameOf(item)}[]`
  }
  return (
    field.typeName ?? field.format ?? (field.types.length === 0 ? 'any' : field.types.join(' | '))
  )
}
