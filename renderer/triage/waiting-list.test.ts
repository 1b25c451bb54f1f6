import { expect, test } from 'vitest'
import { clinicSettings } from '../../contract/clinics.ts'
import type { Visit } from '../../contract/visits.ts'
import { waitingList } from './waiting-list.ts'

const NOON = Date.parse('2026-11-20T12:00:00.000Z')
const at = (minutesAgo: number) => new Date(NOON - minutesAgo * 60_000).toISOString()
const clinic = { id: 'c', settings: clinicSettings.parse({}) }

function visit(id: string, arrived: number, looked: number | null, change: Partial<Visit> = {}): Visit {
  return {
    ...{ id, clinicId: 'c', day: '2026-11-20', ticket: id, patientId: null, label: null, doctorId: null, poolId: null },
    ...{ serviceId: null, appointmentId: null, nextAppointmentIds: [], status: 'waiting', urgency: 'standard' },
    ...{ triaged: looked !== null, lookedAt: looked === null ? null : at(looked), arrivedAt: at(arrived) },
    ...{ arrivedCorrected: false, enteredAt: at(arrived), statusAt: at(arrived), queuedAt: at(arrived), dueAt: null },
    ...{ nearFront: false, parked: false, calledAt: null, calls: 0, notHere: 0, skippedUntil: null, skippedCalls: 0 },
    ...{ awayUntil: null, roomId: null, outOfOrder: false, familyId: null, consultationStartedAt: null, endedAt: null },
    ...{ endReason: null, lookedForBy: null, owesReason: null, mergedIntoId: null, owesById: null, version: 1 },
    ...change,
  }
}

const parts = (...visits: Visit[]) => {
  const list = waitingList(Object.fromEntries(visits.map((one) => [one.id, one])), clinic, '2026-11-20', NOON)
  return Object.fromEntries(Object.entries(list).map(([part, watched]) => [part, watched.map((one) => one.visit.id)]))
}

test('T5 by need: taken now, overdue with the more urgent first, waiting for triage, and due again later', () => {
  const list = parts(
    visit('fresh', 3, null),
    visit('late', 14, null),
    visit('seen', 80, 20),
    visit('worse', 60, 16, { urgency: 'very_urgent' }),
    visit('worst', 60, 2, { urgency: 'immediate' }),
    visit('nurse', 30, null, { status: 'in_triage' }),
  )
  expect(list).toEqual({
    now: ['worst'],
    overdue: ['worse', 'late'],
    inTriage: ['nurse'],
    first: ['fresh'],
    later: ['seen'],
  })
})

test('T5 who is inside, gone, away, of another day or another clinic is not listed as due', () => {
  const away = { awayUntil: new Date(NOON + 60_000).toISOString() }
  const list = parts(
    visit('inside', 60, null, { status: 'in_consultation' }),
    visit('gone', 60, null, { status: 'left' }),
    visit('yesterday', 60, null, { day: '2026-11-19' }),
    visit('elsewhere', 60, null, { clinicId: 'd' }),
    visit('away', 60, null, away),
  )
  expect(list).toMatchObject({ now: [], overdue: [], inTriage: [], first: [], later: ['away'] })
})
