/**
 * Whether real people may be behind an address: an environment called production, or a host that is neither this machine's nor a
 * private network's, nor says in its name that it is for trying things out.
 */
export function looksLikeProduction(name: string, url: string): boolean {
  if (/^(prod|live)/i.test(name)) return true
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
  if (/^(localhost|.*\.localhost|127\..*|0\.0\.0\.0|::1|host\.docker\.internal)$/i.test(host))
    return false
  if (/^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:)/i.test(host)) return false
  if (!/[.:]/.test(host)) return false // a service of the same network: `http://backend:8080`
  return !/(^|[.-])(staging|stage|stg|test|testing|dev|develop|development|qa|uat|sandbox|preview|demo|local|internal|ci|int)\d*([.-]|$)/i.test(
    host,
  )
}
