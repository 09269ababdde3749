/** What the tools of a page say. */
export const toolWords = {
  share: 'Share',
  shareHint: 'Copies the address of exactly what you see',
  copied: 'Address copied',
  save: 'Save',
  failed: (detail: string) => `The file could not be made: ${detail}`,
} as const
