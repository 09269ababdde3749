import type { JourneyDeclaration, StepDeclaration } from '../1-parse/declarations.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import { child, originOf } from '../text/site.ts'
import { suggestion } from '../text/suggestion.ts'
import { added, joined, joinedToTeam, ownedBy, type Draft } from './draft.ts'
import type { JourneyNode, PersonaId, PersonaNode, StepId, StepNode } from './graph.ts'
import { sentence } from './label.ts'
import { addStates, linkCalls } from './link-calls.ts'
import { linkStates, type LinkedState } from './states.ts'

/** Journeys, steps and all that stands below them. */
export function linkJourneys(draft: Draft, appStates: ReadonlyMap<string, LinkedState>): void {
  for (const declaration of draft.declarations.journeys) linkJourney(draft, declaration, appStates)
}

function linkJourney(
  draft: Draft,
  declaration: JourneyDeclaration,
  appStates: ReadonlyMap<string, LinkedState>,
): void {
  const { id: name, owner, ownerFrom, goal, site } = declaration
  const steps = firstOfEach(declaration.steps)
  const persona = personaOf(draft, declaration)
  const node: JourneyNode = {
    kind: 'journey',
    id: `journey:${name}`,
    origin: originOf(child(site, 'journey') ?? site),
    name,
    title: declaration.title ?? sentence(name),
    pains: declaration.pains,
    steps: steps.map((step): StepId => `step:${name}/${step.id}`),
    ...(persona !== undefined && { persona }),
    ...(owner !== undefined && { owner }),
    ...(goal !== undefined && { goal }),
  }
  if (!added(draft, node, name)) return
  if (persona !== undefined) joined(draft, 'walked-by', node.id, persona)
  if (ownerFrom !== undefined) joinedToTeam(draft, node.id, owner)
  else if (owner !== undefined) {
    ownedBy(draft, node.id, owner, originOf(child(site, 'owner') ?? site), name)
  }
  for (const step of steps) {
    joined(draft, 'has', node.id, `step:${name}/${step.id}`)
    linkStep(draft, node, step, steps, appStates)
  }
  for (const step of declaration.steps) if (!steps.includes(step)) repeatedStep(draft, node, step)
}

function firstOfEach(steps: readonly StepDeclaration[]): readonly StepDeclaration[] {
  const byId = new Map<string, StepDeclaration>()
  for (const step of steps) if (!byId.has(step.id)) byId.set(step.id, step)
  return [...byId.values()]
}

function repeatedStep(draft: Draft, journey: JourneyNode, step: StepDeclaration): void {
  const name = `${journey.name}/${step.id}`
  const first = draft.nodes.get(`step:${name}`)
  draft.diagnostics.push(
    diagnostic(
      'TL2006',
      stepOrigin(step),
      { id: quoted(name) },
      {
        subject: name,
        ...(first?.kind === 'step' && {
          related: [{ origin: first.origin, message: 'the first one is here' }],
        }),
      },
    ),
  )
}

/** An inline persona becomes a node of its own; a named one is looked up. */
function personaOf(draft: Draft, { persona, site, id }: JourneyDeclaration): PersonaId | undefined {
  if (persona === undefined) return undefined
  if (typeof persona === 'string') {
    const named: PersonaId = `persona:${persona}`
    if (draft.nodes.has(named)) return named
    const known = draft.declarations.personas.map((one) => one.id)
    draft.diagnostics.push(
      diagnostic(
        'TL2005',
        originOf(child(site, 'persona') ?? site),
        { persona: quoted(persona), suggestion: suggestion(persona, known) },
        { subject: id },
      ),
    )
    return undefined
  }
  const node: PersonaNode = {
    kind: 'persona',
    id: `persona:${persona.id}`,
    origin: originOf(persona.site),
    name: persona.id,
    declaration: persona,
  }
  added(draft, node, persona.id)
  return node.id
}

function linkStep(
  draft: Draft,
  journey: JourneyNode,
  declaration: StepDeclaration,
  steps: readonly StepDeclaration[],
  appStates: ReadonlyMap<string, LinkedState>,
): void {
  const name = `${journey.name}/${declaration.id}`
  const id: StepId = `step:${name}`
  const { screen, image, design, feeling, budget } = declaration
  const linked = linkStates(declaration.states, [appStates], name)
  draft.diagnostics.push(...linked.diagnostics)
  const next = nextOf(draft, journey, declaration, steps)
  // The node is put in before its parts, so that nodes stand in the order people wrote them.
  const node: StepNode & { calls: StepNode['calls']; states: StepNode['states'] } = {
    kind: 'step',
    id,
    origin: stepOrigin(declaration),
    name,
    step: declaration.id,
    title: declaration.title ?? sentence(declaration.id),
    journey: journey.id,
    calls: [],
    states: [],
    next,
    via: declaration.via,
    ...(screen !== undefined && { screen }),
    ...(image !== undefined && { image }),
    ...(design !== undefined && { design }),
    ...(feeling !== undefined && { feeling }),
    ...(budget !== undefined && { budget }),
  }
  draft.nodes.set(id, node)
  for (const following of next) joined(draft, 'leads-to', id, following)
  node.states = addStates(draft, id, name, linked.states)
  node.calls = linkCalls(draft, { id, name }, declaration, [linked.states, appStates])
}

/** Where `next` leads; without one, to the following step of the file. */
function nextOf(
  draft: Draft,
  journey: JourneyNode,
  declaration: StepDeclaration,
  steps: readonly StepDeclaration[],
): readonly StepId[] {
  if (declaration.next === undefined) {
    const following = steps[steps.indexOf(declaration) + 1]
    return following === undefined ? [] : [`step:${journey.name}/${following.id}`]
  }
  const known = steps.map((step) => step.id)
  const next = new Set<StepId>()
  for (const { step, site } of declaration.next) {
    const target =
      elsewhere(draft, step) ?? (known.includes(step) ? `${journey.name}/${step}` : undefined)
    if (target !== undefined) {
      next.add(`step:${target}`)
      continue
    }
    draft.diagnostics.push(
      diagnostic(
        'TL2002',
        originOf(site),
        { journey: quoted(journey.name), step: quoted(step), suggestion: suggestion(step, known) },
        { subject: `${journey.name}/${declaration.id}` },
      ),
    )
  }
  return [...next]
}

/** `orders/track`: a step of this or another journey, by its full name. */
function elsewhere(draft: Draft, name: string): string | undefined {
  const slash = name.indexOf('/')
  if (slash === -1) return undefined
  const journey = draft.declarations.journeys.find((one) => one.id === name.slice(0, slash))
  return journey?.steps.some((step) => step.id === name.slice(slash + 1)) ? name : undefined
}

function stepOrigin({ site }: StepDeclaration): StepNode['origin'] {
  return originOf(child(site, 'step') ?? site)
}
