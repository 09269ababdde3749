import type { Check } from '../check-kind.ts'

/** `unsupported-method`: a method that the contract does not have is answered with 405, which names those there are (RFC 9110, 15.5.6). */
export const unsupportedMethod: Check = function* ({ outcome, case: { probe, request } }) {
  if (probe?.kind !== 'method' || outcome.kind !== 'answered') return
  const { status, headers } = outcome
  const { method } = request
  const about = { check: 'unsupported-method', at: 'status' } as const
  if (status >= 200 && status < 300)
    yield {
      ...about,
      severity: 'error',
      message: `${method}, which the contract does not have here, was answered with ${status}.`,
      cause: 'taken',
    }
  if (status !== 405) return
  const allow = headers.get('allow')
  if (allow === undefined)
    return yield {
      ...about,
      severity: 'warning',
      message: 'An answer 405 does not say in Allow what is allowed.',
      cause: 'allow',
      at: 'header:Allow',
    }
  const named = new Set(allow.split(',').map((one) => one.trim().toUpperCase()))
  const missing = probe.documented.filter((one) => !named.has(one))
  if (missing.length > 0)
    yield {
      ...about,
      severity: 'warning',
      message: `Allow does not name ${missing.join(', ')}, which the contract has here.`,
      cause: `allow:${missing.join(',')}`,
      at: 'header:Allow',
    }
}

/** `cors`: a browser on the app's origin may send the request and read the answer (Fetch standard, "CORS protocol"). */
export const cors: Check = function* ({ outcome, case: { probe, request, said } }) {
  if (outcome.kind !== 'answered') return
  const origin = probe?.kind === 'preflight' ? probe.origin : said.headers?.['origin']
  if (origin === undefined) return
  const { headers, status } = outcome
  const about = { check: 'cors', severity: 'error' } as const
  const allowed = headers.get('access-control-allow-origin')
  if (allowed !== origin && allowed !== '*')
    return yield {
      ...about,
      message: `A page on ${origin} may not read the answer: Access-Control-Allow-Origin is ${allowed === undefined ? 'missing' : `\`${allowed.slice(0, 80)}\``}.`,
      cause: 'origin',
      at: 'header:Access-Control-Allow-Origin',
    }
  if (probe?.kind !== 'preflight') return
  if (status < 200 || status >= 300)
    return yield {
      ...about,
      message: `Browsers ask first with OPTIONS, and the answer is ${status}: they send nothing then.`,
      cause: 'preflight',
      at: 'status',
    }
  const wanted = request.headers.find(([name]) => name === 'access-control-request-method')![1]
  const methods = listed(headers.get('access-control-allow-methods'))
  if (!simple.has(wanted) && !methods.has(wanted.toLowerCase()) && !methods.has('*'))
    yield {
      ...about,
      message: `A page on ${origin} may not send ${wanted}: Access-Control-Allow-Methods does not name it.`,
      cause: `method:${wanted}`,
      at: 'header:Access-Control-Allow-Methods',
    }
  const names = listed(headers.get('access-control-allow-headers'))
  const missing = probe.headers.filter(
    // The Fetch standard leaves Authorization out of `*`.
    (one) => !names.has(one) && !(names.has('*') && one !== 'authorization'),
  )
  if (missing.length > 0)
    yield {
      ...about,
      message: `A page on ${origin} may not send the headers ${missing.join(', ')}: Access-Control-Allow-Headers does not name them.`,
      cause: `headers:${missing.join(',')}`,
      at: 'header:Access-Control-Allow-Headers',
    }
}

const simple = new Set(['GET', 'HEAD', 'POST'])

function listed(header: string | undefined): ReadonlySet<string> {
  return new Set((header ?? '').split(',').map((one) => one.trim().toLowerCase()))
}
