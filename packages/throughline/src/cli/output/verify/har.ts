import { harEntry, harFile } from '../../../targets/mock/record/har.ts'
import { redactionOf } from '@throughline/core'
import { describedStatus } from '../../../targets/verify/coverage.ts'
import type { Exchange } from '../../../targets/verify/exchange.ts'
import type { Finding } from '../../../targets/verify/finding.ts'
import type { VerifyShown } from './shown.ts'

/** The exchanges that showed a finding as a HAR 1.2 file, redacted as a recording is; each says which finding it shows. */
export function verifyHar({ graph, report, exchanges, version }: VerifyShown): string {
  const redaction = redactionOf(graph)
  const entries = report.findings.flatMap((finding) => {
    const exchange = exchanges.get(finding.fingerprint)
    return exchange === undefined ? [] : [entryOf(finding, exchange)]
  })
  return harFile(entries, version)

  function entryOf(finding: Finding, { case: one, url, sent, at, ms, outcome }: Exchange): string {
    const { operation, request } = one
    const headers = (pairs: Iterable<readonly [string, string]>) =>
      redaction.headers(
        operation,
        [...pairs].map(([name, value]) => ({ name, value })),
      )
    const body = (bytes: Uint8Array, type: string, status?: string): string | undefined =>
      redaction.body(operation, type, new TextDecoder().decode(bytes), status)
    const answered = outcome.kind === 'answered'
    const asked = request.body && body(request.body, valueOf(request.headers, 'content-type'))
    const told = answered
      ? body(
          outcome.body,
          outcome.headers.get('content-type') ?? '',
          describedStatus(operation, outcome.status) ?? '',
        )
      : undefined
    return harEntry({
      operation,
      started: new Date(at).toISOString(),
      ms: Math.round(ms * 1000) / 1000,
      method: request.method,
      url: redaction.url(operation, url),
      requestHeaders: headers(sent),
      ...(asked !== undefined && { requestBody: asked }),
      status: answered ? outcome.status : 0,
      responseHeaders: answered ? headers(outcome.headers) : [],
      ...(told !== undefined && { responseBody: told }),
      sent: request.body?.length ?? 0,
      received: answered ? outcome.bytes : -1,
      notes: [
        `${finding.check}: ${finding.message}`,
        ...(finding.steps.length === 0 ? [] : [`hurts ${finding.steps.join(', ')}`]),
        one.id,
      ],
      answeredBy: 'backend',
    })
  }
}

function valueOf(headers: readonly (readonly [string, string])[], wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? ''
}
