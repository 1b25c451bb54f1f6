import type { TicketState } from '../../contract/public.ts'
import type { TicketStateName } from '../../contract/public-words.ts'
import { ticketMark } from '../../rules/ticket-mark.ts'
import { el } from '../public/dom.ts'
import { type RatingDraft, ratingForm, ratingThanks } from '../public/rating.ts'
import { ticketPicture } from '../public/ticket-picture.ts'
import { clockTime } from '../public/times.ts'
import { plural, t } from '../public/words.ts'

/** What a ticket's page shows, top to bottom. */
export function ticketPage(state: TicketState, draft: RatingDraft, rated: () => void): HTMLElement[] {
  const [title = '', ...hints] = headline(state)
  const lead = (index: number) => (hints.length > 1 && index < hints.length - 1 ? 'lead' : 'hint')
  const said = [el('h1', {}, title), ...hints.map((hint, index) => el('p', { class: lead(index) }, hint))]
  if (state.state === 'called') return [calledPage(state, title)]
  if (state.ticket === null) return [el('section', { class: 'state' }, ...said)]
  return [
    el('section', { class: 'card' }, ticketPart(state.ticket), el('div', { class: 'state' }, ...said)),
    ...(state.mayRate ? [ratingForm(draft, rated)] : []),
    ...(state.rated ? [ratingThanks()] : []),
    ...(hasWay(state.state) ? [steps(state.state)] : []),
  ]
}

/** What is to be said of a ticket: its headline, then what helps. */
export function headline({
  state,
  position,
  expectedWait,
  delayed,
  calledTo,
  awayUntil,
  clinic,
}: TicketState): string[] {
  const time = awayUntil ? clockTime(awayUntil, clinic.timeZone) : ''
  const title = state === 'waiting' && position !== null ? plural('before', position) : t(`state.${state}`, { time })
  const hint = calledTo === null ? t(`hint.${state}`) : t('hint.called_to', { room: calledTo })
  const waits = state === 'waiting' || state === 'next'
  return [
    title,
    ...(delayed && waits ? [t('wait.delayed')] : []),
    ...(expectedWait ? [waitWords(expectedWait)] : []),
    ...(hint ? [hint] : []),
  ]
}

function waitWords({ from, to }: { from: number; to: number }): string {
  if (to <= 0) return t('wait.soon')
  return from === to || from <= 0 ? t('wait.one', { to }) : t('wait', { from, to })
}

/** S5: seen at arm's length, and across a table. */
function calledPage({ ticket, calledTo }: TicketState, title: string): HTMLElement {
  return el(
    'section',
    { class: 'called' },
    ticketPart(ticket ?? ''),
    el('h1', {}, title),
    el('p', { class: 'room' }, calledTo === null ? t('hint.called') : t('hint.called_to', { room: calledTo })),
  )
}

function ticketPart(ticket: string): HTMLElement {
  const mark = ticketMark(ticket)
  return el(
    'div',
    { class: 'ticket' },
    ticketPicture(mark, t(`picture.${mark.picture}`)),
    el('p', { class: 'code' }, el('span', { class: 'unseen' }, t('ticket', { ticket: '' })), el('bdi', {}, ticket)),
  )
}

const WAY = ['arrived', 'waiting', 'called', 'with_doctor', 'done'] as const

/** Where on the way a ticket is; those that have left it have none. */
const PLACES: Partial<Record<TicketStateName, number>> = {
  waiting: 1,
  next: 1,
  away: 1,
  skipped: 1,
  pay_first: 1,
  on_hold: 1,
  with_doctor: 3,
  to_pay: 4,
  finished: 5,
}

const hasWay = (state: TicketStateName): boolean => PLACES[state] !== undefined

function steps(state: TicketStateName): HTMLElement {
  const here = PLACES[state] ?? 0
  return el(
    'ol',
    { class: 'steps', 'aria-label': t('steps') },
    ...WAY.map((step, index) =>
      el(
        'li',
        { class: index < here ? 'past' : undefined, 'aria-current': index === here ? 'step' : undefined },
        t(`step.${step}`),
        index < here && el('span', { class: 'unseen' }, ` (${t('step.is_done')})`),
      ),
    ),
  )
}
