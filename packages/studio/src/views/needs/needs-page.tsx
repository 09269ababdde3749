export function NeedsPage() {
  return (
    <main id="page" tabIndex={-1} className="scroller">
      <h1>Needs</h1>
    </main>
  )
}
