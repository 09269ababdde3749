import { Copyable } from '../../ui/copyable.tsx'
import { Prose } from '../../ui/prose.tsx'
import type { StateProof } from '../../client/studio-client.ts'
import { words } from './words.ts'

const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

/** Whether a browser has seen the state, when, on which build, and what was wrong. */
export function ProofSection({
  proofs,
  scenario,
}: {
  readonly proofs: readonly StateProof[]
  readonly scenario: string | undefined
}) {
  return (
    <section className="state-proofs">
      <h3 className="caps">{words.proof.title}</h3>
      {proofs.length === 0 && (
        <>
          <p>{words.proof.none}</p>
          {scenario !== undefined && (
            <Copyable
              text={`throughline test ui --state '${scenario.split('/').slice(0, 2).join('/')}'`}
            />
          )}
        </>
      )}
      {proofs.map((proof) => (
        <div key={proof.id} className={`state-proof ${proof.verdict}`}>
          <p>
            <b>{words.proof[proof.verdict]}</b> <code>{proof.call}</code>
          </p>
          <p className="quiet">
            <time dateTime={proof.at}>{moment.format(new Date(proof.at))}</time>
            {proof.build !== undefined && (
              <>
                {' '}
                {words.proof.on} <code>{proof.build}</code>
              </>
            )}
          </p>
          {proof.problems.map((problem) => (
            <p key={problem}>
              <Prose text={problem} />
            </p>
          ))}
          {proof.verdict === 'failed' && (
            <Copyable text={`throughline test ui --state '${proof.id}'`} />
          )}
        </div>
      ))}
    </section>
  )
}
