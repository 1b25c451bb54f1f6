import { useLayoutEffect } from 'react'
import type { Role } from '../../contract/permissions.ts'
import { iMay } from '../live/permission.ts'
import { useSession } from '../live/session.ts'
import { type View, views } from '../views.ts'
import { navigate } from './router.ts'
import { type Destination, firstOf, whereTo } from './where-to.ts'

export const myViews = (): readonly View[] => views.filter((view) => iMay(view.permission))

const rolesNow = (): readonly Role[] => useSession.getState().user?.roles ?? []

/** The view of a path or of one below it; `/` is the first page of the person's role. */
export const viewOf = (path: string): Destination<View> => whereTo(path, views, { roles: rolesNow(), may: iMay })

export const firstPage = (): View | undefined => firstOf(myViews(), rolesNow())

const LAST_PERSON = 'anteroom.last-person'

/** Whoever takes a window over begins on the page of their role, not where the one before them was. */
export function useLanding(userId: string | undefined) {
  useLayoutEffect(() => {
    if (!userId) return
    const before = sessionStorage.getItem(LAST_PERSON)
    sessionStorage.setItem(LAST_PERSON, userId)
    if (before && before !== userId) navigate('/')
  }, [userId])
}
