import type { BoardCall, BoardLine, BoardState } from '../../contract/board.ts'
import { below, type Hall } from './hall.ts'
import { roomCode } from './room-label.ts'
import { filled, type Words } from './words.ts'

const BEFORE = 3
/** What fits beside the calls; more lines take turns. */
export const LINES = 6

/** A part of the page, which `index.html` has. */
export function part(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (!element) throw new Error(`The page has no ${id}.`)
  return element
}

function made(tag: string, className: string, text: string): HTMLElement {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text
  return element
}

/** Redraws a part only when it says something else: what stays the same does not move. */
function put(element: HTMLElement, key: string, draw: () => Node[]): boolean {
  if (element.dataset.key === key) return false
  element.dataset.key = key
  element.replaceChildren(...draw())
  return true
}

export function roomText(words: Words, room: string | null): string {
  if (room === null) return words.look
  const code = roomCode(room)
  const { letterBefore = '', number = '', letterAfter = '' } = code ?? {}
  return code ? filled(words.room, { room: letterBefore + number + letterAfter }) : room
}

export function drawHeadings(words: Words, { clinic }: BoardState): void {
  document.title = `${words.title} · ${clinic.name}`
  part('clinic').textContent = clinic.name
  part('called-title').textContent = words.called
  part('before-title').textContent = words.before
  part('next-title').textContent = words.next
  part('sound').textContent = words.sound
}

/** S4: the ticket that is called now, its room, and the last ones below. Answers whether another one is shown large. */
export function drawCalls(words: Words, hall: Hall): boolean {
  const { hero } = hall
  const key = hero ? `${hero.ticket} ${hero.calledAt} ${hero.room}` : ''
  const changed = put(part('hero'), `${key}${words.called}`, () => (hero ? heroParts(words, hero) : [nobody(words)]))
  const others = below(hall, BEFORE)
  part('before-title').hidden = others.length === 0
  put(part('before'), others.map((call) => `${call.ticket} ${call.room}`).join() + words.called, () =>
    others.map((call) => {
      const item = document.createElement('li')
      item.append(made('strong', 'ticket', call.ticket), made('span', 'room', roomText(words, call.room)))
      return item
    }),
  )
  return changed && hero !== null
}

function heroParts(words: Words, hero: BoardCall): Node[] {
  const ticket = made('p', 'ticket', hero.ticket)
  if (hero.ticket.length > 4) ticket.classList.add('long')
  return [ticket, made('p', 'room', roomText(words, hero.room))]
}

const nobody = (words: Words) => made('p', 'nobody', words.nobody)

/** Who is next, by doctor or pool. `turn` says which of them when they do not fit all at once. */
export function drawLines(words: Words, lines: readonly BoardLine[], turn: number): void {
  const turns = Math.max(1, Math.ceil(lines.length / LINES))
  const from = (turn % turns) * LINES
  const shown = lines.slice(from, from + LINES)
  put(part('lines'), JSON.stringify([shown, words.next]), () =>
    shown.length > 0 ? shown.map((line) => lineParts(words, line)) : [made('li', 'soft', words.noLine)],
  )
}

function lineParts(words: Words, { name, next, more }: BoardLine): Node {
  const item = document.createElement('li')
  const tickets = made('p', 'tickets', '')
  tickets.append(...next.flatMap((ticket) => [made('span', 'ticket', ticket), ' ']))
  if (more > 0) tickets.append(made('span', 'soft', filled(words.more, { count: more })))
  item.append(made('h3', 'name', name), tickets)
  return item
}

export function drawMessage(message: string | null): void {
  const text = part('message')
  text.textContent = message ?? ''
  text.classList.toggle('long', (message ?? '').length > 60)
}
