import { X } from 'lucide-react'
import { Fragment } from 'react'
import { findKeys } from '../ui/find-keys.ts'
import { Modal } from '../ui/modal.tsx'
import { strings } from '../strings.ts'
import { useSingleKeys } from './use-keys.ts'

/** Every key there is, and the switch for those without Ctrl. */
export function Help({ onClose }: { readonly onClose: () => void }) {
  const [single, setSingle] = useSingleKeys()
  return (
    <Modal label={strings.help.title} className="help-dialog" onClose={onClose}>
      <header>
        <h2>{strings.help.title}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={strings.help.close}
          onClick={onClose}
        >
          <X size={16} />
        </button>
      </header>
      <dl>
        {strings.help.keys.map(({ keys, does }) => (
          <Fragment key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key === 'Ctrl K' ? findKeys : key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </Fragment>
        ))}
      </dl>
      <label className="switch" htmlFor="single-keys">
        <input
          id="single-keys"
          aria-describedby="single-keys-hint"
          type="checkbox"
          checked={single}
          onChange={(event) => setSingle(event.currentTarget.checked)}
        />
        {strings.help.single}
      </label>
      <p id="single-keys-hint" className="switch-hint">
        {strings.help.singleHint}
      </p>
    </Modal>
  )
}
