import type { EditProblem, LineChange } from '@throughline/core'
import { Modal } from '../../ui/modal.tsx'
import { words } from './words.ts'

/** What the reader wants, having seen both sides. */
export type Choice = 'theirs' | 'again' | 'keep'

const said = words.conflict

/** Somebody changed the file meanwhile: both sides, and nothing is written until one is chosen. */
export function Conflict({
  problem,
  kind,
  onChoose,
}: {
  readonly problem: EditProblem
  readonly kind: 'edit' | 'undo' | 'picture'
  readonly onChoose: (choice: Choice) => void
}) {
  return (
    <Modal label={problem.title} className="conflict" onClose={() => onChoose('keep')}>
      <header>
        <h2>{problem.title}</h2>
        <p>{problem.detail}</p>
      </header>
      <div className="conflict-sides">
        {problem.conflicts?.map(({ path, onDisk, yours }) => (
          <section key={path} aria-label={path}>
            <code>{path}</code>
            <Side title={said.onDisk} changes={onDisk} />
            <Side title={kind === 'undo' ? said.undo : said.yours} changes={yours} />
          </section>
        ))}
      </div>
      <footer>
        {kind === 'undo' ? (
          <button type="button" className="button primary" onClick={() => onChoose('keep')}>
            {said.leave}
          </button>
        ) : (
          <>
            <button type="button" className="button" onClick={() => onChoose('keep')}>
              {said.keep}
            </button>
            <button
              type="button"
              className={problem.rebased === true ? 'button' : 'button primary'}
              onClick={() => onChoose('theirs')}
            >
              {said.theirs}
            </button>
            {problem.rebased === true && kind === 'edit' && (
              <button type="button" className="button primary" onClick={() => onChoose('again')}>
                {said.again}
              </button>
            )}
          </>
        )}
      </footer>
    </Modal>
  )
}

function Side({
  title,
  changes,
}: {
  readonly title: string
  readonly changes: readonly LineChange[] | null
}) {
  return (
    <div className="conflict-side">
      <h3 className="caps">{title}</h3>
      {changes === null ? (
        <p className="quiet">{said.unknown}</p>
      ) : changes.length === 0 ? (
        <p className="quiet">{said.nothing}</p>
      ) : (
        // A long line scrolls, and by keyboard too.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre tabIndex={0} aria-label={title}>
          {changes.map(({ line, removed, added }) => (
            <span key={line} className="change">
              {removed.map((text, index) => (
                <del key={`${line + index} ${text}`}>
                  <span className="frame-number">{line + index}</span>
                  {text || ' '}
                </del>
              ))}
              {added.map((text, index) => (
                <ins key={`${line + index} ${text}`}>
                  <span className="frame-number">{line + index}</span>
                  {text || ' '}
                </ins>
              ))}
            </span>
          ))}
        </pre>
      )}
    </div>
  )
}
