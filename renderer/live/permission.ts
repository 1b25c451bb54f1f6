import { permissions } from 'virtual:contract'
import type { Permission, Role } from '../../contract/permissions.ts'
import { useSession } from './session.ts'

// The same table as `mayDo` of the contract, without the schemas that stand beside it.
function allows(roles: readonly Role[] | undefined, permission: Permission): boolean {
  const allowed: readonly Role[] = permissions[permission]
  return roles?.some((role) => allowed.includes(role)) ?? false
}

/** Whether the person who is signed in may do that. */
export const iMay = (permission: Permission): boolean => allows(useSession.getState().user?.roles, permission)

export const useMay = (permission: Permission): boolean =>
  useSession((session) => allows(session.user?.roles, permission))
