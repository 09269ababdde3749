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
  type OtlpSignal,
  type OtlpSpan,
  type OtlpSpanEvent,
  type OtlpValue,
} from './otlp.ts'

/**
 * Reads an OTLP export request (protobuf wire format, opentelemetry-proto 1.x). Unknown fields are passed over, and a resource may
 * follow its spans. Throws `MalformedOtlp`.
 */
export function otlpFromProtobuf(signal: OtlpSignal, bytes: Uint8Array): readonly OtlpItem[] {
  const wire = new Wire(bytes)
  const items: OtlpItem[] = []
  wire.message(bytes.length, (field, end) => {
    if (field !== 1) return false
    const resource: OtlpAttributes = new Map()
    wire.message(end, (inner, innerEnd) => {
      if (inner === 1) wire.message(innerEnd, (one, e) => one === 1 && pair(wire, resource, e))
      else if (inner === 2) scope(wire, signal, resource, items, innerEnd)
      else return false
      return true
    })
    return true
  })
  return items
}

/** Takes one field, or returns `false`: then it is passed over. `end` is where a length-delimited one ends. */
type Take = (field: number, end: number, type: number) => boolean

class Wire {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  message(end: number, take: Take): boolean {
    while (this.#at < end) {
      const tag = this.varint()
      const type = tag & 7
      const field = Math.floor(tag / 8)
      if (field === 0) this.#fail('there is no field 0')
      let stop: number
      if (type === 2) {
        const length = this.varint()
        stop = this.#at + length
      } else if (type === 1) stop = this.#at + 8
      else if (type === 5) stop = this.#at + 4
      else if (type === 0) stop = -1
      else return this.#fail(`type ${type} is not used`)
      if (stop > end) this.#fail('a field is longer than what holds it')
      const before = this.#at
      if (!take(field, stop, type)) {
        this.#at = before
        if (type === 0) this.varint()
      }
      if (type !== 0) this.#at = stop
      if (this.#at > end) this.#fail('a field is longer than what holds it')
    }
    return true
  }

  /** Exact up to 2^53; a negative one comes out near 2^64. */
  varint(): number {
    const bytes = this.#bytes
    let value = 0
    let factor = 1
    for (let count = 0; count < 10; count++) {
      const byte = bytes[this.#at++]
      if (byte === undefined) return this.#fail('it ends in the middle of a number')
      value += (byte & 127) * factor
      if (byte < 128) return value
      factor *= 128
    }
    return this.#fail('a number is longer than ten bytes')
  }

  /** A signed 64-bit varint; beyond 2^53 it is rounded. */
  int64(): number {
    const value = this.varint()
    return value >= 9_223_372_036_854_775_808 ? value - 18_446_744_073_709_551_616 : value
  }

  text(end: number): string {
    const bytes = this.#bytes
    const start = this.#at
    if (end - start < 40) {
      let text = ''
      let at = start
      for (; at < end; at++) {
        const byte = bytes[at]!
        if (byte > 127) break
        text += String.fromCharCode(byte)
      }
      if (at === end) return text
    }
    return decoder.decode(bytes.subarray(start, end))
  }

  hex(end: number): string {
    let text = ''
    for (let at = this.#at; at < end && at < this.#at + 16; at++) text += HEX[this.#bytes[at]!]!
    return /^0+$/.test(text) ? '' : text
  }

  /** Bytes that are no id: their beginning. */
  bytes(end: number): string {
    return Array.from(
      this.#bytes.subarray(this.#at, Math.min(end, this.#at + 100)),
      (one) => HEX[one]!,
    ).join('')
  }

  double(): number {
    return this.#view.getFloat64(this.#at, true)
  }

  /** `fixed64`, as a number. */
  fixed(): number {
    return (
      this.#view.getUint32(this.#at, true) +
      this.#view.getUint32(this.#at + 4, true) * 4_294_967_296
    )
  }

  signedFixed(): number {
    return Number(this.#view.getBigInt64(this.#at, true))
  }

  /** Nanoseconds exceed 2^53: whole milliseconds first. */
  milliseconds(): number {
    const nanos = this.#view.getBigUint64(this.#at, true)
    return Number(nanos / 1000n) / 1000
  }

  #fail(why: string): never {
    throw new MalformedOtlp(`This is no OTLP in protobuf: at byte ${this.#at}, ${why}.`)
  }
}

const decoder = new TextDecoder()
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function scope(
  wire: Wire,
  signal: OtlpSignal,
  resource: OtlpAttributes,
  items: OtlpItem[],
  end: number,
): void {
  wire.message(end, (field, stop) => {
    if (field !== 2) return false
    if (items.length >= MOST_ITEMS)
      throw new MalformedOtlp(`One request may hold ${MOST_ITEMS} items. Send smaller batches.`)
    if (signal === 'traces') items.push(span(wire, resource, stop))
    else if (signal === 'logs') log(wire, resource, items, stop)
    else metric(wire, resource, items, stop)
    return true
  })
}

function span(wire: Wire, resource: OtlpAttributes, end: number): OtlpSpan {
  const made = spanOf(resource)
  wire.message(end, (field, stop, type) => {
    if (field === 1 && type === 2) made.trace = wire.hex(stop)
    else if (field === 2 && type === 2) made.span = wire.hex(stop)
    else if (field === 4 && type === 2) made.parent = wire.hex(stop)
    else if (field === 5 && type === 2) made.name = wire.text(stop)
    else if (field === 6 && type === 0) made.role = wire.varint()
    else if (field === 7 && type === 1) made.start = wire.milliseconds()
    else if (field === 8 && type === 1) made.end = wire.milliseconds()
    else if (field === 9 && type === 2) return pair(wire, made.attributes, stop)
    else if (field === 11 && type === 2) {
      if (made.events.length < MOST_ATTRIBUTES) made.events.push(spanEvent(wire, stop))
    } else if (field === 15 && type === 2)
      wire.message(stop, (inner, innerEnd, kind) => {
        if (inner === 2 && kind === 2) made.message = wire.text(innerEnd)
        else if (inner === 3 && kind === 0) made.status = wire.varint()
        else return false
        return true
      })
    else return false
    return true
  })
  return made
}

function spanEvent(wire: Wire, end: number): OtlpSpanEvent {
  const made: OtlpSpanEvent = { time: 0, name: '', attributes: new Map() }
  wire.message(end, (field, stop, type) => {
    if (field === 1 && type === 1) made.time = wire.milliseconds()
    else if (field === 2 && type === 2) made.name = wire.text(stop)
    else if (field === 3 && type === 2) return pair(wire, made.attributes, stop)
    else return false
    return true
  })
  return made
}

function log(wire: Wire, resource: OtlpAttributes, items: OtlpItem[], end: number): void {
  const made = logOf(resource)
  let observed = 0
  wire.message(end, (field, stop, type) => {
    if (field === 1 && type === 1) made.time = wire.milliseconds()
    else if (field === 11 && type === 1) observed = wire.milliseconds()
    else if (field === 2 && type === 0) made.severity = wire.varint()
    else if (field === 5 && type === 2) made.body = String(anyValue(wire, stop, 0) ?? '')
    else if (field === 6 && type === 2) return pair(wire, made.attributes, stop)
    else if (field === 9 && type === 2) made.trace = wire.hex(stop)
    else if (field === 10 && type === 2) made.span = wire.hex(stop)
    else if (field === 12 && type === 2) made.event = wire.text(stop)
    else return false
    return true
  })
  if (made.time === 0) made.time = observed
  items.push(made)
}

/** gauge, sum, histogram, exponential histogram, summary: each holds its points in field 1. */
const KINDS = new Set([5, 7, 9, 10, 11])

function metric(wire: Wire, resource: OtlpAttributes, items: OtlpItem[], end: number): void {
  const first = items.length
  let name = ''
  wire.message(end, (field, stop, type) => {
    if (field === 1 && type === 2) name = wire.text(stop)
    else if (KINDS.has(field) && type === 2)
      wire.message(stop, (inner, innerEnd, kind) => {
        if (inner !== 1 || kind !== 2) return false
        if (items.length < MOST_ITEMS) items.push(point(wire, resource, field, innerEnd))
        return items.length < MOST_ITEMS
      })
    else return false
    return true
  })
  for (const item of items.slice(first)) if (item.kind === 'point') item.name = name
}

function point(wire: Wire, resource: OtlpAttributes, kind: number, end: number): OtlpItem {
  const made = pointOf(resource, '')
  const attributes = kind === 9 ? 9 : kind === 10 ? 1 : 7
  const isNumber = kind === 5 || kind === 7
  let sum = 0
  wire.message(end, (field, stop, type) => {
    if (field === attributes && type === 2) return pair(wire, made.attributes, stop)
    if (field === 3 && type === 1) made.time = wire.milliseconds()
    else if (field === 4 && type === 1)
      if (isNumber) made.value = wire.double()
      else made.count = wire.fixed()
    else if (field === 5 && type === 1 && !isNumber) sum = wire.double()
    else if (field === 6 && type === 1 && isNumber) made.value = wire.signedFixed()
    else return false
    return true
  })
  if (made.count !== undefined && made.count > 0) made.value = sum / made.count
  return made
}

function pair(wire: Wire, attributes: OtlpAttributes, end: number): boolean {
  let key = ''
  let value: OtlpValue | undefined
  wire.message(end, (field, stop, type) => {
    if (field === 1 && type === 2) key = wire.text(stop)
    else if (field === 2 && type === 2) value = anyValue(wire, stop, 0)
    else return false
    return true
  })
  if (value !== undefined && key !== '' && attributes.size < MOST_ATTRIBUTES)
    attributes.set(key, value)
  return true
}

function anyValue(wire: Wire, end: number, depth: number): OtlpValue | undefined {
  if (depth > MOST_DEPTH)
    throw new MalformedOtlp(`A value is nested deeper than ${MOST_DEPTH} levels.`)
  let value: OtlpValue | undefined
  wire.message(end, (field, stop, type) => {
    if (field === 1 && type === 2) value = wire.text(stop)
    else if (field === 2 && type === 0) value = wire.varint() !== 0
    else if (field === 3 && type === 0) value = wire.int64()
    else if (field === 4 && type === 1) value = wire.double()
    else if (field === 5 && type === 2) {
      const list: unknown[] = []
      wire.message(stop, (inner, innerEnd) => {
        if (inner !== 1 || list.length >= MOST_ATTRIBUTES) return false
        list.push(anyValue(wire, innerEnd, depth + 1))
        return true
      })
      value = JSON.stringify(list)
    } else if (field === 6 && type === 2) {
      const map = new Map<string, unknown>()
      wire.message(stop, (inner, innerEnd) => {
        if (inner !== 1 || map.size >= MOST_ATTRIBUTES) return false
        let key = ''
        let held: OtlpValue | undefined
        wire.message(innerEnd, (part, partEnd, kind) => {
          if (part === 1 && kind === 2) key = wire.text(partEnd)
          else if (part === 2 && kind === 2) held = anyValue(wire, partEnd, depth + 1)
          else return false
          return true
        })
        map.set(key, held)
        return true
      })
      value = JSON.stringify(Object.fromEntries(map))
    } else if (field === 7 && type === 2) value = wire.bytes(stop)
    else return false
    return true
  })
  return value
}
