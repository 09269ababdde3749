import { Check, Share2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { toolWords as words } from './tool-words.ts'

/**
 * Gives on the address, which says everything: page, filter, open panel. With the device's own sheet where it has one,
 * else by copying.
 */
export function Share() {
  const [said, setSaid] = useState<'copied' | 'notCopied' | undefined>()
  useEffect(() => {
    if (said === undefined) return
    const timer = setTimeout(() => setSaid(undefined), said === 'copied' ? 1600 : 6000)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <>
      <button
        type="button"
        className="icon-button tip share-button"
        aria-label={said === 'copied' ? words.copied : words.share}
        title={words.shareHint}
        onClick={() => void share().then(setSaid)}
      >
        {said === 'copied' ? (
          <Check size={17} aria-hidden="true" />
        ) : (
          <Share2 size={17} aria-hidden="true" />
        )}
      </button>
      <span role="status" className={said === 'notCopied' ? 'share-said' : 'sr'}>
        {said !== undefined && words[said]}
      </span>
    </>
  )
}

async function share(): Promise<'copied' | 'notCopied' | undefined> {
  const { href } = location
  if ('share' in navigator) {
    try {
      await navigator.share({ title: document.title, url: href })
      return undefined
    } catch (problem) {
      if (problem instanceof DOMException && problem.name === 'AbortError') return undefined
    }
  }
  try {
    await navigator.clipboard.writeText(href)
    return 'copied'
  } catch {
    return 'notCopied'
  }
}
