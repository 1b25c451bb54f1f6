import { expect, test } from 'vitest'
import { formatTicket, TICKET_LETTERS } from './ticket.ts'
import { MARK_COLOURS, PICTURES, ticketMark } from './ticket-mark.ts'

test('S4: sixty tickets that follow on each other all look different, whatever the letter', () => {
  for (const letter of TICKET_LETTERS)
    for (let first = 1; first < 200; first++) {
      const looks = Array.from({ length: 60 }, (_, index) =>
        JSON.stringify(ticketMark(formatTicket(letter, first + index))),
      )
      expect(new Set(looks).size).toBe(60)
    }
})

test('S4: two queues do not begin with the same look', () => {
  expect(ticketMark('A001')).not.toEqual(ticketMark('B001'))
})

test('S4: a ticket as somebody types it has the same look', () => {
  expect(ticketMark('a 14')).toEqual(ticketMark('A014'))
})

test('S4: what is no ticket has a look all the same', () => {
  expect(PICTURES).toContain(ticketMark('').picture)
  expect(MARK_COLOURS).toContain(ticketMark('').colour)
})
