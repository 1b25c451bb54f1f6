import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, clinicDay, localTime, zonedInstant } from './clinic-day.ts'
import { availableSlots, cellsOf, nearestFree, type SlotQuestion, sessionsOn } from './slots.ts'

const DHAKA = 'Asia/Dhaka'
const BERLIN = 'Europe/Berlin'
const DAY = '2026-03-09' // a Monday
const at = (time: string, day = DAY, timeZone = DHAKA) => zonedInstant(day, time, timeZone)
const booking = (from: string, to: string) => ({ startsAt: at(from), endsAt: at(to) })
const session = (startsAt: string, endsAt: string, weekday = 1) => ({ weekday, startsAt, endsAt, roomId: null })

const question = (changes: Partial<SlotQuestion> = {}): SlotQuestion => ({
  day: DAY,
  timeZone: DHAKA,
  turnover: '04:00',
  sessions: [session('09:00', '10:00')],
  leaves: [],
  closures: [],
  serviceMinutes: 20,
  capacity: 1,
  booked: [],
  now: at('06:00'),
  ...changes,
})
const shown = (changes: Partial<SlotQuestion>) => {
  const asked = question(changes)
  return availableSlots(asked).map((slot) => `${localTime(slot.startsAt, asked.timeZone)} ${slot.free}`)
}

describe('A1 slots', () => {
  test('A1 a session is cut to the service’s length from its start; a rest is not offered', () => {
    expect(shown({})).toEqual(['09:00 1', '09:20 1', '09:40 1'])
    expect(shown({ serviceMinutes: 25 })).toEqual(['09:00 1', '09:25 1'])
    expect(availableSlots(question())[0]).toEqual({ ...booking('09:00', '09:20'), free: 1 })
  })

  test('A1 several sessions a day, in order of time, those of other weekdays not', () => {
    const sessions = [session('17:00', '17:40'), session('09:00', '09:20'), session('12:00', '13:00', 2)]
    expect(shown({ sessions })).toEqual(['09:00 1', '17:00 1', '17:20 1'])
  })

  test('A1 a slot that touches a leave or a closure is not offered', () => {
    const touching = { from: at('09:39'), to: at('09:41') }
    expect(shown({ leaves: [touching] })).toEqual(['09:00 1'])
    expect(shown({ closures: [touching] })).toEqual(['09:00 1'])
    expect(shown({ leaves: [{ from: at('09:20'), to: at('09:40') }] })).toEqual(['09:00 1', '09:40 1'])
  })

  test('A1 slots that have begun are left out', () => {
    expect(shown({ now: at('09:20') })).toEqual(['09:20 1', '09:40 1'])
    expect(shown({ now: new Date(Date.parse(at('09:20')) + 1).toISOString() })).toEqual(['09:40 1'])
  })

  test('A1 a full slot has nothing free, and bookings beside it take nothing', () => {
    expect(shown({ booked: [booking('09:20', '09:40')] })).toEqual(['09:00 1', '09:20 0', '09:40 1'])
    expect(shown({ booked: [booking('08:00', '09:00'), booking('10:00', '11:00')] })).toEqual(shown({}))
  })

  test('A1 capacity counts bookings at the same time, not bookings that touch the slot', () => {
    const short = [booking('09:00', '09:05'), booking('09:05', '09:10'), booking('09:10', '09:15')]
    expect(shown({ capacity: 2, booked: short })).toEqual(['09:00 1', '09:20 2', '09:40 2'])
    expect(shown({ capacity: 2, booked: [...short, booking('09:05', '09:25')] })).toEqual([
      '09:00 0',
      '09:20 1',
      '09:40 2',
    ])
  })

  test('A3 overbooked ones make the doctor no freer, and free never falls below 0', () => {
    const one = { ...booking('09:00', '09:20'), overbooked: true }
    expect(shown({ booked: [one] })).toEqual(['09:00 0', '09:20 1', '09:40 1'])
    expect(shown({ booked: [one, booking('09:00', '09:20')] })).toEqual(['09:00 0', '09:20 1', '09:40 1'])
  })

  test('A4 a live hold takes its slot, an expired one does not', () => {
    const hold = { ...booking('09:20', '09:40'), expiresAt: at('08:02') }
    expect(shown({ holds: [hold], now: at('08:01') })).toEqual(['09:00 1', '09:20 0', '09:40 1'])
    expect(shown({ holds: [hold], now: at('08:02') })).toEqual(shown({}))
    expect(shown({ holds: [booking('09:20', '09:40')] })[1]).toBe('09:20 0')
  })

  test('A1 a session may pass midnight; one without length offers nothing', () => {
    expect(shown({ sessions: [session('23:20', '00:20')] })).toEqual(['23:20 1', '23:40 1', '00:00 1'])
    expect(shown({ sessions: [session('09:00', '09:00')] })).toEqual([])
  })

  test('Q2 what begins before the turnover is of the clinic day before', () => {
    const sessions = [session('00:00', '23:40', 1)]
    expect(shown({ sessions, serviceMinutes: 60, now: at('00:00') }).slice(0, 2)).toEqual(['04:00 1', '05:00 1'])
    const night = ['00:00 1', '01:00 1', '02:00 1', '03:00 1']
    expect(shown({ sessions, serviceMinutes: 60, day: '2026-03-08', now: at('12:00', '2026-03-08') })).toEqual(night)
    expect(shown({ sessions: [session('22:00', '05:00')], serviceMinutes: 60 })).toHaveLength(6)
  })

  test('Q2 the hours of a clinic day are those before the next turnover, too', () => {
    const spans = sessionsOn(question({ sessions: [session('00:00', '03:00', 2), session('09:00', '12:00', 2)] }))
    expect(spans.map(({ from }) => localTime(new Date(from).toISOString(), DHAKA))).toEqual(['00:00'])
  })

  test('A1 overlapping sessions offer a start once', () => {
    expect(shown({ sessions: [session('09:00', '09:40'), session('09:20', '10:00')] })).toEqual(shown({}))
  })

  test('A1 lengths and starts off the 5-minute grid are refused', () => {
    for (const serviceMinutes of [0, -5, 7, 12.5]) {
      expect(() => availableSlots(question({ serviceMinutes }))).toThrow(RangeError)
    }
    expect(() => availableSlots(question({ sessions: [session('09:03', '10:00')] }))).toThrow(RangeError)
  })
})

describe('A1 across summer time (Europe/Berlin)', () => {
  const sunday = (day: string, startsAt: string, endsAt: string) =>
    shown({
      day,
      timeZone: BERLIN,
      turnover: '00:00',
      now: '2026-01-01T00:00:00.000Z',
      serviceMinutes: 30,
      sessions: [session(startsAt, endsAt, 7)],
    })

  test('A1 no slot lies in the hour that is left out', () => {
    expect(sunday('2026-03-29', '01:00', '04:00')).toEqual(['01:00 1', '01:30 1', '03:00 1', '03:30 1'])
    expect(sunday('2026-03-29', '02:15', '02:45')).toEqual([])
    expect(sunday('2026-03-29', '01:00', '02:30')).toEqual(['01:00 1', '01:30 1'])
    expect(sunday('2026-03-29', '02:30', '04:00')).toEqual(['03:00 1', '03:30 1'])
  })

  test('A1 the hour that comes twice is worked twice inside a session', () => {
    expect(sunday('2026-10-25', '01:30', '03:30')).toHaveLength(6)
    expect(sunday('2026-10-25', '09:00', '10:00')).toEqual(['09:00 1', '09:30 1'])
  })
})

describe('A1 properties', () => {
  const cell = fc.integer({ min: 0, max: 60 })
  const span = fc.tuple(cell, fc.integer({ min: 1, max: 12 }))
  const BASE = Date.parse(at('08:00'))
  const instant = (cells: number) => new Date(BASE + cells * 300_000).toISOString()
  const booked = fc.array(
    span.map(([from, length]) => ({ startsAt: instant(from), endsAt: instant(from + length) })),
    {
      maxLength: 15,
    },
  )

  test('A1 booking a free slot, as often as it is free, never exceeds the capacity in any minute', () => {
    fc.assert(
      fc.property(
        booked,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 9 }),
        (bookings, capacity, length) => {
          const asked = question({
            booked: bookings,
            capacity,
            serviceMinutes: length * 5,
            sessions: [session('08:30', '11:30')],
          })
          for (const slot of availableSlots(asked)) {
            const cells = cellsOf(slot.startsAt, slot.endsAt)
            const loads = cells.map(
              (each) => bookings.filter((one) => one.startsAt <= each && each < one.endsAt).length,
            )
            expect(slot.free).toBe(Math.max(0, capacity - Math.max(...loads)))
          }
        },
      ),
    )
  })

  test('A1 slots never overlap each other and stay inside the session', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), (length) => {
        const slots = availableSlots(question({ serviceMinutes: length * 5, sessions: [session('08:30', '11:30')] }))
        slots.forEach((slot, index) => {
          const next = slots[index + 1]
          expect(slot.endsAt <= (next ? next.startsAt : at('11:30'))).toBe(true)
        })
        expect(slots).toHaveLength(Math.floor(180 / (length * 5)))
      }),
    )
  })
})

describe('Q2 the clinic day of a slot', () => {
  const cells = fc.integer({ min: 0, max: 287 })
  const clock = (cell: number) => {
    const minutes = cell * 5
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  }
  const drawn = fc.record({
    timeZone: fc.constantFrom(DHAKA, BERLIN, 'Asia/Kathmandu'),
    turnover: cells.map(clock),
    day: fc.integer({ min: 0, max: 365 }).map((days) => addDays('2026-01-01', days)),
    now: fc.integer({ min: -288, max: 288 }),
    serviceMinutes: fc.integer({ min: 1, max: 12 }).map((length) => length * 5),
    sessions: fc.array(
      fc
        .tuple(cells, cells, fc.integer({ min: 1, max: 7 }))
        .map(([from, to, on]) => session(clock(from), clock(to), on)),
      { minLength: 1, maxLength: 6 },
    ),
  })

  test('every slot is offered on the clinic day that its booking gets, and on no other', () => {
    fc.assert(
      fc.property(drawn, ({ now: cellsOn, ...one }) => {
        const now = new Date(Date.parse(at('12:00', one.day, one.timeZone)) + cellsOn * 300_000).toISOString()
        const offered = [-2, -1, 0, 1, 2].flatMap((days) => {
          const day = addDays(one.day, days)
          const slots = availableSlots(question({ ...one, day, now }))
          for (const { startsAt } of slots) expect(clinicDay(startsAt, one.timeZone, one.turnover)).toBe(day)
          return slots.map((slot) => slot.startsAt)
        })
        expect(new Set(offered).size).toBe(offered.length)
        expect(offered).toEqual([...offered].sort())
        // However the days are cut, nothing is lost between them.
        for (const days of [-1, 0, 1])
          for (const { startsAt } of availableSlots(
            question({ ...one, turnover: '00:00', day: addDays(one.day, days), now }),
          ))
            expect(offered).toContain(startsAt)
      }),
    )
  })
})

describe('A2 cells', () => {
  test('A2 09:00 to 09:20 occupies four cells', () => {
    expect(cellsOf('2026-03-09T09:00:00.000Z', '2026-03-09T09:20:00.000Z')).toEqual([
      '2026-03-09T09:00:00.000Z',
      '2026-03-09T09:05:00.000Z',
      '2026-03-09T09:10:00.000Z',
      '2026-03-09T09:15:00.000Z',
    ])
  })

  test('A2 what is off the 5-minute grid is refused', () => {
    const minutes: [string, string][] = [
      ['00', '03'],
      ['02', '12'],
      ['10', '10'],
      ['10', '05'],
    ]
    for (const [from, to] of minutes) {
      expect(() => cellsOf(`2026-03-09T09:${from}:00.000Z`, `2026-03-09T09:${to}:00.000Z`)).toThrow(RangeError)
    }
    expect(() => cellsOf('2026-03-09T09:00:00.000Z', '2026-03-09T09:05:00.001Z')).toThrow(RangeError)
    expect(() => cellsOf('nine', '2026-03-09T09:05:00.000Z')).toThrow(RangeError)
  })

  test('A2 two bookings share a cell exactly when they overlap', () => {
    const span = fc
      .tuple(fc.nat(30), fc.integer({ min: 1, max: 12 }))
      .map(([from, length]) => ({ from, to: from + length }))
    const cells = ({ from, to }: { from: number; to: number }) =>
      cellsOf(new Date(from * 300_000).toISOString(), new Date(to * 300_000).toISOString())
    fc.assert(
      fc.property(span, span, (a, b) => {
        const shared = cells(a).some((cell) => cells(b).includes(cell))
        expect(shared).toBe(a.from < b.to && b.from < a.to)
      }),
    )
  })
})

test('A2 the nearest free slots to the one that was taken', () => {
  const slots = availableSlots(question({ serviceMinutes: 10, booked: [booking('09:20', '09:30')] }))
  const near = nearestFree(slots, at('09:20'), 3).map((slot) => localTime(slot.startsAt, DHAKA))
  expect(near).toEqual(['09:10', '09:30', '09:00'])
  expect(nearestFree(slots, at('09:20'), 100)).toHaveLength(5)
  expect(nearestFree([...slots].reverse(), at('09:20'), 3)).toEqual(nearestFree(slots, at('09:20'), 3))
})
