export { followSituation } from './follow-situation.ts'
export type { FollowOptions, PlayedSituation } from './follow-situation.ts'
