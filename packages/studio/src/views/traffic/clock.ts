/** `18:04:05`, as the reader's clock has it. */
export function clockOf(at: string): string {
  return clock.format(new Date(at))
}

const clock = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
