import type { Role } from '../../contract/permissions.ts'
import { iMay } from '../live/permission.ts'
import { useSession } from '../live/session.ts'
import { type View, views } from '../views.ts'
import { isWithin } from './router.ts'

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
