import { createHash } from 'node:crypto'

export interface Meeting {
  readonly title: string
  /** What to talk about. */
  readonly text: string
  readonly start: Date
  readonly minutes: number
  /** When the file is written. */
  readonly now: Date
}

/** A meeting as an iCalendar file (RFC 5545). */
export function agendaCalendar({ title, text, start, minutes, now }: Meeting): string {
  const end = new Date(start.getTime() + minutes * 60_000)
  const id = createHash('sha256').update(`${title}\n${start.toISOString()}`).digest('hex')
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Throughline//agenda//EN',
    'BEGIN:VEVENT',
    `UID:${id.slice(0, 32)}@throughline`,
    `DTSTAMP:${moment(now)}`,
    `DTSTART:${moment(start)}`,
    `DTEND:${moment(end)}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(text)}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.flatMap(folded).join('\r\n') + '\r\n'
}

function moment(date: Date): string {
  return date.toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '')
}

/** RFC 5545, section 3.3.11. */
function escaped(text: string): string {
  return text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r?\n/g, '\\n')
    .replace(/\p{Cc}/gu, ' ')
}

/** Lines of 75 octets at most; those that go on begin with a space. */
function folded(line: string): readonly string[] {
  const lines: string[] = []
  let here = ''
  for (const sign of line) {
    if (Buffer.byteLength(here) + Buffer.byteLength(sign) > 75) {
      lines.push(here)
      here = ' '
    }
    here += sign
  }
  return [...lines, here]
}
