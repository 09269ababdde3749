import type { JourneyNode, StepNode } from '../2-link/graph.ts'

// Where the studio shows things: one place for the addresses that its data leads to.

/** `/journeys/checkout` */
export function journeyAddress(journey: Pick<JourneyNode, 'name'>): string {
  return `/journeys/${encoded(journey.name)}`
}

/** `/journeys/checkout?step=basket`; with `selected`, an open panel: `&need=need:checkout/...`. */
export function stepAddress(
  step: Pick<StepNode, 'name' | 'step'>,
  selected: Readonly<Record<string, string>> = {},
): string {
  const journey = step.name.slice(0, -step.step.length - 1)
  return journeyAddress({ name: journey }) + query({ step: step.step, ...selected })
}

/** `/reference/store.getBasket`, `/reference/store.GET%20%2Fbasket?field=items%5B%5D`. `field` is of the success answer. */
export function operationAddress(operation: string, field?: string): string {
  return `/reference/${encoded(operation)}${field === undefined ? '' : query({ field })}`
}

/** `/reference?type=store.Money` */
export function typeAddress(type: string): string {
  return `/reference${query({ type })}`
}

/** `/needs`, `/needs?show=gaps`, `/needs?operation=store.getBasket&field=items[].name&step=checkout/basket`. */
export function needsAddress(search: Readonly<Record<string, string>> = {}): string {
  return `/needs${query(search)}`
}

/** `/states`, `/states?show=undecided`, `/states?step=checkout/basket&condition=timeout`. */
export function statesAddress(search: Readonly<Record<string, string>> = {}): string {
  return `/states${query(search)}`
}

/** `/diagnostics`, `/diagnostics?code=TL4005`. */
export function diagnosticsAddress(search: Readonly<Record<string, string>> = {}): string {
  return `/diagnostics${query(search)}`
}

function query(search: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(search).map(([name, value]) => `${name}=${readable(encoded(value))}`)
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

/** As the studio writes its own addresses: `/`, `:`, `[]`, `@` stay, and a space is `+`. */
function readable(text: string): string {
  return text.replace(/%(2F|3A|5B|5D|40)/g, (code) => decodeURIComponent(code)).replace(/%20/g, '+')
}

/** Half a character, as a broken file may have, would make `encodeURIComponent` throw. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
