/**
 * Headers, name after value, without those that belong to one connection only: the ones that RFC 9110 (7.6.1) and
 * RFC 9112 name, and the ones that `Connection` names.
 */
export function endToEnd(raw: readonly string[]): string[] {
  const named = new Set<string>()
  for (let index = 0; index + 1 < raw.length; index += 2) {
    if (raw[index]!.toLowerCase() !== 'connection') continue
    for (const one of raw[index + 1]!.split(',')) named.add(one.trim().toLowerCase())
  }
  const kept: string[] = []
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]!.toLowerCase()
    // What `Connection` must never take away, whatever it says: where the message ends and what it is.
    const protectedName = name === 'content-length' || name === 'content-type' || name === 'host'
    if (HOP_BY_HOP.has(name) || (named.has(name) && !protectedName)) continue
    kept.push(raw[index]!, raw[index + 1]!)
  }
  return kept
}

const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-authentication-info',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
])
