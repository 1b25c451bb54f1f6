import type { Picture, TicketMark } from '../../rules/ticket-mark.ts'

const NS = 'http://www.w3.org/2000/svg'

/** S4: one shape each, in a square of 24, that is known at a glance and prints in black. */
const SHAPES = {
  sun: 'M12 7a5 5 0 1 1 0 10 5 5 0 0 1 0-10zM11 1h2v4h-2zM11 19h2v4h-2zM1 11h4v2H1zM19 11h4v2h-4zM4.9 3.5 7.8 6.3 6.3 7.8 3.5 4.9zM17.7 16.2l2.8 2.9-1.4 1.4-2.9-2.8zM20.5 4.9l-2.8 2.9-1.5-1.5 2.9-2.8zM7.8 17.7l-2.9 2.8-1.4-1.4 2.8-2.9z',
  fish: 'M2 12c4-7 10-7 14-3l6-4v14l-6-4c-4 4-10 4-14-3zM7.5 10a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z',
  tree: 'M12 1l7 9h-4l5 7h-6v5h-4v-5H4l5-7H5z',
  star: 'M12 1.5l3.1 7.3 7.9.7-6 5.2 1.8 7.8-6.8-4.1-6.8 4.1L7 14.7 1 9.5l7.9-.7z',
  boat: 'M11 2v12H4zM13 5l7 9h-7zM2 16h20l-4 6H6z',
  cup: 'M3 5h14v2h2a4 4 0 0 1 0 8h-2.3A7 7 0 0 1 10 20a7 7 0 0 1-7-7zM17 9.5v3h2a1.5 1.5 0 0 0 0-3z',
  moon: 'M14 2a10 10 0 1 0 8 14A9 9 0 0 1 14 2z',
  house: 'M12 2l10 9h-3v10h-5v-6h-4v6H5V11H2z',
  key: 'M7 2a6 6 0 0 1 5.7 8H22v4h-2v4h-4v-4h-3.3A6 6 0 1 1 7 2zM7 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  flower:
    'M12 2.500a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM17.7 6.600a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM15.5 13.400a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM8.5 13.400a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM6.3 6.600a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z',
  umbrella: 'M12 2a10 10 0 0 1 10 10h-9v7a2 2 0 0 0 4 0h2a4 4 0 0 1-8 0v-7H2A10 10 0 0 1 12 2z',
  leaf: 'M21 3C10 3 4 8 4 15c0 1.5.4 2.8 1 4l-2.5 2.500L4 23l2.8-2.900C15 22 21 15 21 3z',
} as const satisfies Record<Picture, string>

/** The picture of a ticket on its colour; what it is called says its label. */
export function ticketPicture({ picture, colour }: TicketMark, label: string): SVGSVGElement {
  const svg = document.createElementNS(NS, 'svg')
  svg.setAttribute('viewBox', '0 0 40 40')
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-label', label)
  svg.setAttribute('class', 'ticket-picture')
  svg.setAttribute('data-colour', colour)
  const ground = document.createElementNS(NS, 'rect')
  for (const [name, value] of Object.entries({ width: 40, height: 40, rx: 8 })) ground.setAttribute(name, String(value))
  const shape = document.createElementNS(NS, 'path')
  shape.setAttribute('d', SHAPES[picture])
  shape.setAttribute('fill-rule', 'evenodd')
  shape.setAttribute('transform', 'translate(8 8)')
  svg.append(ground, shape)
  return svg
}
