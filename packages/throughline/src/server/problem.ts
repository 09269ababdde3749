/** An error answer by RFC 9457. `title` says what is wrong, `detail` what to do. */
export function problem(status: number, title: string, detail?: string): Response {
  return Response.json(
    { type: 'about:blank', status, title, ...(detail !== undefined && { detail }) },
    {
      status,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    },
  )
}
