import { useRouter } from '@tanstack/react-router'
import type { ComponentProps, MouseEvent } from 'react'
import { addressAs } from '../address.ts'
import { useHere } from '../shell/use-here.ts'

/** A link to where the server's data says, inside the studio, with the lens kept. */
export function DataLink({
  url,
  children,
  ...rest
}: { readonly url: string } & Omit<ComponentProps<'a'>, 'href' | 'onClick'>) {
  const { search } = useHere()
  const follow = useFollow()
  return (
    <a {...rest} href={addressAs(url, search.as)} onClick={follow}>
      {children}
    </a>
  )
}

/** What a click on such a link does: for lists that draw many of them and ask once. */
export function useFollow(): (event: MouseEvent<HTMLAnchorElement>) => void {
  const router = useRouter()
  return (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return
    event.preventDefault()
    const href = event.currentTarget.getAttribute('href')
    if (href !== null) void router.navigate({ href })
  }
}
