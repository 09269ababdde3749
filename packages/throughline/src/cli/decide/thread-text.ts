import type { Thread, ThreadView } from '@throughline/core'
import type { Colours } from '../colours.ts'
import { many } from '../output/text.ts'

/** A thread in a line: its state, its name, and for whom it waits. */
export function threadLineText(thread: Thread, { bold, dim, red, cyan }: Colours): string {
  const { state, id, title, waitsFor, touches, entries } = thread
  const shown = state === 'open' ? red(state) : state === 'approved' ? bold(state) : dim(state)
  const comments = entries.filter((one) => one.kind === 'comment').length
  const facts = [
    ...(waitsFor.length > 0 ? [`waits for ${waitsFor.join(' and ')}`] : []),
    ...(touches.steps.length > 0 ? [touches.steps.map((one) => one.step).join(', ')] : []),
    ...(comments > 0 ? [many(comments, 'comment')] : []),
  ]
  return `${shown}  ${title}\n  ${cyan(id)}${facts.length > 0 ? `  ${dim(facts.join(' · '))}` : ''}\n`
}

/** A thread with all that was said. */
export function threadText(thread: ThreadView, { bold, dim, cyan }: Colours): string {
  const { proposal } = thread
  const lines = [
    `${bold(thread.title)}  ${thread.state}`,
    `${cyan(thread.id)}  ${dim(`${thread.opened.by}, ${day(thread.opened.at)}`)}`,
    ...(thread.why === undefined ? [] : ['', thread.why]),
    ...section(
      'About',
      thread.about.map((one) => `${one.title}  ${dim(one.id)}`),
    ),
    ...section(
      'Screens it touches',
      thread.touches.steps.map(
        ({ step, screen, severity, owner }) =>
          `${step}${screen === undefined ? '' : ` (${screen})`}${severity === undefined ? '' : `: ${severity}`}${owner === undefined ? '' : dim(`  ${owner}`)}`,
      ),
    ),
    ...section(
      'What changes',
      (proposal?.changes ?? []).map((one) => `${one.level}: ${one.message}`),
    ),
    ...section(
      'How',
      (proposal?.actions ?? []).map(({ file, target, does }) => `${does} ${target}  ${dim(file)}`),
    ),
    ...section(
      'Must sign',
      thread.signOffs.map(
        ({ team, status, by, because }) =>
          `${team}: ${status}${by === undefined ? '' : ` (${by})`}  ${dim(because.join(', '))}`,
      ),
    ),
    ...section('Said', thread.entries.map(said)),
    ...(proposal === undefined ? [] : ['', dim(`revision ${proposal.revision}`)]),
    ...(proposal?.problem === undefined ? [] : [`can't be applied: ${proposal.problem}`]),
  ]
  return `${lines.join('\n')}\n`
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((one) => `  ${one}`)]
}

function said(entry: ThreadView['entries'][number]): string {
  const what =
    entry.kind === 'sign-off'
      ? `${entry.says === 'approve' ? 'approves' : 'objects'} for ${entry.team}${entry.stale === true ? ' (does not count)' : ''}`
      : entry.kind === 'decision'
        ? entry.decision
        : entry.kind === 'proposal'
          ? 'proposes'
          : 'says'
  const text = entry.text?.trim().replaceAll('\n', '\n    ')
  return `${day(entry.at)} ${entry.by} ${what}${text === undefined ? '' : `: ${text}`}`
}

function day(at: string): string {
  return at.slice(0, 16).replace('T', ' ')
}
