import type { EvidenceEvent } from '@throughline/core'

/** Evidence as OTLP/JSON export requests: requests and pieces of work as spans, everything else as log records. */
export function otlpOf(
  events: readonly EvidenceEvent[],
): readonly { readonly path: 'v1/traces' | 'v1/logs'; readonly body: string }[] {
  const resources = new Map<string, Resource>()
  for (const event of events) {
    const key = JSON.stringify([event.service, event.release, event.environment])
    let resource = resources.get(key)
    if (resource === undefined)
      resources.set(key, (resource = { attributes: resourceOf(event), spans: [], logs: [] }))
    if (isSpan(event)) resource.spans.push(spanOf(event))
    else resource.logs.push(logOf(event))
  }
  const all = [...resources.values()]
  const traces = all.filter(({ spans }) => spans.length > 0)
  const logs = all.filter((one) => one.logs.length > 0)
  return [
    ...(traces.length === 0
      ? []
      : [
          {
            path: 'v1/traces' as const,
            body: JSON.stringify({
              resourceSpans: traces.map(({ attributes, spans }) => ({
                resource: { attributes },
                scopeSpans: [{ scope, spans }],
              })),
            }),
          },
        ]),
    ...(logs.length === 0
      ? []
      : [
          {
            path: 'v1/logs' as const,
            body: JSON.stringify({
              resourceLogs: logs.map(({ attributes, logs: logRecords }) => ({
                resource: { attributes },
                scopeLogs: [{ scope, logRecords }],
              })),
            }),
          },
        ]),
  ]
}

interface Resource {
  readonly attributes: readonly Attribute[]
  readonly spans: object[]
  readonly logs: object[]
}
interface Attribute {
  readonly key: string
  readonly value: object
}

const scope = { name: 'throughline' }

function isSpan(event: EvidenceEvent): boolean {
  return (
    (event.kind === 'call' || event.kind === 'span') &&
    event.trace !== undefined &&
    event.span !== undefined
  )
}

function resourceOf({ service, release, environment }: EvidenceEvent): readonly Attribute[] {
  return attributesOf({
    'service.name': service ?? 'unknown_service',
    'service.version': release,
    'deployment.environment.name': environment,
  })
}

function spanOf(event: EvidenceEvent): object {
  return {
    traceId: event.trace,
    spanId: event.span,
    ...(event.parent !== undefined && { parentSpanId: event.parent }),
    name: event.name ?? event.operation ?? event.method ?? event.kind,
    kind: event.kind === 'span' ? 1 : event.attributes?.['span.kind'] === 'server' ? 2 : 3,
    startTimeUnixNano: nanoseconds(event.time),
    endTimeUnixNano: nanoseconds(event.time + (event.duration ?? 0)),
    attributes: attributesOf({
      ...event.attributes,
      'http.request.method': event.method,
      'http.response.status_code': event.status,
      'http.response.body.size': event.bytes,
      ...placeOf(event),
    }),
    status: event.outcome === undefined || event.outcome === 'ok' ? {} : { code: 2 },
  }
}

function logOf(event: EvidenceEvent): object {
  const named = event.kind === 'error'
  return {
    timeUnixNano: nanoseconds(event.time),
    eventName: `throughline.${event.kind}`,
    severityNumber: named || event.outcome === 'error' ? 17 : 9,
    ...(event.trace !== undefined && { traceId: event.trace }),
    ...(event.span !== undefined && { spanId: event.span }),
    body: { stringValue: event.text ?? event.name ?? event.kind },
    attributes: attributesOf({
      ...event.attributes,
      ...(named && { 'exception.type': event.name, 'exception.message': event.text }),
      'throughline.name': event.name,
      'throughline.value': event.value,
      'throughline.duration': event.duration,
      'throughline.state': event.state,
      ...placeOf(event),
    }),
  }
}

function placeOf(event: EvidenceEvent): Record<string, string | undefined> {
  return {
    'throughline.step': event.step,
    'throughline.operation': event.operation,
    'url.template': event.route,
    'session.id': event.session,
  }
}

function attributesOf(
  values: Readonly<Record<string, string | number | boolean | undefined>>,
): readonly Attribute[] {
  return Object.entries(values).flatMap(([key, value]): readonly Attribute[] => {
    if (value === undefined) return []
    // New Relic takes 4,095 characters of a value.
    if (typeof value === 'string') return [{ key, value: { stringValue: value.slice(0, 4095) } }]
    if (typeof value === 'boolean') return [{ key, value: { boolValue: value } }]
    return [
      {
        key,
        value: Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value },
      },
    ]
  })
}

/** Exact to the microsecond, as evidence is. */
function nanoseconds(milliseconds: number): string {
  return `${Math.round(milliseconds * 1000)}000`
}
