import { expect, test } from 'vitest'
import type { Bed } from '../../contract/beds.ts'
import type { Clinic } from '../../contract/clinics.ts'
import type { Doctor } from '../../contract/doctors.ts'
import type { Room } from '../../contract/rooms.ts'
import type { Visit } from '../../contract/visits.ts'
import { candidates, countBeds, isLeftBehind, type PlanNouns, planOf } from './plan.ts'

const NOW = Date.parse('2026-03-09T04:00:00.000Z')
const clinic = { id: 'here', timeZone: 'Asia/Dhaka', settings: { dayTurnover: '04:00' } } as Clinic

const byId = <T extends { id: string }>(...records: T[]) => Object.fromEntries(records.map((one) => [one.id, one]))
const room = (id: string, fields: Partial<Room> = {}) =>
  ({ id, clinicId: 'here', name: id, publicLabel: id, active: true, version: 1, ...fields }) satisfies Room
const bed = (id: string, fields: Partial<Bed> = {}) =>
  ({
    id,
    clinicId: 'here',
    roomId: 'Ward',
    label: id,
    status: 'free',
    visitId: null,
    since: '2026-03-09T03:00:00.000Z',
    active: true,
    version: 1,
    ...fields,
  }) satisfies Bed
const visit = (id: string, fields: Partial<Visit> = {}) =>
  ({
    id,
    clinicId: 'here',
    day: '2026-03-09',
    status: 'waiting',
    urgency: 'standard',
    roomId: null,
    arrivedAt: `2026-03-09T03:0${id}:00.000Z`,
    statusAt: '2026-03-09T03:30:00.000Z',
    ...fields,
  }) as Visit
const doctor = (id: string, roomId: string | null, roomToday: Doctor['roomToday'] = null) =>
  ({ id, clinicId: 'here', displayName: id, roomId, roomToday, active: true }) as Doctor

const nouns: PlanNouns = {
  rooms: byId(
    room('Room 10'),
    room('Room 2'),
    room('Ward'),
    room('closed', { active: false }),
    room('other', { clinicId: 'x' }),
  ),
  beds: byId(
    bed('Bed 10'),
    bed('Bed 2', { status: 'occupied', visitId: '1' }),
    bed('Bed 3', { status: 'cleaning' }),
    bed('old', { active: false }),
  ),
  doctors: byId(doctor('Chen', 'Room 2'), doctor('Rao', 'Room 2', { day: '2026-03-09', roomId: 'Room 10' })),
  schedules: {},
  visits: byId(
    visit('1', { status: 'in_consultation', roomId: 'Room 2' }),
    visit('2', { status: 'called', roomId: 'Room 10' }),
    visit('3', { status: 'completed', roomId: 'Room 2' }),
    visit('4', { urgency: 'immediate' }),
    visit('5', { status: 'in_consultation', roomId: 'Room 2', day: '2026-03-08' }),
  ),
}

const shown = (filter: Parameters<typeof planOf>[3]) =>
  planOf(nouns, clinic, NOW, filter).map(({ room, doctors, visits, beds }) => [
    room.name,
    doctors.map(({ id }) => id),
    visits.map(({ id }) => id),
    beds.map(({ label }) => label),
  ])

test('S2 each room of this clinic with whose it is today, who is there now, and its beds in the order of their labels', () => {
  expect(shown('all')).toEqual([
    ['Room 2', ['Chen'], ['1'], []],
    ['Room 10', ['Rao'], ['2'], []],
    ['Ward', [], [], ['Bed 2', 'Bed 3', 'Bed 10']],
  ])
})

test('a filter leaves rooms that have such a bed, with these alone', () => {
  expect(shown('cleaning')).toEqual([['Ward', [], [], ['Bed 3']]])
  expect(shown('withBeds')).toHaveLength(1)
  expect(countBeds(nouns.beds, 'here')).toEqual({ free: 1, occupied: 1, cleaning: 1, out_of_service: 0 })
})

test('who may be put into a bed: who is here, without a bed first, the most urgent first', () => {
  const found = candidates(nouns, 'here', 'Bed 10')
  expect(found.map(({ visit, bed }) => [visit.id, bed?.label])).toEqual([
    ['4', undefined],
    ['2', undefined],
    ['5', undefined],
    ['1', 'Bed 2'],
  ])
  expect(candidates(nouns, 'here', 'Bed 2').map(({ visit }) => visit.id)).not.toContain('1')
})

test('S2 a bed whose visit is over is to be released', () => {
  const [taken] = Object.values(nouns.beds).filter((one) => one.status === 'occupied')
  expect(isLeftBehind(taken as Bed, visit('1'))).toBe(false)
  expect(isLeftBehind(taken as Bed, visit('1', { status: 'completed' }))).toBe(true)
})
