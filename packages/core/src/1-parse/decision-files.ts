import { isObject, type Site } from '../text/site.ts'
import type {
  CommentDeclaration,
  DecidedDeclaration,
  ProposalDeclaration,
  SignOffDeclaration,
} from './declarations.ts'
import { identifier } from './identifier.ts'
import { overlayShape } from './overlay.ts'
import {
  about,
  list,
  listOrOne,
  mapped,
  oneOf,
  record,
  textLike,
  wrong,
  type Shape,
} from './shape.ts'

const said = textLike('\\S', 'must say something')
const person = about(
  'Who it was: a name, with an e-mail address where there is one.',
  textLike('\\S', 'must name a person'),
  'Ada Lovelace <ada@example.com>',
)
const moment = about(
  'When, in UTC (RFC 3339).',
  textLike(
    '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?Z$',
    'must be a moment in UTC, such as `2026-11-22T18:02:31Z`',
  ),
  '2026-11-22T18:02:31Z',
)
const written = { by: person, at: moment }

const node = textLike(
  '^(api|op|journey|persona|step|call|need|state|field|team|class|scenario|change):\\S',
  'must be the id of something in the workspace, such as `step:checkout/basket`, or `change:` and a fingerprint',
)
const nodes = about(
  'What it is about: ids of the graph, or `change:` and the fingerprint of a change.',
  listOrOne(node),
  'need:checkout/basket/store.getBasket/eta',
)
const revision = about(
  'Which version of the proposal was looked at: `throughline decide show` says it.',
  textLike('^[0-9a-f]{16}$', 'must be a version of the proposal, 16 hexadecimal digits'),
  '3f9a0c1d5e7b2a46',
)
const edit: Shape<Site> = {
  read: (site, report) =>
    isObject(site.value) && typeof site.value['kind'] === 'string'
      ? site
      : wrong(site, report, 'must be an edit of a journey, with its `kind`'),
  schema: () => ({
    type: 'object',
    properties: { kind: { type: 'string' } },
    required: ['kind'],
  }),
}

/** `decisions/<thread>/*.proposal.yaml`: a change that somebody asks for. A later one in the same folder takes its place. */
export const proposalFile: Shape<ProposalDeclaration> = mapped(
  record(
    'A proposal',
    {
      title: about(
        'What is proposed, in one line.',
        said,
        'Tell the delivery date with the basket',
      ),
      ...written,
    },
    {
      why: about('Why it is needed.', said, 'The delivery date stops people leaving'),
      on: nodes,
      overlay: about(
        'What it changes in a contract: an OpenAPI Overlay 1.1, or several for several files.',
        listOrOne(overlayShape),
      ),
      edits: about('What it changes in journeys: edits as the studio makes them.', list(edit)),
      supersedes: about('Proposals that this one takes the place of.', list(identifier), ['eta']),
    },
  ),
  ({ on = [], overlay = [], edits = [], supersedes = [], ...rest }) => ({
    ...rest,
    kind: 'proposal',
    thread: threadOf(rest.site),
    on,
    overlays: overlay,
    edits,
    supersedes,
  }),
)

/** `decisions/<thread>/*.comment.yaml`: what somebody says. */
export const commentFile: Shape<CommentDeclaration> = mapped(
  record(
    'A comment',
    { text: about('What is said, in Markdown.', said), ...written },
    { on: nodes },
  ),
  ({ on = [], ...rest }) => ({ ...rest, kind: 'comment', thread: threadOf(rest.site), on }),
)

/** `decisions/<thread>/*.sign-off.yaml`: what a team says about one version of a proposal. */
export const signOffFile: Shape<SignOffDeclaration> = mapped(
  record(
    'A sign-off',
    {
      team: about('For whom the person speaks.', said, 'orders'),
      says: about('What the team says.', oneOf('approve', 'object'), 'approve'),
      revision,
      ...written,
    },
    { text: about('What else there is to say.', said) },
  ),
  (found) => ({ ...found, kind: 'sign-off', thread: threadOf(found.site) }),
)

/** `decisions/<thread>/*.decision.yaml`: how a thread ends, or that it goes on. */
export const decisionFile: Shape<DecidedDeclaration> = mapped(
  record(
    'A decision',
    {
      decision: about(
        'What was decided: `approved` counts where no team must sign; `resolved` ends a thread of comments.',
        oneOf('approved', 'applied', 'declined', 'resolved', 'reopened'),
        'declined',
      ),
      ...written,
    },
    { revision, reason: about('Why: somebody will ask.', said) },
  ),
  (found) => ({ ...found, kind: 'decision', thread: threadOf(found.site) }),
)

/** The folder that a file of a thread lies in. */
function threadOf({ document }: Site): string {
  return document.file.path.split('/').at(-2) ?? ''
}
