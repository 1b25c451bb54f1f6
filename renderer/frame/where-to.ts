import type { Permission, Role } from '../../contract/permissions.ts'

type Place = { path: string; permission: Permission; landingFor?: readonly Role[] }
/** What a path leads this person to; without `view` there is no such page, or it is for others. */
export type Destination<V> = { view: V; missing: null } | { view: undefined; missing: 'unknown' | 'not_yours' | 'none' }

// Who is a doctor works in their queue, whatever else they are.
const FIRST: readonly Role[] = ['doctor', 'receptionist', 'nurse', 'cashier', 'administrator']

/** A path, or one below it. */
export const isWithin = (path: string, base: string): boolean => path === base || path.startsWith(`${base}/`)

/** The first page of a person's role, among those that they may open. */
export function firstOf<V extends Place>(mine: readonly V[], roles: readonly Role[]): V | undefined {
  const role = FIRST.find((each) => roles.includes(each))
  return mine.find((view) => role !== undefined && view.landingFor?.includes(role)) ?? mine[0]
}

/** The view of a path or of one below it; the bare address is the first page of the person's role. */
export function whereTo<V extends Place>(
  path: string,
  all: readonly V[],
  { roles, may }: { roles: readonly Role[]; may: (permission: Permission) => boolean },
): Destination<V> {
  const mine = all.filter((view) => may(view.permission))
  const view = path === '/' ? firstOf(mine, roles) : mine.find((each) => isWithin(path, each.path))
  if (view) return { view, missing: null }
  if (mine.length === 0) return { view: undefined, missing: 'none' }
  return { view: undefined, missing: all.some((each) => isWithin(path, each.path)) ? 'not_yours' : 'unknown' }
}
