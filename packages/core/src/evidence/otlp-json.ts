import { isObject } from '../text/site.ts'
import {
  logOf,
  MalformedOtlp,
  MOST_ATTRIBUTES,
  MOST_DEPTH,
  MOST_ITEMS,
  pointOf,
  spanOf,
  type OtlpAttributes,
  type OtlpItem,
  type OtlpPoint,
  type OtlpSignal,
  type OtlpSpan,
  type OtlpValue,
} from './otlp.ts'

/**
 * Reads an OTLP export request in its JSON form (OTLP 1.x, "JSON Protobuf Encoding"): ids as hexadecimal, 64-bit numbers as text or
 * numbers, enums as numbers. Unknown keys are passed over. Throws `MalformedOtlp`.
 */
export function otlpFromJson(signal: OtlpSignal, value: unknown): readonly OtlpItem[] {
  const [resources, scopes, things] = names[signal]
  if (!isObject(value))
    throw new MalformedOtlp(`This is no OTLP in JSON: a map with \`${resources}\` is expected.`)
  const items: OtlpItem[] = []
  for (const one of listIn(value, resources)) {
    const inner = isObject(one['resource']) ? one['resource'] : {}
    const resource = attributesIn(inner)
    for (const scope of listIn(one, scopes))
      for (const thing of listIn(scope, things)) {
        if (items.length >= MOST_ITEMS)
          throw new MalformedOtlp(`One request may hold ${MOST_ITEMS} items. Send smaller batches.`)
        if (signal === 'traces') items.push(span(thing, resource))
        else if (signal === 'logs') items.push(log(thing, resource))
        else items.push(...points(thing, resource))
      }
  }
  return items
}

type Values = Readonly<Record<string, unknown>>

const names = {
  traces: ['resourceSpans', 'scopeSpans', 'spans'],
  logs: ['resourceLogs', 'scopeLogs', 'logRecords'],
  metrics: ['resourceMetrics', 'scopeMetrics', 'metrics'],
} as const

function listIn(map: Values, key: string): readonly Values[] {
  const value = Object.hasOwn(map, key) ? map[key] : undefined
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new MalformedOtlp(`\`${key}\` must be a list.`)
  const list: readonly unknown[] = value
  return list.map((one) => {
    if (!isObject(one)) throw new MalformedOtlp(`\`${key}\` must be a list of maps.`)
    return one
  })
}

function span(map: Values, resource: OtlpAttributes): OtlpSpan {
  const made = spanOf(resource)
  made.attributes = attributesIn(map)
  made.trace = hex(map['traceId'], 32)
  made.span = hex(map['spanId'], 16)
  made.parent = hex(map['parentSpanId'], 16)
  made.name = text(map['name'])
  made.role = number(map['kind'])
  made.start = milliseconds(map['startTimeUnixNano'])
  made.end = milliseconds(map['endTimeUnixNano'])
  if (isObject(map['status'])) {
    made.status = number(map['status']['code'])
    made.message = text(map['status']['message'])
  }
  for (const one of listIn(map, 'events').slice(0, MOST_ATTRIBUTES))
    made.events.push({
      time: milliseconds(one['timeUnixNano']),
      name: text(one['name']),
      attributes: attributesIn(one),
    })
  return made
}

function log(map: Values, resource: OtlpAttributes): OtlpItem {
  const made = {
    ...logOf(resource),
    attributes: attributesIn(map),
    time: milliseconds(map['timeUnixNano']) || milliseconds(map['observedTimeUnixNano']),
    severity: number(map['severityNumber']),
    body: String(anyValue(map['body'], 0) ?? ''),
    trace: hex(map['traceId'], 32),
    span: hex(map['spanId'], 16),
    event: text(map['eventName']),
  }
  return made
}

function points(map: Values, resource: OtlpAttributes): readonly OtlpItem[] {
  const name = text(map['name'])
  return ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'].flatMap((kind) => {
    const data = Object.hasOwn(map, kind) ? map[kind] : undefined
    if (!isObject(data)) return []
    return listIn(data, 'dataPoints').map((one): OtlpPoint => {
      const count = number(one['count'])
      return {
        ...pointOf(resource, name),
        attributes: attributesIn(one),
        time: milliseconds(one['timeUnixNano']),
        value: count > 0 ? number(one['sum']) / count : number(one['asDouble'] ?? one['asInt']),
        ...(count > 0 && { count }),
      }
    })
  })
}

function attributesIn(map: Values): OtlpAttributes {
  const found: OtlpAttributes = new Map()
  for (const one of listIn(map, 'attributes')) {
    if (found.size >= MOST_ATTRIBUTES) break
    const value = anyValue(one['value'], 0)
    const key = text(one['key'])
    if (key !== '' && value !== undefined) found.set(key, value)
  }
  return found
}

function anyValue(value: unknown, depth: number): OtlpValue | undefined {
  if (depth > MOST_DEPTH)
    throw new MalformedOtlp(`A value is nested deeper than ${MOST_DEPTH} levels.`)
  if (!isObject(value)) return undefined
  if (typeof value['stringValue'] === 'string') return value['stringValue']
  if (typeof value['boolValue'] === 'boolean') return value['boolValue']
  if (value['intValue'] !== undefined) return number(value['intValue'])
  if (value['doubleValue'] !== undefined) return number(value['doubleValue'])
  if (typeof value['bytesValue'] === 'string') return value['bytesValue'].slice(0, 400)
  if (isObject(value['arrayValue']))
    return JSON.stringify(
      listIn(value['arrayValue'], 'values')
        .slice(0, MOST_ATTRIBUTES)
        .map((one) => anyValue(one, depth + 1)),
    )
  if (isObject(value['kvlistValue']))
    return JSON.stringify(
      Object.fromEntries(
        listIn(value['kvlistValue'], 'values')
          .slice(0, MOST_ATTRIBUTES)
          .map((one) => [text(one['key']), anyValue(one['value'], depth + 1)]),
      ),
    )
  return undefined
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function number(value: unknown): number {
  const found = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : 0
  return Number.isFinite(found) ? found : 0
}

/** Nanoseconds, as text or (imprecise) as a number. */
function milliseconds(value: unknown): number {
  if (typeof value === 'string' && /^\d{1,20}$/.test(value))
    return Number(BigInt(value) / 1000n) / 1000
  return number(value) / 1e6
}

/** Empty and all-zero ids mean that there is none. */
function hex(value: unknown, length: number): string {
  if (typeof value !== 'string' || value.length !== length) return ''
  const id = value.toLowerCase()
  return /^[\da-f]+$/.test(id) && !/^0+$/.test(id) ? id : ''
}
