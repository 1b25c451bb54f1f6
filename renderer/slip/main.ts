import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/noto-sans-arabic/wght.css'
import '@fontsource-variable/noto-sans-bengali/wght.css'
import '../public/page.css'
import './slip.css'
import type { SlipState } from '../../contract/public.ts'
import { pageToken } from '../public/dom.ts'
import { act, follow } from '../public/follow.ts'
import { type Frame, frameOf, nothingHere } from '../public/frame.ts'
import { emptyRating } from '../public/rating.ts'
import { speak, t, usualLanguage } from '../public/words.ts'
import { headline, type Question, slipPage } from './slip-page.ts'

// The page of one appointment's slip (S5).

const draft = emptyRating()
let frame: Frame
let shown: SlipState | undefined
let refusedFor: { seconds: number | undefined } | undefined
/** What has been asked for and is chosen among now. */
let question: Question | undefined
let problem = ''

await speak(usualLanguage('en'))
frame = frameOf(draw)
draw()
follow<SlipState>({
  ask: 'join_slip',
  hear: 'slip_updated',
  token: pageToken(),
  state: (state) => void take(state),
  refused: (seconds) => {
    refusedFor = { seconds }
    draw()
  },
  connected: (live) => frame.connected(live),
})

async function take(state: SlipState): Promise<void> {
  if (!shown) await speak(usualLanguage(state.clinic.language))
  frame.words()
  refusedFor = undefined
  shown = state
  if (!state.mayChange) question = undefined
  draw()
}

function draw(): void {
  document.title = t('title.slip')
  document.body.dataset.state = refusedFor ? 'gone' : (shown?.state ?? 'loading')
  const instead = refusedFor ? gone(refusedFor.seconds) : shown ? undefined : nothingHere(t('title.slip'), t('loading'))
  if (instead) frame.main.replaceChildren(instead)
  if (instead || !shown) return
  frame.clinic(shown.clinic.name)
  frame.main.replaceChildren(...slipPage(shown, { draft, question, problem, ask, perform, rated }))
  frame.say(headline(shown).join('. '))
}

function gone(seconds: number | undefined): HTMLElement {
  return nothingHere(t('gone'), seconds === undefined ? t('gone.hint') : t('too_many', { seconds }))
}

function ask(next: Question | undefined): void {
  question = next
  problem = ''
  draw()
  // What was pressed is gone: on to the first answer, or back to the first button.
  frame.main.querySelector<HTMLElement>('.choices button, .acts button')?.focus()
}

async function perform(path: string, given: object): Promise<void> {
  const done = await act(path, given)
  problem = done ? '' : t('failed')
  if (done) question = undefined
  draw()
}

function rated(): void {
  if (shown) shown = { ...shown, mayRate: false, rated: true }
  draw()
}
