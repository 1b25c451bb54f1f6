import { useLayoutEffect } from 'react'
import type { Role } from '../../contract/permissions.ts'
import { iMay } from '../live/permission.ts'
import { useSession } from '../live/session.ts'
import { type View, views } from '../views.ts'
import { isWithin, navigate } from './router.ts'

export const myViews = (): readonly View[] => views.filter((view) => iMay(view.permission))

// Who is a doctor works in their queue, whatever else they are.
const FIRST: readonly Role[] = ['doctor', 'receptionist', 'nurse', 'cashier', 'administrator']

/** The view of a path or of one below it, or the first page of the person's role. */
export function viewOf(path: string): View | undefined {
  const mine = myViews()
  const roles = useSession.getState().user?.roles ?? []
  const role = FIRST.find((each) => roles.includes(each))
  return (
    mine.find((view) => isWithin(path, view.path)) ??
    mine.find((view) => role !== undefined && view.landingFor?.includes(role)) ??
    mine[0]
  )
}

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
