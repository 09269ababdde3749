/**
 * Where a screen of an app is: `/basket` and `#/basket` below the app's own address, or a whole address. Settings behind `?` in the
 * app's address hold for every screen.
 */
export function addressOf(screen: string, app: string): string {
  const base = new URL(app)
  if (screen.startsWith('#')) return `${base.origin}${base.pathname}${base.search}${screen}`
  const folder = base.pathname.replace(/\/$/, '')
  const isWhole = /^https?:/.test(screen)
  const url = new URL(
    isWhole
      ? screen
      : `${base.origin}${screen.startsWith(`${folder}/`) ? '' : folder}${screen.startsWith('/') ? '' : '/'}${screen}`,
  )
  for (const [name, value] of base.searchParams)
    if (!url.searchParams.has(name)) url.searchParams.set(name, value)
  return url.href
}
