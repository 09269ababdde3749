import { queryOptions } from '@tanstack/react-query'
import type { SchemaNode } from '@throughline/core'
import { studio } from '../../api.ts'

/** A field that a step can need. */
export interface ContractField {
  /** `items[].price.amount` */
  readonly path: string
  readonly type: string
  readonly maybe: boolean
  readonly description?: string
}

/** How often a deep contract is asked for what is further inside; the rest is found by typing its path. */
const mostQuestions = 40

/** All fields of an operation's success answer, headers too, those nearest the root first. */
export function contractFieldsQuery(operation: string) {
  return queryOptions({
    queryKey: ['contract-fields', operation],
    queryFn: async ({ signal }): Promise<readonly ContractField[]> => {
      const { responses, success } = await studio.getOperation({ id: operation }, { signal })
      const answer =
        responses.find(({ status }) => status === success) ??
        responses.find(({ status }) => status.startsWith('2'))
      if (answer === undefined) return []
      const found: ContractField[] = []
      const content = answer.content.find(({ root }) => root !== undefined)
      let waiting = content?.root === undefined ? [] : [{ node: content.root, maybe: false }]
      let questions = 0
      while (waiting.length > 0) {
        const deeper: typeof waiting = []
        for (const { node, maybe } of waiting) {
          if (node.missing) continue
          const absent = maybe || (!node.required && node.path !== '') || node.nullable
          if (node.path !== '') found.push(fieldOf(node, absent))
          let { children } = node
          if (children === undefined && node.hasChildren && questions < mostQuestions) {
            questions += 1
            const { field } = await studio.getFields(
              { id: operation, path: node.path, response: answer.status, type: content?.type },
              { signal },
            )
            children = field.children
          }
          const inside = node.path === '' ? false : absent
          for (const child of children ?? [])
            if (depthOf(child.path) <= mostDepth)
              deeper.push({ node: child, maybe: isItem(child) ? inside && maybe : inside })
        }
        waiting = deeper
      }
      return [
        ...found,
        ...answer.headers.map(({ name, required, field }) => ({
          path: `header:${name}`,
          type: field.type,
          maybe: !required,
        })),
      ]
    },
  })
}

/** A type that holds itself has no end. */
const mostDepth = 7

function depthOf(path: string): number {
  return path.split('.').length
}

function isItem({ name }: SchemaNode): boolean {
  return name === '[]' || name === '{}'
}

function fieldOf(node: SchemaNode, maybe: boolean): ContractField {
  // What people need of a plain list are its items: `labels[]`.
  const isPlainList = node.type.endsWith('[]') && !node.hasChildren && !node.path.endsWith('[]')
  return {
    path: isPlainList ? `${node.path}[]` : node.path,
    type: node.type,
    maybe,
    ...(node.description !== undefined && { description: node.description }),
  }
}
