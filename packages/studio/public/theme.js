// Runs before the first paint, so that a dark page never flashes white. `theme.ts` writes what it reads.
;(function () {
  var chosen = null
  try {
    chosen = localStorage.getItem('throughline-theme')
  } catch {
    // Storage may be forbidden; the system's preference then decides.
  }
  if (chosen !== 'light' && chosen !== 'dark') {
    chosen = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  }
  document.documentElement.setAttribute('data-theme', chosen)
})()
