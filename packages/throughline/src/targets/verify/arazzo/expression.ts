import { expressionValue, type Happened } from '@throughline/core'

/** What expressions of a workflow may look at (Arazzo 1.1, "Runtime Expressions"). */
export interface Scope {
  readonly inputs: unknown
  /** By step: what each put out. */
  readonly steps: ReadonlyMap<string, ReadonlyMap<string, unknown>>
  /** By workflow: what it took in and put out. */
  readonly workflows: ReadonlyMap<
    string,
    { readonly inputs: unknown; readonly outputs: ReadonlyMap<string, unknown> }
  >
  /** The request of this step and its answer, once there is one. */
  readonly happened?: Happened
}

/** The value of one expression: `$steps.list.outputs.id`, `$response.body#/items/0/id`; `undefined` where nothing is there. */
export function scopeValue(expression: string, scope: Scope): unknown {
  const [, root = '', rest = ''] = /^\$(inputs|steps|workflows)\.?(.*)$/s.exec(expression) ?? []
  const [path = '', pointer] = rest.split('#', 2)
  const names = path === '' ? [] : path.split('.')
  const ended = (value: unknown, more: readonly string[]): unknown =>
    pointed(more.reduce(own, value), pointer)
  switch (root) {
    case 'inputs':
      return ended(scope.inputs, names)
    case 'steps': {
      const [step = '', part, name = '', ...more] = names
      return part === 'outputs' ? ended(scope.steps.get(step)?.get(name), more) : undefined
    }
    case 'workflows': {
      const [workflow = '', part, name = '', ...more] = names
      const known = scope.workflows.get(workflow)
      if (part === 'inputs') return ended(own(known?.inputs, name), more)
      return part === 'outputs' ? ended(known?.outputs.get(name), more) : undefined
    }
  }
  return scope.happened === undefined ? undefined : expressionValue(expression, scope.happened)
}

/** A value of a document with its expressions filled in, wherever they stand; the ones that have no value are told. */
export function scopeFilled(
  value: unknown,
  scope: Scope,
  missing: (expression: string) => void,
): unknown {
  const fill = (one: unknown, depth: number): unknown => {
    if (depth > 30) return one
    if (Array.isArray(one)) return one.map((item: unknown) => fill(item, depth + 1))
    if (one !== null && typeof one === 'object')
      return Object.fromEntries(
        Object.entries(one).map(([name, inner]) => [name, fill(inner, depth + 1)]),
      )
    if (typeof one !== 'string') return one
    if (isExpression(one)) return known(one)
    return one.replaceAll(/\{(\$[^{}]{1,500})\}/g, (whole, expression: string) => {
      const found = known(expression)
      return found === undefined ? whole : typeof found === 'string' ? found : JSON.stringify(found)
    })
  }
  const known = (expression: string): unknown => {
    const found = scopeValue(expression, scope)
    if (found === undefined) missing(expression)
    return found
  }
  return fill(value, 0)
}

/** `$12.50` is a price and no expression. */
export function isExpression(text: string): boolean {
  return /^\$(inputs|steps|workflows|response|request|statusCode|url|method)\b/.test(text)
}

function own(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}

/** RFC 6901. */
export function pointed(value: unknown, pointer: string | undefined): unknown {
  if (pointer === undefined || pointer === '') return value
  return pointer
    .replace(/^\//, '')
    .split('/')
    .map((raw) => raw.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(own, value)
}
