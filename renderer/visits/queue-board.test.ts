import { describe, expect, it } from 'vitest'
import type { Clinic } from '../../contract/clinics.ts'
import type { Nouns } from '../../contract/feed.ts'
import type { Visit } from '../../contract/visits.ts'
import { emptyState, withChanges } from '../live/store.ts'
import { buildBoard, orderForDoctor } from './queue-board.ts'

const NOW = Date.parse('2026-11-20T05:00:00.000Z')
const at = (minutesAgo: number) => new Date(NOW - minutesAgo * 60_000).toISOString()

const clinic: Clinic = {
  id: 'c',
  name: 'Clinic',
  timeZone: 'Asia/Dhaka',
  currency: 'BDT',
  language: 'en',
  address: '',
  phone: '',
  settings: {
    dayTurnover: '04:00',
    payBefore: false,
    slotCapacity: 1,
    lateGraceMinutes: 15,
    maxWaitMinutes: 120,
    appointmentsInARow: 2,
    firstLookMinutes: 10,
    lookAgainMinutes: { very_urgent: 15, urgent: 30, standard: 60, non_urgent: 120 },
    longWaitMinutes: { very_urgent: 30, urgent: 60 },
    notHereSkipMinutes: 5,
    notHereLimit: 2,
    freeRevisitDays: 7,
    accumulation: { standard: 1.5, non_urgent: 1 },
    lockMinutes: 10,
  },
  version: 1,
}

const doctor = (id: string): Nouns['doctors'] => ({
  id,
  clinicId: 'c',
  userId: null,
  displayName: `Dr ${id}`,
  specialty: '',
  ticketLetter: 'A',
  roomId: null,
  roomToday: null,
  expectedAt: null,
  active: true,
  version: 1,
})

const pool: Nouns['pools'] = {
  id: 'p',
  clinicId: 'c',
  name: 'Walk-ins',
  ticketLetter: 'E',
  doctorIds: ['chen'],
  active: true,
  version: 1,
}

function visit(id: string, waited: number, change: Partial<Visit> = {}): Visit {
  return {
    ...{ id, clinicId: 'c', day: '2026-11-20', ticket: id, patientId: null, label: null, doctorId: null, poolId: null },
    ...{ serviceId: null, appointmentId: null, nextAppointmentIds: [], status: 'waiting', urgency: 'standard' },
    ...{
      triaged: true,
      lookedAt: null,
      arrivedAt: at(waited),
      arrivedCorrected: false,
      enteredAt: at(waited),
      statusAt: at(waited),
    },
    ...{ queuedAt: at(waited), dueAt: null, nearFront: false, parked: false, calledAt: null, calls: 0, notHere: 0 },
    ...{ skippedUntil: null, skippedCalls: 0, awayUntil: null, roomId: null, outOfOrder: false, familyId: null },
    ...{ consultationStartedAt: null, endedAt: null, endReason: null, lookedForBy: null, owesReason: null },
    ...{ mergedIntoId: null, owesById: null, version: 1 },
    ...change,
  }
}

const nounsWith = (...visits: Visit[]) =>
  withChanges(emptyState.nouns, { clinics: [clinic], doctors: [doctor('chen'), doctor('rao')], pools: [pool], visits })

describe('the board', () => {
  it('puts each visit under its doctor, its pool, or whoever is free first', () => {
    const nouns = nounsWith(
      visit('A001', 5, { doctorId: 'chen' }),
      visit('E001', 9, { poolId: 'p' }),
      visit('E002', 1, { urgency: 'immediate' }),
    )
    const lines = buildBoard(nouns, clinic, NOW).lines.map(({ key, order }) => [
      key,
      order.map(({ visit }) => visit.id),
    ])
    expect(lines).toEqual([
      ['anybody', ['E002']],
      ['doctor-chen', ['A001']],
      ['doctor-rao', []],
      ['pool-p', ['E001']],
    ])
  })

  it('keeps who was left open on an earlier day apart (Q2)', () => {
    const nouns = nounsWith(visit('A001', 5, { doctorId: 'chen', day: '2026-11-19' }))
    const board = buildBoard(nouns, clinic, NOW)
    expect(board.leftOpen.map(({ id }) => id)).toEqual(['A001'])
    expect(board.waiting).toBe(0)
  })

  it('draws for a doctor from the own line, the pools and those for anybody, as the hub does (Q4, Q7)', () => {
    const nouns = nounsWith(
      visit('A001', 5, { doctorId: 'chen' }),
      visit('B001', 50, { doctorId: 'rao' }),
      visit('E001', 9, { poolId: 'p' }),
      visit('E002', 1, { urgency: 'immediate' }),
    )
    const order = (id: string) => orderForDoctor(nouns, clinic, id, NOW).order.map((entry) => entry.visit.id)
    expect(order('chen')).toEqual(['E002', 'E001', 'A001'])
    expect(order('rao')).toEqual(['E002', 'B001'])
    // Q7: what is marked as next is whom call-next takes, also when a pool's patient goes before the doctor's own.
    expect([...buildBoard(nouns, clinic, NOW).next]).toEqual(['E002'])
  })

  it('shows a doctor’s own in the order in which they will be called: a pool’s walk-in takes a walk-in’s turn (Q5, Q7)', () => {
    const onTime = (id: string, minutes: number) =>
      visit(id, 20, { doctorId: 'chen', dueAt: at(minutes), appointmentId: id })
    const own = [onTime('A004', 12), onTime('A005', 10), onTime('A006', 8), onTime('A007', 6)]
    const walkIn = visit('A008', 5, { doctorId: 'chen' })
    const lineOf = (...visits: Visit[]) => {
      const nouns = nounsWith(...visits)
      const line = buildBoard(nouns, clinic, NOW).lines.find(({ key }) => key === 'doctor-chen')
      const called = orderForDoctor(nouns, clinic, 'chen', NOW).order.map((entry) => entry.visit)
      const ofChen = called.filter((each) => each.doctorId === 'chen').map(({ id }) => id)
      expect(line?.order.map((entry) => entry.visit.id)).toEqual(ofChen)
      return ofChen
    }
    expect(lineOf(...own, walkIn)).toEqual(['A004', 'A005', 'A008', 'A006', 'A007'])
    expect(lineOf(...own, walkIn, visit('E007', 50, { poolId: 'p' }))).toEqual(['A004', 'A005', 'A006', 'A007', 'A008'])
  })
})
