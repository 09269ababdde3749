export function StatesPage() {
  return (
    <main id="page" tabIndex={-1} className="scroller">
      <h1>States</h1>
    </main>
  )
}
