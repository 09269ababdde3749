/** A screen inside the team's app, when its route has no parameters to fill in; else the app's first page. */
export function appAddress(app: string, screen: string | undefined): string {
  if (screen === undefined || !isPage(screen)) return app
  const [start, page] = [URL.parse(app), URL.parse(screen, app)]
  if (start === null || page === null || page.origin !== start.origin) return app
  // Where the app is told in its address which mock to ask, every page of it is.
  for (const [name, value] of start.searchParams) page.searchParams.append(name, value)
  return page.href
}

/** Whether a route is a page as it stands: `/basket`, and not `/orders/:id`. */
export function isPage(screen: string): boolean {
  return screen.startsWith('/') && !/[:*{[]/.test(screen)
}
