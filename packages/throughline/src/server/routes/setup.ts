import { setupOf } from '@throughline/core'
import type { Hono } from 'hono'
import { framingOf, type FetchPage } from '../framing.ts'
import { problem } from '../problem.ts'
import type { Versioned } from './versioned.ts'

/** What stands beside the journeys: people, teams, app-wide states, and the team's own app. */
export function setupRoutes(
  app: Hono,
  versioned: Versioned,
  { appUrl, fetchPage }: { readonly appUrl?: string; readonly fetchPage?: FetchPage },
): void {
  app.get('/api/setup', (context) => versioned(context, 'setup', ({ graph }) => setupOf(graph)))

  app.get('/api/app', async (context) => {
    if (appUrl === undefined)
      return problem(
        404,
        'The workspace names no app',
        'Write `app: { url: http://localhost:3000 }` in throughline.yaml: where your UI runs while you build it.',
      )
    const studio = new URL(context.req.url).origin
    return context.json(await framingOf(appUrl, studio, fetchPage), 200, {
      'cache-control': 'no-store',
    })
  })
}
