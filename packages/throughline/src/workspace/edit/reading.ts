/** What is wrong with a request, at a JSON Pointer in its body. */
export interface Fault {
  readonly pointer: string
  readonly detail: string
}

/** What a value must look like: read strictly, and described as JSON Schema. */
export interface Reading<T> {
  /** Pushes what is wrong; the value counts only where nothing was pushed. */
  read(value: unknown, pointer: string, faults: Fault[]): T
  readonly schema: object
}

type Values<Readings> = {
  readonly [Name in keyof Readings]: Readings[Name] extends Reading<infer T> ? T : never
}

export function text(options: {
  readonly max: number
  readonly pattern?: string
  readonly must: string
  readonly lines?: boolean
}): Reading<string> {
  const { max, must, lines = false } = options
  const pattern = options.pattern ?? (lines ? '\\S' : '^[^\\r\\n]*\\S[^\\r\\n]*$')
  const expression = new RegExp(pattern, 'u')
  return {
    schema: { type: 'string', minLength: 1, maxLength: max, pattern },
    read(value, pointer, faults) {
      if (typeof value !== 'string') return fault(faults, pointer, `must be text: ${must}`)
      if (lengthOf(value, max) > max)
        return fault(faults, pointer, `is too long: at most ${max.toLocaleString('en')} characters`)
      if (!value.isWellFormed() || value.includes('\0') || !expression.test(value))
        return fault(faults, pointer, `must be ${must}`)
      return value
    },
  }
}

export function numberBetween(least: number, most: number): Reading<number> {
  return {
    schema: { type: 'number', minimum: least, maximum: most },
    read: (value, pointer, faults) =>
      typeof value === 'number' && value >= least && value <= most
        ? value
        : fault(faults, pointer, `must be a number from ${least} to ${most}`),
  }
}

export function nullable<T>(inner: Reading<T>): Reading<T | null> {
  return {
    schema: { anyOf: [inner.schema, { type: 'null' }] },
    read: (value, pointer, faults) => (value === null ? null : inner.read(value, pointer, faults)),
  }
}

export function list<T>(inner: Reading<T>, most: number, least = 0): Reading<readonly T[]> {
  return {
    schema: {
      type: 'array',
      ...(least > 0 && { minItems: least }),
      maxItems: most,
      items: inner.schema,
    },
    read(value, pointer, faults) {
      if (!Array.isArray(value)) return fault(faults, pointer, 'must be a list')
      if (value.length > most) return fault(faults, pointer, `is too long: at most ${most} items`)
      if (value.length < least)
        return fault(faults, pointer, `must have at least ${least} item${least === 1 ? '' : 's'}`)
      return value.map((one, at) => inner.read(one, `${pointer}/${at}`, faults))
    },
  }
}

/** An object that holds anything: read elsewhere. */
export const anyObject: Reading<Readonly<Record<string, unknown>>> = {
  schema: { type: 'object' },
  read: (value, pointer, faults) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : fault(faults, pointer, 'must be an object'),
}

/** A closed object: what is not named here is refused. */
export function record<
  Required extends Record<string, Reading<unknown>>,
  Optional extends Record<string, Reading<unknown>>,
>(
  required: Required,
  optional: Optional,
  least = 0,
): Reading<Values<Required> & Partial<Values<Optional>>> {
  const readings: Readonly<Record<string, Reading<unknown>>> = { ...required, ...optional }
  return {
    schema: {
      type: 'object',
      ...(Object.keys(required).length > 0 && { required: Object.keys(required) }),
      ...(least > 0 && { minProperties: least }),
      additionalProperties: false,
      properties: Object.fromEntries(
        Object.entries(readings).map(([name, reading]) => [name, reading.schema]),
      ),
    },
    read(value, pointer, faults) {
      if (value === null || typeof value !== 'object' || Array.isArray(value))
        return fault(faults, pointer, 'must be an object')
      const found: Record<string, unknown> = {}
      for (const [name, one] of Object.entries(value)) {
        const at = `${pointer}/${escaped(name)}`
        if (Object.hasOwn(readings, name)) found[name] = readings[name]!.read(one, at, faults)
        else
          fault(
            faults,
            at.slice(0, 300),
            `is not known here; known are ${Object.keys(readings).join(', ')}`,
          )
      }
      for (const name of Object.keys(required))
        if (!Object.hasOwn(value, name)) fault(faults, `${pointer}/${name}`, 'is missing')
      if (Object.keys(value).length < least) fault(faults, pointer, 'says nothing to change')
      return found as Values<Required> & Partial<Values<Optional>>
    },
  }
}

/** A map from names to values of one shape. */
export function mapOf<T>(
  name: Reading<string>,
  inner: Reading<T>,
  most: number,
): Reading<Readonly<Record<string, T>>> {
  return {
    schema: {
      type: 'object',
      maxProperties: most,
      propertyNames: name.schema,
      additionalProperties: inner.schema,
    },
    read(value, pointer, faults) {
      if (value === null || typeof value !== 'object' || Array.isArray(value))
        return fault(faults, pointer, 'must be an object')
      const entries = Object.entries(value)
      if (entries.length > most)
        return fault(faults, pointer, `has too many entries: at most ${most}`)
      return Object.fromEntries(
        entries.map(([key, one]) => [
          name.read(key, pointer, faults),
          inner.read(one, `${pointer}/${escaped(key).slice(0, 300)}`, faults),
        ]),
      )
    },
  }
}

/** One of several closed objects, told apart by `kind`. */
export function oneOfKinds<T>(kinds: Readonly<Record<string, Reading<unknown>>>): Reading<T> {
  return {
    schema: {
      oneOf: Object.entries(kinds).map(([kind, { schema }]) => {
        const {
          required = [],
          properties,
          ...rest
        } = schema as { required?: readonly string[]; properties: object }
        return {
          ...rest,
          required: ['kind', ...required],
          properties: { kind: { const: kind }, ...properties },
        }
      }),
    },
    read(value, pointer, faults) {
      if (value === null || typeof value !== 'object' || Array.isArray(value))
        return fault(faults, pointer, 'must be an object')
      const { kind, ...rest } = value as { kind?: unknown }
      if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind))
        return fault(faults, `${pointer}/kind`, `must be one of ${Object.keys(kinds).join(', ')}`)
      return { kind, ...(kinds[kind]!.read(rest, pointer, faults) as object) } as T
    },
  }
}

/** More faults than this help nobody. */
const mostFaults = 50

function fault(faults: Fault[], pointer: string, detail: string): never {
  if (faults.length < mostFaults) faults.push({ pointer, detail })
  return undefined as never
}

/** Characters as JSON Schema counts them; a text that is far too long is not counted through. */
function lengthOf(value: string, max: number): number {
  return value.length > max * 2 ? value.length : Array.from(value).length
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
