import { createRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { searchOf } from './address.ts'
import { Shell } from './shell/shell.tsx'
import { FailedPage, NotFound } from './shell/trouble.tsx'
import { compareSearchOf } from './views/compare/compare-address.ts'
import { diagnosticsSearchOf } from './views/diagnostics/search.ts'
import { dataSearchOf } from './views/data/data-address.ts'
import { needsSearchOf } from './views/needs/needs-address.ts'
import { statesSearchOf } from './views/states/states-address.ts'
import { performanceSearchOf } from './views/performance/performance-address.ts'
import { reviewSearchOf } from './views/review/review-address.ts'
import { trafficSearchOf } from './views/traffic/traffic-address.ts'
import { testsSearchOf } from './views/tests/tests-address.ts'
import { referenceSearchOf } from './views/reference/search.ts'

const root = createRootRoute({
  component: Shell,
  validateSearch: searchOf,
  notFoundComponent: NotFound,
  errorComponent: FailedPage,
})

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./views/overview/overview-page.tsx'), 'OverviewPage'),
})

const journeys = createRoute({
  getParentRoute: () => root,
  path: '/journeys',
  component: lazyRouteComponent(() => import('./views/journeys/journeys-page.tsx'), 'JourneysPage'),
})

const journey = createRoute({
  getParentRoute: () => root,
  path: '/journeys/$name',
  component: lazyRouteComponent(() => import('./views/journey/journey-page.tsx'), 'JourneyPage'),
})

const compare = createRoute({
  getParentRoute: () => root,
  path: '/compare',
  validateSearch: compareSearchOf,
  component: lazyRouteComponent(() => import('./views/compare/compare-page.tsx'), 'ComparePage'),
})

const needs = createRoute({
  getParentRoute: () => root,
  path: '/needs',
  validateSearch: needsSearchOf,
  component: lazyRouteComponent(() => import('./views/needs/needs-page.tsx'), 'NeedsPage'),
})

const states = createRoute({
  getParentRoute: () => root,
  path: '/states',
  validateSearch: statesSearchOf,
  component: lazyRouteComponent(() => import('./views/states/states-page.tsx'), 'StatesPage'),
})

const data = createRoute({
  getParentRoute: () => root,
  path: '/data',
  validateSearch: dataSearchOf,
  component: lazyRouteComponent(() => import('./views/data/data-page.tsx'), 'DataPage'),
})

const traffic = createRoute({
  getParentRoute: () => root,
  path: '/traffic',
  validateSearch: trafficSearchOf,
  component: lazyRouteComponent(() => import('./views/traffic/traffic-page.tsx'), 'TrafficPage'),
})

const discover = createRoute({
  getParentRoute: () => root,
  path: '/discover',
  component: lazyRouteComponent(() => import('./views/discover/discover-page.tsx'), 'DiscoverPage'),
})

const performance = createRoute({
  getParentRoute: () => root,
  path: '/performance',
  validateSearch: performanceSearchOf,
  component: lazyRouteComponent(
    () => import('./views/performance/performance-page.tsx'),
    'PerformancePage',
  ),
})

const tests = createRoute({
  getParentRoute: () => root,
  path: '/tests',
  validateSearch: testsSearchOf,
  component: lazyRouteComponent(() => import('./views/tests/tests-page.tsx'), 'TestsPage'),
})

const review = createRoute({
  getParentRoute: () => root,
  path: '/review',
  validateSearch: reviewSearchOf,
  component: lazyRouteComponent(() => import('./views/review/review-page.tsx'), 'ReviewPage'),
})

const thread = createRoute({
  getParentRoute: () => root,
  path: '/review/$thread',
  validateSearch: reviewSearchOf,
  component: lazyRouteComponent(() => import('./views/review/proposal-page.tsx'), 'ProposalPage'),
})

const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  component: lazyRouteComponent(() => import('./views/people/people-page.tsx'), 'PeoplePage'),
})

const appStates = createRoute({
  getParentRoute: () => root,
  path: '/app-states',
  component: lazyRouteComponent(
    () => import('./views/app-states/app-states-page.tsx'),
    'AppStatesPage',
  ),
})

const kit = createRoute({
  getParentRoute: () => root,
  path: '/kit',
  component: lazyRouteComponent(() => import('./views/kit/kit-page.tsx'), 'KitPage'),
})

// One page for the list and what is open in it, so that the list stays where it was scrolled to.
const reference = createRoute({
  getParentRoute: () => root,
  path: '/reference',
  validateSearch: referenceSearchOf,
  component: lazyRouteComponent(
    () => import('./views/reference/reference-page.tsx'),
    'ReferencePage',
  ),
})

const operation = createRoute({ getParentRoute: () => reference, path: '$operation' })

const diagnostics = createRoute({
  getParentRoute: () => root,
  path: '/diagnostics',
  validateSearch: diagnosticsSearchOf,
  component: lazyRouteComponent(
    () => import('./views/diagnostics/diagnostics-page.tsx'),
    'DiagnosticsPage',
  ),
})

export const routes = root.addChildren([
  overview,
  journeys,
  journey,
  compare,
  needs,
  states,
  data,
  reference.addChildren([operation]),
  diagnostics,
  traffic,
  discover,
  performance,
  tests,
  review,
  thread,
  people,
  appStates,
  kit,
])
