import { useRouter } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { addressAs } from '../address.ts'
import { useHere } from '../shell/use-here.ts'

/** A link to where the server's data says, inside the studio, with the lens kept. */
export function DataLink({
  url,
  children,
  ...rest
}: { readonly url: string } & Omit<ComponentProps<'a'>, 'href' | 'onClick'>) {
  const router = useRouter()
  const { search } = useHere()
  const href = addressAs(url, search.as)
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
          return
        event.preventDefault()
        void router.navigate({ href })
      }}
    >
      {children}
    </a>
  )
}
