import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, clinicDay, dayBounds, daysBetween, localTime, weekday, zonedInstant } from './clinic-day.ts'

const DHAKA = 'Asia/Dhaka'
const BERLIN = 'Europe/Berlin'

describe('Q2 the clinic day turns over at 04:00 clinic time', () => {
  test('Q2 a minute before the turnover is still the day before', () => {
    expect(clinicDay('2026-03-09T21:59:59.999Z', DHAKA, '04:00')).toBe('2026-03-09')
    expect(clinicDay('2026-03-09T22:00:00.000Z', DHAKA, '04:00')).toBe('2026-03-10')
  })

  test('Q2 the turnover is the clinic’s own setting, and its zone counts', () => {
    expect(clinicDay('2026-03-10T00:30:00.000Z', 'UTC', '00:00')).toBe('2026-03-10')
    expect(clinicDay('2026-03-10T00:30:00.000Z', 'UTC', '01:00')).toBe('2026-03-09')
    expect(clinicDay('2026-03-10T00:30:00.000Z', 'America/New_York', '00:00')).toBe('2026-03-09')
  })

  test('Q2 a day has 23 or 25 hours when summer time changes in it', () => {
    const hours = (day: string) => {
      const { from, to } = dayBounds(day, BERLIN, '04:00')
      return (Date.parse(to) - Date.parse(from)) / 3_600_000
    }
    expect([hours('2026-03-27'), hours('2026-03-28'), hours('2026-10-24')]).toEqual([24, 23, 25])
  })

  test('Q2 a day that a zone left out is never the answer', () => {
    expect(clinicDay('2011-12-30T12:00:00.000Z', 'Pacific/Apia', '04:00')).toBe('2011-12-29')
    expect(clinicDay('2011-12-30T14:00:00.000Z', 'Pacific/Apia', '04:00')).toBe('2011-12-31')
  })

  test('Q2 every instant lies within the bounds of its day, whatever was asked before', () => {
    const zone = fc.constantFrom(DHAKA, BERLIN, 'America/St_Johns', 'Pacific/Apia', 'America/Havana', 'Africa/Cairo')
    const turnover = fc.constantFrom('00:00', '02:30', '04:00', '23:59')
    const instant = fc.date({ min: new Date('2010-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(instant, zone, turnover, (date, timeZone, at) => {
        const now = date.toISOString()
        const { from, to } = dayBounds(clinicDay(now, timeZone, at), timeZone, at)
        expect(from <= now && now < to).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('Q2 the memo keeps zones and turnovers apart', () => {
    const now = '2026-03-10T23:00:00.000Z'
    const ask = () => [
      clinicDay(now, DHAKA, '04:00'),
      clinicDay(now, BERLIN, '04:00'),
      clinicDay(now, DHAKA, '06:00'),
      clinicDay('2026-03-12T23:00:00.000Z', DHAKA, '04:00'),
    ]
    expect(ask()).toEqual(['2026-03-11', '2026-03-10', '2026-03-10', '2026-03-13'])
    expect(ask()).toEqual(['2026-03-11', '2026-03-10', '2026-03-10', '2026-03-13'])
  })

  test('Q2 what is no instant, zone or time is refused', () => {
    expect(() => clinicDay('today', DHAKA, '04:00')).toThrow(RangeError)
    expect(() => clinicDay('2026-03-10T23:00:00.000Z', 'Mars/Base', '04:00')).toThrow(RangeError)
    expect(() => zonedInstant('2026-02-30', '10:00', DHAKA)).toThrow(RangeError)
    expect(() => zonedInstant('2026-02-20', '25:00', DHAKA)).toThrow(RangeError)
  })
})

describe('U5 the clinic’s own clock', () => {
  test('U5 wall time to instant and back', () => {
    expect(zonedInstant('2026-03-10', '09:30', DHAKA)).toBe('2026-03-10T03:30:00.000Z')
    expect(localTime('2026-03-10T03:30:00.000Z', DHAKA)).toBe('09:30')
    expect(localTime('2026-03-10T18:05:59.999Z', DHAKA)).toBe('00:05')
  })

  test('U5 a time left out by summer time lies as long after the change; of one shown twice it is the first', () => {
    expect(zonedInstant('2026-03-29', '02:30', BERLIN)).toBe('2026-03-29T01:30:00.000Z')
    expect(zonedInstant('2026-10-25', '02:30', BERLIN)).toBe('2026-10-25T00:30:00.000Z')
    expect(localTime('2026-10-25T01:30:00.000Z', BERLIN)).toBe('02:30')
  })

  test('days: adding, counting, ISO weekdays', () => {
    expect(addDays('2026-02-27', 2)).toBe('2026-03-01')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(daysBetween('2026-02-27', '2026-03-01')).toBe(2)
    expect(daysBetween('2026-03-01', '2026-02-27')).toBe(-2)
    expect([weekday('2026-11-16'), weekday('2026-11-20'), weekday('2026-11-22')]).toEqual([1, 5, 7])
  })
})
