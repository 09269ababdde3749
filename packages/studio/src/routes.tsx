import { createRootRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { searchOf } from './address.ts'
import { Shell } from './shell/shell.tsx'
import { FailedPage, NotFound } from './shell/trouble.tsx'
import { JourneyPage } from './views/journey/journey-page.tsx'
import { JourneysPage } from './views/journeys/journeys-page.tsx'

const root = createRootRoute({
  component: Shell,
  validateSearch: searchOf,
  notFoundComponent: NotFound,
  errorComponent: FailedPage,
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: ({ search }) => {
    // The router's way to redirect is to throw.
    // oxlint-disable-next-line typescript/only-throw-error
    throw redirect({ to: '/journeys', search, replace: true })
  },
})

const journeys = createRoute({
  getParentRoute: () => root,
  path: '/journeys',
  component: JourneysPage,
})

const journey = createRoute({
  getParentRoute: () => root,
  path: '/journeys/$name',
  component: JourneyPage,
})

const kit = createRoute({
  getParentRoute: () => root,
  path: '/kit',
  component: lazyRouteComponent(() => import('./views/kit/kit-page.tsx'), 'KitPage'),
})

export const routes = root.addChildren([home, journeys, journey, kit])
