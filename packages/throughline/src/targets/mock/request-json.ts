/** A request's body as a JSON object; `undefined` where it is none. */
export function jsonObjectIn(
  body: Uint8Array | undefined,
): Readonly<Record<string, unknown>> | undefined {
  const value = jsonIn(body)
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined
}

/** A request's body as JSON; `undefined` where it is none. */
export function jsonIn(body: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(body ?? []).toString()) as unknown
  } catch {
    return undefined
  }
}
