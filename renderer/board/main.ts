import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/noto-sans-arabic/wght.css'
import '@fontsource-variable/noto-sans-bengali/wght.css'
import './board.css'
import type { BoardBeat, BoardCall, BoardFrame, BoardState } from '../../contract/board.ts'
import { drawCalls, drawHeadings, drawLines, drawMessage, part, roomText } from './draw.ts'
import { follow } from './follow.ts'
import { advance, arrive, emptyHall, type Hall } from './hall.ts'
import { ageOf, clockOf, hubNow, setHubTime } from './hub-clock.ts'
import { sentenceOf } from './sentence.ts'
import { createSound } from './sound.ts'
import { stayAwake, wander } from './wake.ts'
import { filled, isLanguage, type Language, wordsOf } from './words.ts'

const STEP_MS = 200
/** Calls that were made while this page was not there are announced when they are no older. */
const FRESH_AT_START_MS = 15_000
const FRESH_MS = 120_000
/** No call for so long: a new version may be loaded. */
const IDLE_MS = 20_000
/** Lines that do not fit take turns. */
const TURN_MS = 12_000
/** A hub that starts again is not worth a word. */
const AWAY_MS = 4_000

const asked = new URL(location.href).searchParams.get('language')
const sound = createSound(showSound)
let language: Language = isLanguage(asked) ? asked : 'en'
let state: BoardState | undefined
let hall: Hall = emptyHall
let speaking = false
let quietSince = performance.now()
let lostSince: number | undefined
let page = ''

follow(location.search, { frame: take, beat, lost: () => (lostSince ??= performance.now()) })
setInterval(step, STEP_MS)
for (const press of ['click', 'keydown'] as const) document.addEventListener(press, () => sound.allow())
showSound()
stayAwake()
wander()

function take(frame: BoardFrame): void {
  const first = state === undefined
  beat(frame)
  state = frame.state
  language = isLanguage(asked) ? asked : state.clinic.language
  document.documentElement.lang = language
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr'
  hall = arrive(hall, state.calls, (call) => ageOf(call.calledAt) < (first ? FRESH_AT_START_MS : FRESH_MS))
  drawHeadings(wordsOf(language), state)
  drawMessage(state.message)
  step()
  for (const call of state.calls) sound.prepare(sentenceOf(call, language))
}

function beat({ page: served, at, rate }: BoardBeat): void {
  lostSince = undefined
  setHubTime(at, rate)
  page ||= served
  // Over days the program is brought up to date: its page is loaded when nobody is being called.
  if (served !== page && !speaking && hall.queue.length === 0 && performance.now() - quietSince > IDLE_MS)
    location.reload()
}

/** What time alone changes. */
function step(): void {
  if (!state) return
  const words = wordsOf(language)
  const now = performance.now()
  const before = hall
  hall = advance(hall, { now, speaking })
  if (drawCalls(words, hall)) slideIn()
  const { hero } = hall
  if (hero && hall.heroSince !== before.heroSince) void announce(hero)
  drawLines(words, state.lines, Math.floor(now / TURN_MS))
  drawClock(state)
}

async function announce(call: BoardCall): Promise<void> {
  const words = wordsOf(language)
  const text = filled(words.announced, { ticket: call.ticket, room: roomText(words, call.room) })
  part('announced').textContent = text
  quietSince = performance.now()
  speaking = true
  await sound.announce(sentenceOf(call, language))
  speaking = false
  quietSince = performance.now()
}

/** Once, for a call: nothing else on the screen moves. */
function slideIn(): void {
  const hero = part('hero')
  hero.classList.remove('new')
  // Read, so that the browser sees two changes and begins anew.
  void hero.offsetWidth
  hero.classList.add('new')
}

function drawClock({ clinic }: BoardState): void {
  const clock = clockOf(language, clinic.timeZone)
  const lost = lostSince !== undefined && performance.now() - lostSince > AWAY_MS
  setText('clock', clock.time(hubNow()))
  setText('date', clock.date(hubNow()))
  const away = part('away')
  away.hidden = !lost
  if (lost && away.textContent === '')
    away.textContent = filled(wordsOf(language).away, { time: clock.time(hubNow() - AWAY_MS) })
  if (!lost) away.textContent = ''
}

function setText(id: string, text: string): void {
  const element = part(id)
  if (element.textContent !== text) element.textContent = text
}

function showSound(): void {
  part('sound').hidden = sound.allowed
}
