import type { EditAnswer } from '@throughline/core'
import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { readEditRequest, readUndoRequest } from '../../workspace/edit/edit-shape.ts'
import type { Editor, Outcome } from '../../workspace/edit/editor.ts'
import type { LiveWorkspace } from '../live.ts'
import { problem } from '../problem.ts'

/** Edits of the team's files, and taking them back. */
export function editRoutes(app: Hono, live: LiveWorkspace, editor: Editor): void {
  const answer = (outcome: Outcome): Response => outcomeResponse(outcome, live, editor)
  const limited = bodyLimit({
    maxSize: mostBytes,
    onError: () => problem(413, 'The edit is too long', 'An edit may have half a megabyte.'),
  })

  app.get('/api/files', (context) =>
    context.json({ readOnly: editor.history.readOnly, files: editor.files() }, 200, fresh),
  )

  app.get('/api/files/*', (context) => {
    const path = pathIn(context)
    const file = path === undefined ? undefined : editor.file(path)
    return file === undefined
      ? problem(404, 'The workspace has no such file', 'The list of files shows the names.')
      : context.json(file, 200, fresh)
  })

  app.get('/api/edits', (context) => context.json(editor.history, 200, fresh))

  app.post('/api/edits', limited, async (context) => {
    const request = readEditRequest(await bodyOf(context))
    return 'faults' in request ? malformed(request.faults) : answer(editor.edit(request))
  })

  app.post('/api/undo', limited, async (context) => {
    const request = readUndoRequest(await bodyOf(context))
    return 'faults' in request ? malformed(request.faults) : answer(editor.undo(request.id))
  })

  app.post('/api/redo', limited, async (context) => {
    const request = readUndoRequest(await bodyOf(context))
    return 'faults' in request ? malformed(request.faults) : answer(editor.redo(request.id))
  })
}

/** What came of an edit, as an answer. */
export function outcomeResponse(outcome: Outcome, live: LiveWorkspace, editor: Editor): Response {
  if (outcome.kind === 'refused') {
    const { status, title, detail, errors, diagnostics, conflict } = outcome
    return problem(status, title, detail, {
      ...(errors !== undefined && { errors }),
      ...(diagnostics !== undefined && { diagnostics }),
      ...conflict,
    })
  }
  const { title, files } = outcome
  const body: EditAnswer = { title, version: live.version, files, history: editor.history }
  return Response.json(body, { headers: fresh })
}

/** Room for a hundred edits with long texts. */
const mostBytes = 512_000
const fresh = { 'cache-control': 'no-store' }

function malformed(
  errors: readonly { readonly pointer: string; readonly detail: string }[],
): Response {
  return problem(400, 'The request is not as described', 'Nothing was changed.', { errors })
}

/** The body of a request; nothing where it is no JSON, or empty. */
async function bodyOf(context: Context): Promise<unknown> {
  const text = await context.req.text()
  if (text === '') return {}
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** The path after `/api/files/`, decoded; the list of known files decides what it may be. */
function pathIn(context: Context): string | undefined {
  try {
    return decodeURIComponent(new URL(context.req.url).pathname.slice('/api/files/'.length))
  } catch {
    return undefined
  }
}
