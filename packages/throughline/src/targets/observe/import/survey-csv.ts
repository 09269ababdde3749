import { placesOf, scrubbed, type EvidenceEvent } from '@throughline/core'
import { csvRows } from './csv-rows.ts'
import { Losses, NotThisFormat, type EvidenceFormat } from './evidence-format.ts'

/** Answers to surveys as a table: one answer a row (Zigpoll), or one column for each question (forms). */
export const surveyCsv: EvidenceFormat = {
  name: 'survey',
  summary: 'answers to surveys as CSV: one a row, or a column for each question',
  isThis: (start) => {
    const head = csvRows(start.slice(0, 20_000))[0]?.cells ?? []
    return head.length > 1 && head.some((one) => words.time.test(one)) && !start.startsWith('#')
  },
  read(text, { graph, opaque }) {
    const [head, ...rows] = csvRows(text)
    if (head === undefined || head.cells.length < 2)
      throw new NotThisFormat('it has no row of column names')
    const columns = head.cells.map((one) => one.trim())
    const at = (word: RegExp): number =>
      columns.findIndex((one) => word.test(one) && !personal.test(one))
    const [time, question, answer, page, comment] = [
      words.time,
      words.question,
      words.answer,
      words.page,
      words.comment,
    ].map(at) as [number, number, number, number, number]
    if (time === -1) throw new NotThisFormat('it has no column with a date')
    const losses = new Losses()
    for (const one of columns.filter((name) => personal.test(name)))
      losses.add(`the column ${one.slice(0, 60)}: who somebody is is not kept`)
    const places = placesOf(graph)
    const surveys = new Map(
      graph.declarations.surveys.map((survey) => [same(survey.question), survey]),
    )
    const session = columns.findIndex((one) => words.session.test(one))
    const own = [time, question, answer, page, comment, session]
    const asked =
      question !== -1 && answer !== -1
        ? undefined
        : columns.flatMap((one, index) =>
            one === '' ||
            (own.includes(index) && index !== answer) ||
            personal.test(one) ||
            words.time.test(one) ||
            technical.test(one)
              ? []
              : [index],
          )
    const events: EvidenceEvent[] = []
    for (const { line, cells } of rows) {
      const moment = momentOf(cells[time] ?? '')
      if (moment === undefined) {
        losses.add('rows without a date', line)
        continue
      }
      const address = page === -1 ? '' : (cells[page] ?? '').trim()
      const screen = address === '' ? undefined : places.screenOf(address)
      const visit = session === -1 ? '' : (cells[session] ?? '').trim()
      let some = false
      for (const [title, given, beside] of asked === undefined
        ? [
            [
              cells[question] ?? '',
              cells[answer] ?? '',
              comment === -1 ? '' : (cells[comment] ?? ''),
            ] as const,
          ]
        : asked.map((index) => [columns[index]!, cells[index] ?? '', ''] as const)) {
        const survey = surveys.get(same(title))
        const step = screen?.step ?? survey?.step
        const value = /^\s*-?\d{1,4}(?:[.,]\d+)?\s*(?:$|\/|\()/.test(given)
          ? Number.parseFloat(given.trim().replace(',', '.'))
          : undefined
        const said = [value === undefined ? given.trim() : '', beside.trim()]
          .filter((one) => one !== '')
          .join(' ')
        if (title.trim() === '' || (value === undefined && said === '')) continue
        some = true
        events.push({
          kind: 'survey',
          time: moment,
          source: 'csv',
          name: survey?.id ?? scrubbed(title.trim(), 100),
          ...(visit !== '' && { session: opaque(visit) }),
          ...(step !== undefined && { step }),
          ...(screen !== undefined && { route: screen.route }),
          ...(value !== undefined && { value }),
          ...(said !== '' && { text: scrubbed(said, 1000) }),
        })
      }
      if (!some) losses.add('rows without an answer', line)
    }
    return { events, lost: losses.list }
  },
}

const words = {
  time: /^(?:.*\b)?(?:date|time|timestamp|created|submitted|completed)(?:\b.*)?$|_at$/i,
  question: /question|^title$/i,
  answer: /answer|response|^score$|rating|^nps$|^value$/i,
  comment: /comment|feedback|follow.?up|reason/i,
  page: /\b(?:page|url|path|location)\b/i,
  session: /\b(?:session|visit|response id|respondent)\b/i,
}
/** Columns that point at a person. */
const personal =
  /e-?mail|\bname\b|phone|\bip\b|address|customer|\buser\b|first.?name|last.?name|order/i
const technical =
  /^(?:id|#|token|status|source|language|browser|device|country|network.?id|tags|.* id)$/i

function same(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ')
}

/** ISO 8601, or what spreadsheets write: `2026-11-02 10:15:00`, `11/2/2026 10:15`. Without a zone it is UTC. */
function momentOf(text: string): number | undefined {
  const short = text.trim().slice(0, 40)
  if (/^\d{10}(\d{3})?$/.test(short)) return Number(short) * (short.length === 10 ? 1000 : 1)
  const [, date, clock, zone] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/.exec(
      short,
    ) ?? []
  const found =
    date === undefined
      ? /^\d{1,2}[/.]\d{1,2}[/.]\d{4}|^[A-Z][a-z]{2}/.test(short)
        ? Date.parse(`${short} UTC`.replace(/(?:\s+(?:UTC|GMT))+$/, ' UTC'))
        : Number.NaN
      : Date.parse(
          `${date}T${(clock ?? '00:00').padStart(5, '0')}${zone === undefined || zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`,
        )
  return Number.isFinite(found) ? found : undefined
}
