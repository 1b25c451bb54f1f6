import type { Paper } from '../../contract/desktop.ts'
import { desktop } from '../live/desktop.ts'

const MM_PER_PIXEL = 25.4 / 96
/** What a roll is cut off with, in millimetres. */
const TAIL_MM = 15

/** A browser that does not say that its dialog has closed: who can press again by then is no longer in it. */
const SILENT_MS = 5000

/** The press that is at work. */
let press: { since: number; printing: boolean } | undefined

if (typeof window !== 'undefined')
  window.addEventListener('afterprint', () => {
    press = undefined
  })

/** One press is one dialog: until that has closed, pressing again does nothing. `make` may print, or not after all. */
export async function printOnce(make: () => unknown): Promise<void> {
  if (press && performance.now() - press.since < SILENT_MS) return
  const mine = { since: performance.now(), printing: false }
  press = mine
  try {
    await make()
  } finally {
    if (press === mine && !mine.printing) press = undefined
  }
}

/**
 * Prints what the page has put there for paper. The desktop app prints it silently on the printer that was chosen for
 * that paper; a browser shows its dialog. `sheet`: a slip on a roll, which is cut to its length.
 */
export function printNow(paper: Paper, sheet?: HTMLElement) {
  if (press) press.printing = true
  const bridge = desktop()
  if (!bridge) return window.print()
  const size = sheet ? { heightMm: heightOf(sheet) + TAIL_MM } : {}
  // Whatever came of it, it is over: what was put there for paper is taken away again.
  const over = () => window.dispatchEvent(new Event('afterprint'))
  bridge.ask('print', { paper, ...size }).then(over, over)
}

/** As it will be on a roll, where it is drawn for paper only. */
function heightOf(sheet: HTMLElement): number {
  const { style } = sheet
  Object.assign(style, {
    display: 'block',
    position: 'absolute',
    visibility: 'hidden',
    width: '72mm',
    fontSize: '10pt',
  })
  const height = sheet.getBoundingClientRect().height * MM_PER_PIXEL
  sheet.removeAttribute('style')
  return Math.min(Math.max(Math.ceil(height), 20), 1500)
}
