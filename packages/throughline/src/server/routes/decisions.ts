import {
  nodeLink,
  proposalForField,
  proposalForNeed,
  proposalForState,
  parsedText,
  threadLine,
  threadView,
  waitingFor,
  type DecisionAnswer,
  type DecisionBoard,
  type DraftAnswer,
  type NoDraft,
  type Overlay,
  type ProposalDraft,
  type Thread,
  type ThreadState,
  type ThreadView,
  type WaiverAnswer,
} from '@throughline/core'
import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Decided, Decisions } from '../../workspace/decisions/decisions.ts'
import type { LiveWorkspace } from '../live.ts'
import { problem } from '../problem.ts'
import {
  readComment,
  readDraft,
  readEnding,
  readNewProposal,
  readSaid,
  readSignOff,
  readWaiver,
  type Faults,
} from './decision-requests.ts'

export interface DecisionRoutes {
  readonly live: LiveWorkspace
  readonly decisions: Decisions
  /** Who speaks where a request does not say: as git knows the person. */
  readonly person: () => string | undefined
  readonly readOnly: boolean
  readonly commits: boolean
}

/** Threads, proposals and what waits for whom. */
export function decisionRoutes(app: Hono, options: DecisionRoutes): void {
  const { live, decisions, readOnly, commits } = options
  const limited = bodyLimit({
    maxSize: mostBytes,
    onError: () => problem(413, 'That is too long', 'It may have half a megabyte.'),
  })

  app.get('/api/decisions', (context) => {
    const [state, on] = [context.req.query('state'), context.req.query('on')]
    const { threads } = decisions.board
    const { graph } = live.current
    const counts: Record<ThreadState, number> = {
      open: 0,
      approved: 0,
      applied: 0,
      declined: 0,
      superseded: 0,
      resolved: 0,
    }
    for (const thread of threads) counts[thread.state] += 1
    const person = options.person()
    const body: DecisionBoard = {
      ...(person !== undefined && { person }),
      readOnly,
      commits,
      counts,
      threads: threads
        .filter((one) => (state === undefined || one.state === state) && isAbout(one, on))
        .toSorted((a, b) => (a.changedAt > b.changedAt ? -1 : 1))
        .slice(0, mostThreads)
        .map((one) => threadLine(graph, one)),
    }
    return context.json(body, 200, fresh)
  })

  app.get('/api/waiting', (context) => {
    const { team, role, person = options.person() } = context.req.query()
    const { threads } = decisions.board
    return context.json(waitingFor(live.current.graph, threads, { team, role, person }), 200, fresh)
  })

  app.get('/api/threads', (context) => {
    const on = context.req.query('on')
    if (on === undefined || on === '')
      return problem(
        400,
        'The request is not as described',
        'Say in `on` what the thread is about.',
      )
    const thread = decisions.threadOn(on)
    const { graph } = live.current
    return context.json(
      {
        about: nodeLink(graph, on),
        thread: thread === undefined ? null : viewOf(thread),
        proposals: decisions.board.threads
          .filter((one) => one.kind === 'proposal' && isAbout(one, on))
          .map((one) => threadLine(graph, one)),
      },
      200,
      fresh,
    )
  })

  app.post('/api/threads', limited, (context) =>
    asked(context, readComment, ({ on, text, by }) =>
      on === undefined
        ? malformed([{ pointer: '/on', detail: 'is missing' }])
        : answer(decisions.commentOn(on, text, by ?? me())),
    ),
  )

  app.post('/api/decisions/drafts', limited, (context) =>
    asked(context, readDraft, (request) => {
      const { graph } = live.current
      const schema = 'need' in request ? schemaIn(request.schema) : undefined
      if (schema === null)
        return malformed([{ pointer: '/schema', detail: 'must be a JSON Schema as text' }])
      const found =
        'need' in request
          ? proposalForNeed(graph, request.need, schema === undefined ? {} : { schema })
          : 'field' in request
            ? proposalForField(graph, request.field, request.wanted)
            : proposalForState(graph, request.state, request.call as never)
      return drafted(found)
    }),
  )

  app.post('/api/decisions', limited, (context) =>
    asked(context, readNewProposal, ({ overlays = [], by, ...rest }) => {
      const read = overlays.map(({ file, text }) => ({ file, overlay: overlayIn(text) }))
      const wrong = read.findIndex(({ overlay }) => overlay === undefined)
      if (wrong !== -1)
        return malformed([
          { pointer: `/overlays/${wrong}/text`, detail: 'must be an overlay, in YAML or JSON' },
        ])
      return answer(
        decisions.propose(
          { ...rest, overlays: read as { file: string; overlay: Overlay }[] },
          by ?? me(),
        ),
        201,
      )
    }),
  )

  app.get('/api/decisions/:id', (context) => {
    const thread = decisions.board.thread(context.req.param('id'))
    return thread === undefined ? unknown() : context.json(viewOf(thread), 200, fresh)
  })

  app.post('/api/decisions/:id/comments', limited, (context) =>
    asked(context, readComment, ({ text, by }) =>
      answer(decisions.comment(idIn(context), text, by ?? me())),
    ),
  )

  app.post('/api/decisions/:id/sign-offs', limited, (context) =>
    asked(context, readSignOff, ({ by, ...sign }) =>
      answer(decisions.sign(idIn(context), sign, by ?? me())),
    ),
  )

  app.post('/api/decisions/:id/end', limited, (context) =>
    asked(context, readEnding, ({ by, ...how }) =>
      answer(decisions.end(idIn(context), how, by ?? me())),
    ),
  )

  app.post('/api/decisions/:id/apply', limited, (context) =>
    asked(context, readSaid, ({ by }) => answer(decisions.apply(idIn(context), by ?? me()))),
  )

  app.post('/api/waivers', limited, (context) =>
    asked(context, readWaiver, ({ by, ...waiver }) => {
      const outcome = decisions.waive(waiver, by ?? me())
      if (outcome.kind === 'refused') return problem(outcome.status, outcome.title, outcome.detail)
      const { files, committed } = outcome
      const body: WaiverAnswer = {
        version: live.version,
        files,
        ...(committed !== undefined && { committed }),
      }
      return Response.json(body, { status: 201, headers: fresh })
    }),
  )

  function me(): string {
    return options.person() ?? ''
  }

  function viewOf(thread: Thread): ThreadView {
    const { board } = decisions
    const after = board.graphWith(thread.id)
    return threadView(
      live.current.graph,
      thread,
      board.entries(thread.id)!,
      'problem' in after ? undefined : after,
    )
  }

  function answer(outcome: Decided, status = 200): Response {
    if (outcome.kind === 'refused') return problem(outcome.status, outcome.title, outcome.detail)
    const { thread, files, committed } = outcome
    const body: DecisionAnswer = {
      thread: viewOf(thread),
      version: live.version,
      files,
      ...(committed !== undefined && { committed }),
    }
    return Response.json(body, { status, headers: fresh })
  }
}

const mostBytes = 512_000
const mostThreads = 1000
const fresh = { 'cache-control': 'no-store' }

function drafted(found: ProposalDraft | NoDraft): Response {
  if ('refused' in found) return problem(409, 'No overlay can do that', found.refused)
  const { title, why, on, notes, file, overlay } = found
  const body: DraftAnswer = {
    title,
    on,
    notes,
    overlays: [{ file, text: JSON.stringify(overlay, null, 2) }],
    ...(why !== undefined && { why }),
  }
  return Response.json(body, { headers: fresh })
}

/** `null` where it is no schema. */
function schemaIn(text: string | undefined): Readonly<Record<string, unknown>> | undefined | null {
  if (text === undefined) return undefined
  const { value, diagnostics } = parsedText({ path: 'schema.yaml', text })
  const isMap = value !== null && typeof value === 'object' && !Array.isArray(value)
  return isMap && diagnostics.length === 0 ? (value as Readonly<Record<string, unknown>>) : null
}

function overlayIn(text: string): Overlay | undefined {
  const { value, diagnostics } = parsedText({ path: 'overlay.yaml', text })
  if (diagnostics.length > 0 || value === null || typeof value !== 'object') return undefined
  return 'actions' in value && Array.isArray(value.actions) ? (value as Overlay) : undefined
}

/** Something it names itself, or a step that it touches. */
function isAbout({ on, touches }: Thread, id: string | undefined): boolean {
  if (id === undefined || on.includes(id)) return true
  return (
    touches.steps.some(
      ({ step, journey }) => id === `step:${step}` || id === `journey:${journey}`,
    ) || touches.operations.some((name) => id === `op:${name}`)
  )
}

async function asked<T>(
  context: Context,
  read: (body: unknown) => T | Faults,
  act: (request: T) => Response,
): Promise<Response> {
  const text = await context.req.text()
  let body: unknown
  try {
    body = text === '' ? {} : (JSON.parse(text) as unknown)
  } catch {
    body = undefined
  }
  const request = read(body)
  return isFaulty(request) ? malformed(request.faults) : act(request)
}

function isFaulty(request: unknown): request is Faults {
  return request !== null && typeof request === 'object' && 'faults' in request
}

function malformed(errors: Faults['faults']): Response {
  return problem(400, 'The request is not as described', 'Nothing was written.', { errors })
}

function unknown(): Response {
  return problem(404, 'There is no such thread', 'The list of threads shows the names.')
}

function idIn(context: Context): string {
  return context.req.param('id') ?? ''
}
