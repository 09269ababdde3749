import type { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Editor } from '../../workspace/edit/editor.ts'
import { isPicture, mostPictureBytes } from '../../workspace/edit/picture-file.ts'
import { problem } from '../problem.ts'
import { fileResponse } from '../static-files.ts'
import { outcomeResponse } from './edits.ts'
import type { LiveWorkspace } from '../live.ts'

/** Pictures of screens that lie in the workspace: shown, listed, and new ones put on a step. */
export function pictureRoutes(
  app: Hono,
  {
    live,
    root,
    editor,
  }: { readonly live: LiveWorkspace; readonly root: string; readonly editor?: Editor },
): void {
  app.get('/api/picture', async (context) => {
    const path = context.req.query('path') ?? ''
    const picture = isPicture(path)
      ? await fileResponse(root, path, {
          'cache-control': 'no-cache',
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        })
      : undefined
    return picture ?? problem(404, 'There is no such picture in the workspace')
  })

  if (editor === undefined) return
  app.get('/api/pictures', (context) =>
    context.json({ pictures: editor.pictures() }, 200, { 'cache-control': 'no-store' }),
  )

  app.post(
    '/api/pictures',
    bodyLimit({
      maxSize: mostPictureBytes,
      onError: () =>
        problem(
          413,
          'The picture is too big',
          `A picture may have ${mostPictureBytes / 1_000_000} MB. Export it smaller.`,
        ),
    }),
    async (context) => {
      const { step = '', name = '', file = '', hash = '' } = context.req.query()
      if (step === '' || step.length > 201 || name.length > 500 || !/^[0-9a-f]{64}$/.test(hash))
        return problem(
          400,
          'The request is not as described',
          'Ask with ?step=checkout/basket&name=basket.png&file=journeys/checkout.journey.yaml&hash=…',
        )
      const bytes = new Uint8Array(await context.req.arrayBuffer())
      return outcomeResponse(
        editor.addPicture({ step, name, bytes, base: { [file]: hash } }),
        live,
        editor,
      )
    },
  )
}
