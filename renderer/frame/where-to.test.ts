import { expect, test } from 'vitest'
import { mayDo, type Permission, type Role } from '../../contract/permissions.ts'
import { whereTo } from './where-to.ts'

const views = [
  { path: '/today', permission: 'visit.read', landingFor: ['receptionist'] },
  { path: '/my-queue', permission: 'visit.consult', landingFor: ['doctor'] },
  { path: '/administration', permission: 'schedule.manage', landingFor: ['administrator'] },
] as const satisfies { path: string; permission: Permission; landingFor: readonly Role[] }[]

const of = (...roles: Role[]) => ({ roles, may: (permission: Permission) => mayDo(roles, permission) })

test('the bare address is the first page of the role', () => {
  expect(whereTo('/', views, of('receptionist')).view?.path).toBe('/today')
  expect(whereTo('/', views, of('receptionist', 'doctor')).view?.path).toBe('/my-queue')
})

test('a path leads to its view, and so does what lies below it', () => {
  expect(whereTo('/my-queue', views, of('doctor')).view?.path).toBe('/my-queue')
  expect(whereTo('/administration/rooms', views, of('administrator')).view?.path).toBe('/administration')
})

test('an address that nothing is at says so, and one for others says that', () => {
  for (const path of ['/nothing/here', '/todays', '//', '/my'])
    expect(whereTo(path, views, of('doctor'))).toEqual({ view: undefined, missing: 'unknown' })
  expect(whereTo('/my-queue', views, of('receptionist'))).toEqual({ view: undefined, missing: 'not_yours' })
})

test('who may open nothing is told that', () => {
  expect(whereTo('/', views, { roles: [], may: () => false })).toEqual({ view: undefined, missing: 'none' })
})
