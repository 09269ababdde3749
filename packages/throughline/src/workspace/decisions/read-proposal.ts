import { parseWorkspace, type Files, type ProposalDeclaration } from '@throughline/core'
import { withTexts } from './with-texts.ts'

/** A proposal's file as the workspace would read it once it is written, or what is wrong with it. */
export function readProposal(
  files: Files,
  path: string,
  text: string,
): ProposalDeclaration | { readonly problem: string } {
  const { declarations } = parseWorkspace(withTexts(files, new Map([[path, text]])))
  const wrong = declarations.diagnostics.find((one) => one.origin.source.file.path === path)
  if (wrong !== undefined) return { problem: wrong.message }
  const found = declarations.decisions.find((one) => one.site.document.file.path === path)
  return found?.kind === 'proposal' ? found : { problem: `${path} is no proposal.` }
}
