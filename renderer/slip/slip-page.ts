import type { SlipState } from '../../contract/public.ts'
import { CANCEL_REASONS, MOVE_WISHES } from '../../contract/public-words.ts'
import { el } from '../public/dom.ts'
import { type RatingDraft, ratingForm, ratingThanks } from '../public/rating.ts'
import { clockTime, dayInWords } from '../public/times.ts'
import { t } from '../public/words.ts'

export type Question = 'move' | 'cancel'

export type SlipHands = {
  draft: RatingDraft
  question: Question | undefined
  problem: string
  ask(question: Question | undefined): void
  perform(path: string, given: object): void
  rated(): void
}

/** What a slip's page shows, top to bottom. */
export function slipPage(state: SlipState, hands: SlipHands): HTMLElement[] {
  const [title = '', ...hints] = headline(state)
  const gone = state.state === 'cancelled' || state.state === 'missed'
  return [
    el(
      'section',
      { class: 'card' },
      ...(state.startsAt === null ? [] : [when(state, gone)]),
      el('div', { class: 'state' }, el('h1', {}, title), ...hints.map((hint) => el('p', { class: 'hint' }, hint))),
    ),
    ...notices(state).map((text) => el('p', { class: 'notice' }, text)),
    ...(state.ticketPath === null
      ? []
      : [el('a', { class: 'button next', href: state.ticketPath }, t('slip.toTicket'))]),
    ...(state.mayChange ? [changes(state, hands)] : []),
    ...(state.mayRate ? [ratingForm(hands.draft, hands.rated)] : []),
    ...(state.rated ? [ratingThanks()] : []),
  ]
}

export function headline({ state, cancelledByPatient, doctor, service }: SlipState): string[] {
  const title = t(`slip.${state}`)
  if (state === 'cancelled') return [title, t(cancelledByPatient ? 'slip.cancelled.byYou' : 'slip.cancelled.byClinic')]
  if (state === 'over' || state === 'missed') return [title, t(`slip.${state}.hint`)]
  return [title, ...(service === null ? [] : [service]), ...(doctor === null ? [] : [t('slip.with', { doctor })])]
}

function when({ startsAt, clinic }: SlipState, gone: boolean): HTMLElement {
  const instant = startsAt ?? ''
  return el(
    'p',
    { class: gone ? 'when gone' : 'when' },
    el('time', { class: 'time', datetime: instant }, clockTime(instant, clinic.timeZone)),
    el('span', {}, dayInWords(instant, clinic.timeZone)),
  )
}

function notices({ mayChange, moved, doctorLateUntil, moveAsked, clinic }: SlipState): string[] {
  return [
    ...(doctorLateUntil === null ? [] : [t('slip.late', { time: clockTime(doctorLateUntil, clinic.timeZone) })]),
    ...(mayChange && moved ? [t('slip.moved')] : []),
    ...(moveAsked === null ? [] : [t('slip.asked', { wish: t(`slip.wish.${moveAsked}`) })]),
  ]
}

function changes(state: SlipState, hands: SlipHands): HTMLElement {
  const problem = el('p', { class: 'problem', role: 'alert' }, hands.problem)
  if (hands.question === 'move') return choices(hands, problem, t('slip.when'), wishes(hands))
  if (hands.question === 'cancel') return choices(hands, problem, t('slip.why'), reasons(hands))
  const confirm = button('slip.confirm', () => hands.perform('confirm', {}), 'next')
  return el(
    'div',
    { class: 'acts' },
    state.state === 'booked' && confirm,
    button('slip.move', () => hands.ask('move')),
    button('slip.cancel', () => hands.ask('cancel')),
    problem,
  )
}

const wishes = (hands: SlipHands) =>
  MOVE_WISHES.map((wish) => button(`slip.wish.${wish}`, () => hands.perform('move', { wish })))

const reasons = (hands: SlipHands) =>
  CANCEL_REASONS.map((reason) => button(`slip.reason.${reason}`, () => hands.perform('cancel', { reason })))

function choices({ ask }: SlipHands, problem: HTMLElement, title: string, answers: HTMLElement[]): HTMLElement {
  return el(
    'section',
    { class: 'choices' },
    el('h2', {}, title),
    ...answers,
    problem,
    el('button', { type: 'button', class: 'back', onclick: () => ask(undefined) }, t('slip.back')),
  )
}

function button(key: Parameters<typeof t>[0], onclick: () => void, kind?: string): HTMLElement {
  return el('button', { type: 'button', class: kind, onclick }, t(key))
}
