import { parseTicket, TICKET_LETTERS } from './ticket.ts'

/** S4: what a ticket shows to those who don't read. None of it is a colour of an urgency, or means anything. */
export const PICTURES = [
  'sun',
  'fish',
  'tree',
  'star',
  'boat',
  'cup',
  'moon',
  'house',
  'key',
  'flower',
  'umbrella',
  'leaf',
] as const
export type Picture = (typeof PICTURES)[number]

export const MARK_COLOURS = ['violet', 'green', 'brown', 'pink', 'slate'] as const
export type MarkColour = (typeof MARK_COLOURS)[number]

export type TicketMark = { picture: Picture; colour: MarkColour }

/**
 * The picture and colour of a ticket, the same wherever it is shown. Sixty tickets of one letter that follow on each other
 * all differ; the first of each letter begin with another colour.
 */
export function ticketMark(ticket: string): TicketMark {
  const { letter, number } = parseTicket(ticket) ?? { letter: 'A', number: 1 }
  const turn = Math.floor((number - 1) / PICTURES.length)
  return {
    picture: PICTURES[(number - 1) % PICTURES.length] ?? 'sun',
    colour: MARK_COLOURS[(turn + TICKET_LETTERS.indexOf(letter)) % MARK_COLOURS.length] ?? 'violet',
  }
}
