import type { Answer } from './answer.ts'
import { entityTag } from './partial-content.ts'
import { problemAnswer } from './problem.ts'
import type { Manner } from './rest-call.ts'

/** A file of the workspace as a body; 500 where it is not there. */
export function fileAnswer(path: string, status: number, manner: Manner): Answer {
  const bytes = manner.readFile(path)
  if (bytes === undefined) {
    return problemAnswer(500, {
      title: `The scenario answers with the file ${path}, which is not in the workspace`,
      detail: 'Paths start at the workspace folder and stay inside it.',
    })
  }
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  return {
    status,
    headers: [
      'Content-Type',
      (Object.hasOwn(FILE_TYPES, extension) ? FILE_TYPES[extension] : undefined) ??
        'application/octet-stream',
      ...(status === 200 ? ['ETag', entityTag(bytes), 'Accept-Ranges', 'bytes'] : []),
    ],
    body: bytes,
  }
}

const FILE_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xml: 'application/xml',
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  svg: 'image/svg+xml',
  webp: 'image/webp',
  gif: 'image/gif',
  zip: 'application/zip',
  gz: 'application/gzip',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  webm: 'video/webm',
  ics: 'text/calendar; charset=utf-8',
  yaml: 'application/yaml',
  yml: 'application/yaml',
}
