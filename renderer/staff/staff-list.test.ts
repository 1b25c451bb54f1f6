import { expect, test } from 'vitest'
import type { Doctor } from '../../contract/doctors.ts'
import type { StaffStatus, User } from '../../contract/users.ts'
import type { Visit } from '../../contract/visits.ts'
import type { Line } from '../visits/queue-board.ts'
import { type StaffNouns, staffOf } from './staff-list.ts'

const byId = <T extends { id: string }>(...records: T[]) => Object.fromEntries(records.map((one) => [one.id, one]))
const user = (id: string, role: User['roles'][number], fields: Partial<User> = {}) =>
  ({ id, displayName: id, roles: [role], clinicIds: ['here'], active: true, ...fields }) as User
const doctor = (id: string, userId: string | null, expectedAt: string | null = null) =>
  ({ id, clinicId: 'here', displayName: id, userId, expectedAt, active: true }) as Doctor
const says = (id: string, status: StaffStatus['status']) => ({ id, status, since: '', version: 1 })
const visit = (fields: Partial<Visit>) => ({ status: 'waiting', ticket: 'A001', ...fields }) as Visit
const line = (id: string, fields: Partial<Line>): Line => ({
  key: `doctor-${id}`,
  kind: 'doctor',
  id,
  order: [],
  missed: [],
  present: [],
  ...fields,
})
const entry = (arrivedAt: string) => ({ visit: visit({ arrivedAt }) }) as Line['order'][number]

const nouns: StaffNouns = {
  users: byId(
    user('cashier', 'cashier'),
    user('nurse', 'nurse'),
    user('chen', 'doctor'),
    user('chief', 'administrator'),
    user('elsewhere', 'nurse', { clinicIds: ['there'] }),
    user('left', 'nurse', { active: false }),
  ),
  doctors: byId(doctor('Dr Chen', 'chen'), doctor('Dr Rao', null), doctor('Dr Late', null, '2026-03-09T05:00:00.000Z')),
  presence: byId(
    { id: 'chief', online: true, since: '', version: 1 },
    { id: 'chen', online: false, since: '', version: 1 },
  ),
  staff: byId(says('chen', 'on_break'), says('nurse', 'available'), says('cashier', 'off_duty')),
}

test('S1 who is in: doctors first, also who is announced; the others also while connected; who is off duty apart; nobody of another clinic', () => {
  const { there, away } = staffOf(nouns, [], 'here')
  expect(there.map(({ name }) => name)).toEqual(['Dr Chen', 'Dr Late', 'nurse', 'chief'])
  expect(away.map(({ name }) => name)).toEqual(['Dr Rao', 'cashier'])
})

test('S1 how loaded: how many wait, since when the longest, and who is inside before who is called', () => {
  const inside = visit({ status: 'in_consultation', ticket: 'A009' })
  const lines = [
    line('Dr Rao', {
      order: [entry('2026-03-09T04:10:00.000Z'), entry('2026-03-09T04:00:00.000Z')],
      present: [visit({ status: 'called' }), inside],
    }),
  ]
  const rao = staffOf(nouns, lines, 'here').there.find(({ name }) => name === 'Dr Rao')
  expect(rao).toMatchObject({ waiting: 2, longestSince: '2026-03-09T04:00:00.000Z', present: inside })
})
