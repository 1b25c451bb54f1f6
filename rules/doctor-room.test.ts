import { expect, test } from 'vitest'
import { roomOfDoctor } from './doctor-room.ts'

/** A Monday in Dhaka. */
const day = '2026-03-09'
const at = (time: string) => ({
  now: new Date(`${day}T${time}:00.000+06:00`).toISOString(),
  day,
  timeZone: 'Asia/Dhaka',
})
const session = (startsAt: string, endsAt: string, roomId: string | null, weekday = 1) => ({
  weekday,
  startsAt,
  endsAt,
  roomId,
})
const doctor = { roomId: 'usual', roomToday: null }
const week = [
  session('14:00', '17:00', 'afternoon'),
  session('09:00', '13:00', 'morning'),
  session('09:00', '17:00', 'tuesday', 2),
]

test.each([
  ['08:00', 'morning'],
  ['12:59', 'morning'],
  ['13:00', 'afternoon'],
  ['23:30', 'afternoon'],
])('S2 at %s it is the room of the session: %s', (time, room) => {
  expect(roomOfDoctor(doctor, week, at(time))).toBe(room)
})

test('S2 a session without a room of its own, or a day without one, is in the usual room', () => {
  expect(roomOfDoctor(doctor, [session('09:00', '13:00', null)], at('10:00'))).toBe('usual')
  expect(roomOfDoctor(doctor, [session('09:00', '13:00', 'tuesday', 2)], at('10:00'))).toBe('usual')
})

test('S2 what is said for today goes before, on that day alone', () => {
  const said = (on: string) => ({ ...doctor, roomToday: { day: on, roomId: 'said' } })
  expect(roomOfDoctor(said(day), week, at('10:00'))).toBe('said')
  expect(roomOfDoctor(said('2026-03-08'), week, at('10:00'))).toBe('morning')
})

test('Q2 after midnight it is still that clinic day’s last room', () => {
  const night = { ...at('10:00'), now: '2026-03-09T19:30:00.000Z' }
  expect(roomOfDoctor(doctor, week, night)).toBe('afternoon')
})
