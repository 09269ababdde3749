/** Saves a file that the page has made. Nothing leaves the machine. */
export function download(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser has read it long before.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
