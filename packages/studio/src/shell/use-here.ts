import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import {
  lensOf,
  searchAs,
  searchFramed,
  searchOf,
  searchSelecting,
  type Lens,
  type Search,
  type Selection,
} from '../address.ts'

export interface Here {
  readonly search: Search
  readonly lens: Lens
  /** The open journey, if one is. */
  readonly journey: string | undefined
  readonly select: (selection: Selection) => void
  readonly readAs: (lens: Lens) => void
  /** Puts the team's app beside the page, or takes it away. */
  readonly showApp: (show: boolean) => void
  /** To another page, read as before. */
  readonly visit: (
    page:
      | '/'
      | '/needs'
      | '/states'
      | '/data'
      | '/reference'
      | '/diagnostics'
      | '/people'
      | '/app-states'
      | '/traffic'
      | '/performance'
      | '/tests'
      | '/review',
  ) => void
  readonly go: (journey: string | undefined, selection?: Selection) => void
}

/** Where the page is, all of it from the address, and how to go elsewhere. */
export function useHere(): Here {
  const search = searchOf(useSearch({ strict: false }))
  const { name: journey } = useParams({ strict: false })
  const navigate = useNavigate()
  return {
    search,
    lens: lensOf(search),
    journey,
    select: (selection) => {
      if (journey === undefined) return
      void navigate({
        to: '/journeys/$name',
        params: { name: journey },
        search: searchSelecting(selection, search),
        replace: selection.kind !== 'nothing' && search.step !== undefined,
        resetScroll: false,
      })
    },
    readAs: (lens) => {
      void navigate({
        to: '.',
        search: (before) => searchAs(lens, before),
        replace: true,
        resetScroll: false,
      })
    },
    showApp: (show) => {
      void navigate({
        to: '.',
        search: (before) => searchFramed(show, before),
        replace: true,
        resetScroll: false,
      })
    },
    visit: (page) => {
      void navigate({ to: page, search: search.as === undefined ? {} : { as: search.as } })
    },
    go: (name, selection = { kind: 'nothing' }) => {
      const { view: _, frame: __, ...read } = search
      void (name === undefined
        ? navigate({ to: '/journeys', search: searchSelecting(selection, read) })
        : navigate({
            to: '/journeys/$name',
            params: { name },
            search: searchSelecting(selection, name === journey ? search : read),
          }))
    },
  }
}
