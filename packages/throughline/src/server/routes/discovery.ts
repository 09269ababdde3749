import type { Discovery } from '@throughline/core'
import type { Context, Hono } from 'hono'
import { CannotRun } from '../../cannot-run.ts'
import { problem } from '../problem.ts'

/** An app that is being discovered, as the studio asks about it. */
export interface Discovering {
  readonly discovery: () => Discovery
  /** Does what somebody says about the result; `false` where it is no edit. */
  readonly edit: (edit: unknown) => boolean
  /** Takes the last screen back. */
  readonly undo: () => void
  /** Begins a walk of that name. */
  readonly walk: (title: string) => void
  /** Writes the workspace; what comes of it, by path. */
  readonly write: () => readonly string[]
}

/** What was seen of an app so far, and what people make of it before it is written. */
export function discoveryRoutes(
  app: Hono,
  { discovering, changed }: { readonly discovering: Discovering; readonly changed: () => void },
): void {
  const answer = (context: Context): Response =>
    context.json(discovering.discovery(), 200, { 'cache-control': 'no-store' })

  app.get('/api/discovery', answer)

  app.post('/api/discovery/edits', async (context) => {
    const edit: unknown = await context.req.json().catch(() => undefined)
    if (!discovering.edit(edit))
      return problem(
        400,
        'That is no edit of what was seen',
        'It names a walk, and a kind: name-step, name-journey, leave-out, merge or need.',
      )
    changed()
    return answer(context)
  })

  app.post('/api/discovery/undo', (context) => {
    if (discovering.discovery().last === undefined)
      return problem(409, 'Nothing was seen yet', 'There is no screen to take back.')
    discovering.undo()
    changed()
    return answer(context)
  })

  app.post('/api/discovery/walks', async (context) => {
    const body: unknown = await context.req.json().catch(() => undefined)
    const title =
      typeof body === 'object' && body !== null && 'title' in body && typeof body.title === 'string'
        ? body.title.trim().slice(0, 80)
        : ''
    if (title === '') return problem(400, 'The body must be { "title": name }')
    discovering.walk(title)
    changed()
    return answer(context)
  })

  app.post('/api/discovery/write', (context) => {
    const { writes, journeys, operations } = discovering.discovery()
    if (!writes)
      return problem(
        409,
        'Nothing is written here',
        'A workspace is there already and only differences are shown, or the run is a dry one.',
      )
    if (journeys.length === 0 && operations.length === 0)
      return problem(409, 'Nothing was seen yet', 'Click through the app first.')
    try {
      return context.json({ written: discovering.write() })
    } catch (error) {
      // A file is in the way, or the disk refuses.
      if (error instanceof CannotRun) return problem(409, 'Nothing was written', error.message)
      throw error
    }
  })
}
