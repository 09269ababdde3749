/** An error answer by RFC 9457. `title` says what is wrong, `detail` what to do, `more` what a page can show beside it. */
export function problem(
  status: number,
  title: string,
  detail?: string,
  more: Readonly<Record<string, unknown>> = {},
): Response {
  return Response.json(
    { type: 'about:blank', status, title, ...(detail !== undefined && { detail }), ...more },
    {
      status,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    },
  )
}
