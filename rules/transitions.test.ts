import { describe, expect, test } from 'vitest'
import type { AppointmentStatus } from '../contract/appointments.ts'
import type { VisitStatus } from '../contract/visits.ts'
import {
  APPOINTMENT_TRANSITIONS,
  appointmentCanBecome,
  appointmentStatusFor,
  canBecome,
  isOpen,
  needsLookedForBy,
  needsReason,
  OPEN_STATUSES,
  VISIT_TRANSITIONS,
} from './transitions.ts'

const statuses = Object.keys(VISIT_TRANSITIONS) as VisitStatus[]

// The rule's own words, written out a second time.
const Q1 = `
waiting > in_triage; in_triage > waiting; waiting > called; in_triage > called; called > in_consultation
called > waiting; in_consultation > on_hold; in_consultation > waiting; in_consultation > awaiting_payment
in_consultation > completed; on_hold > waiting; on_hold > in_consultation; awaiting_payment > completed
waiting > no_show; called > no_show; no_show > waiting; left > waiting; completed > in_consultation
${OPEN_STATUSES.map((status) => `${status} > left; ${status} > cancelled`).join('; ')}`
const legal = new Set(Q1.trim().split(/[;\n]\s*/))

describe('Q1 the only legal transitions', () => {
  for (const from of statuses) {
    test(`Q1 from ${from}`, () => {
      const allowed = statuses.filter((to) => canBecome(from, to))
      expect(allowed).toEqual(statuses.filter((to) => legal.has(`${from} > ${to}`)))
    })
  }

  test('Q1 nothing becomes what it is, and cancelled is final', () => {
    expect(statuses.filter((status) => canBecome(status, status))).toEqual([])
    expect(statuses.filter((to) => canBecome('cancelled', to))).toEqual([])
  })

  test('Q1 a patient in triage is not a no-show: somebody has them', () => {
    expect(canBecome('in_triage', 'no_show')).toBe(false)
  })

  test('Q2 open are all but the four ends', () => {
    expect(statuses.filter((status) => !isOpen(status))).toEqual(['completed', 'left', 'cancelled', 'no_show'])
  })

  test('Q1 a reason is needed to cancel and to reopen', () => {
    const needing = statuses.flatMap((from) => statuses.filter((to) => canBecome(from, to) && needsReason(from, to)))
    expect(needing.filter((to) => to === 'cancelled')).toHaveLength(OPEN_STATUSES.length)
    expect(needing.filter((to) => to !== 'cancelled')).toEqual(['in_consultation'])
    expect(needsReason('on_hold', 'in_consultation')).toBe(false)
    expect(needsReason('completed', 'in_consultation')).toBe(true)
  })
})

test('Q8 from urgent up a no-show needs "looked for by"', () => {
  const levels = ['immediate', 'very_urgent', 'urgent', 'standard', 'non_urgent'] as const
  expect(levels.filter(needsLookedForBy)).toEqual(['immediate', 'very_urgent', 'urgent'])
})

describe('A5 appointments', () => {
  const all = Object.keys(APPOINTMENT_TRANSITIONS) as AppointmentStatus[]

  test('A5 from booked to fulfilled, straight or by way of confirmed', () => {
    for (const [from, to] of [
      ['booked', 'confirmed'],
      ['booked', 'checked_in'],
      ['confirmed', 'checked_in'],
      ['checked_in', 'fulfilled'],
    ] as const) {
      expect(appointmentCanBecome(from, to), `${from} ${to}`).toBe(true)
    }
    expect(appointmentCanBecome('booked', 'fulfilled')).toBe(false)
    expect(appointmentCanBecome('confirmed', 'booked')).toBe(false)
  })

  test('A5 cancelled and no-show come back only as checked in', () => {
    for (const ended of ['cancelled', 'no_show'] as const) {
      expect(all.filter((to) => appointmentCanBecome(ended, to))).toEqual(['checked_in'])
      expect(all.filter((from) => appointmentCanBecome(from, ended))).toEqual(['booked', 'confirmed', 'checked_in'])
    }
  })

  test('A5 undoing a check-in restores what it was', () => {
    expect(appointmentCanBecome('checked_in', 'booked')).toBe(true)
    expect(appointmentCanBecome('checked_in', 'confirmed')).toBe(true)
  })

  test('A5 a visit takes its appointment along, by legal steps', () => {
    expect(statuses.map(appointmentStatusFor)).toEqual([
      ...OPEN_STATUSES.map(() => 'checked_in'),
      'fulfilled',
      'cancelled',
      'cancelled',
      'no_show',
    ])
    for (const from of statuses) {
      for (const to of VISIT_TRANSITIONS[from]) {
        const [before, after] = [appointmentStatusFor(from), appointmentStatusFor(to)]
        expect(before === after || appointmentCanBecome(before, after), `${from} ${to}`).toBe(true)
      }
    }
  })
})
