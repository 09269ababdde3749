import type { SchemaNode } from '@throughline/core'
import type { Lens } from '../../address.ts'
import { words } from './words.ts'

/** `string`, `Money[]`; with `null` beside it for who writes the code, with the JSON type for who serves it. */
export function typeWords(node: SchemaNode, lens: Lens): string {
  if (node.type === '') return ''
  if (lens === 'ux') return node.type
  const type =
    lens === 'backend' && node.base !== node.type && node.base !== '' && node.typeName === undefined
      ? `${node.base} (${node.type})`
      : node.type
  return node.nullable ? `${type} | null` : type
}

/** Whether people can count on it: `always`, `required`; `asked` says it of something that is sent. */
export function presenceWords(
  { required, nullable, name }: SchemaNode,
  lens: Lens,
  asked: boolean,
): readonly string[] {
  const say = words.field[lens]
  const said =
    name === '[]' || name === '{}'
      ? []
      : [required ? (asked ? say.needed : say.required) : asked ? say.free : say.optional]
  return nullable && lens === 'ux' ? [...said, say.nullable] : said
}

/** The children of a field as they are drawn: the items of a list stand in for the list itself. */
export function drawnChildren(node: SchemaNode): readonly SchemaNode[] | undefined {
  const { children } = node
  const only = children?.length === 1 ? children[0] : undefined
  if (only?.name !== '[]' || !only.hasChildren) return children
  return only.children
}

/** The field whose children have to be asked for, to draw those of `node`. */
export function toBeAsked(node: SchemaNode): SchemaNode {
  const only = node.children?.length === 1 ? node.children[0] : undefined
  return only?.name === '[]' && only.hasChildren ? only : node
}

/** Whether the field at `path` is inside the one at `outer`. */
export function isInside(path: string, outer: string): boolean {
  if (outer === '') return path !== ''
  return path.startsWith(outer) && /^[.[{]/.test(path.slice(outer.length))
}
