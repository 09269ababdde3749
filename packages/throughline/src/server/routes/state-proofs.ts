import type { Hono } from 'hono'
import { proofPicture, stateProofs } from '../../workspace/state-proofs.ts'
import { problem } from '../problem.ts'

/** What a browser saw of the states, as `throughline test ui` kept it in the workspace at `root`. */
export function stateProofRoutes(app: Hono, root: string): void {
  app.get('/api/states/proofs', (context) =>
    context.json({ proofs: stateProofs(root) }, 200, { 'cache-control': 'no-store' }),
  )
  app.get('/api/states/pictures/:name', (context) => {
    const picture = proofPicture(root, context.req.param('name'))
    return picture === undefined
      ? problem(404, 'There is no such picture of a state')
      : context.body(new Uint8Array(picture), 200, {
          'content-type': 'image/jpeg',
          // Its name is a sum over what it shows.
          'cache-control': 'private, max-age=31536000, immutable',
          'content-security-policy': "default-src 'none'; sandbox",
        })
  })
}
