/** What the tools of a page say. */
export const toolWords = {
  share: 'Share',
  shareHint: 'Gives on the address of exactly what you see',
  copied: 'Address copied',
  notCopied: 'The browser does not let a page copy. The address is in its address bar.',
  save: 'Export',
  csv: 'Table (CSV)',
  html: 'Page (HTML)',
  svg: 'Picture (SVG)',
  png: 'Picture (PNG)',
  print: 'Print',
  printHint: 'or save as PDF',
  failed: (detail: string) => `The file could not be made: ${detail}`,
} as const
