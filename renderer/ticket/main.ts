import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/noto-sans-arabic/wght.css'
import '@fontsource-variable/noto-sans-bengali/wght.css'
import '../public/page.css'
import './ticket.css'
import type { TicketState } from '../../contract/public.ts'
import { pageToken } from '../public/dom.ts'
import { follow } from '../public/follow.ts'
import { type Frame, frameOf, nothingHere } from '../public/frame.ts'
import { emptyRating } from '../public/rating.ts'
import { speak, t, usualLanguage } from '../public/words.ts'
import { headline, ticketPage } from './ticket-page.ts'

// The page of one ticket (S5), for a phone: nothing is stored but the language, nothing is typed.

const draft = emptyRating()
let frame: Frame
let shown: TicketState | undefined
let refusedFor: { seconds: number | undefined } | undefined
let calls = 0

await speak(usualLanguage('en'))
frame = frameOf(draw)
draw()
follow<TicketState>({
  ask: 'join_queue',
  hear: 'queue_updated',
  token: pageToken(),
  state: (state) => void take(state),
  refused: (seconds) => {
    refusedFor = { seconds }
    draw()
  },
  connected: (live) => frame.connected(live),
})

async function take(state: TicketState): Promise<void> {
  if (!shown) await speak(usualLanguage(state.clinic.language))
  frame.words()
  // A call, and each call again: whoever has it in a pocket feels it, where the phone can and the page was touched once.
  const called = state.state === 'called' && state.calls > calls && shown !== undefined
  if (called && navigator.userActivation?.hasBeenActive) navigator.vibrate?.([400, 150, 400])
  calls = state.calls
  refusedFor = undefined
  shown = state
  draw()
}

function draw(): void {
  document.title = shown?.ticket ?? t('title.ticket')
  document.body.dataset.state = refusedFor ? 'gone' : (shown?.state ?? 'loading')
  const instead = refusedFor
    ? gone(refusedFor.seconds)
    : shown
      ? undefined
      : nothingHere(t('title.ticket'), t('loading'))
  if (instead) frame.main.replaceChildren(instead)
  if (instead || !shown) return
  frame.clinic(shown.clinic.name)
  frame.main.replaceChildren(...ticketPage(shown, draft, rated))
  frame.say(headline(shown).join('. '))
}

function gone(seconds: number | undefined): HTMLElement {
  return nothingHere(t('gone'), seconds === undefined ? t('gone.hint') : t('too_many', { seconds }))
}

function rated(): void {
  if (shown) shown = { ...shown, mayRate: false, rated: true }
  draw()
}
