/** Whether a person sees an element that fits the selector, with the text inside. */
export function isShown(css: string, text: string): boolean {
  // Neither what has no box is seen, nor a text in a hidden part.
  const has = (whole: string | null): boolean =>
    (whole ?? '').replace(/\s+/g, ' ').toLowerCase().includes(text)
  return [...document.querySelectorAll<HTMLElement>(css)].some(
    (one) => one.getClientRects().length > 0 && has(one.textContent) && has(one.innerText),
  )
}
