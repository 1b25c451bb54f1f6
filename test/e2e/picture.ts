import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Visit } from '../../contract/visits.ts'
import { isOpen } from '../../rules/transitions.ts'
import type { ClinicOnScreen, ConsoleWindow } from '../support/browser.ts'

/** What a screen shows of everybody who is here: ticket and status in the words of the page. */
export type Picture = Record<string, string>

const WORDS = {
  waiting: 'Waiting',
  in_triage: 'Waiting',
  called: 'Called',
  in_consultation: 'In consultation',
  on_hold: 'On hold',
  awaiting_payment: 'To pay',
} as const

const SECTIONS: Record<string, string> = { 'ON HOLD': 'On hold', 'On hold': 'On hold', 'To pay': 'To pay' }

/** The rows of a list as they stand, headings and all. */
export function rowsOf(page: Page, list: string): Promise<string[]> {
  return page
    .getByRole('grid', { name: list })
    .getByRole('row')
    .evaluateAll((rows) => rows.map((row) => (row.textContent ?? '').replace(/\s+/g, ' ').trim()))
}

/** Everybody in the queue of Today, or in a doctor's own. */
export async function pictureOf(page: Page, list: 'Queue' | 'My queue'): Promise<Picture> {
  if ((await page.getByRole('grid', { name: list }).count()) === 0) return {}
  const picture: Picture = {}
  let section = 'Waiting'
  for (const row of await rowsOf(page, list)) {
    const ticket = /[A-Z]\d{3}/.exec(row)?.[0]
    if (ticket) picture[ticket] = /In consultation|Called/.exec(row)?.[0] ?? section
    else section = Object.entries(SECTIONS).find(([words]) => row.startsWith(words))?.[1] ?? 'Waiting'
  }
  return picture
}

/** The same by the database, straight from its file. */
export function pictureInDatabase(clinic: ClinicOnScreen, of?: { doctorId: string }): Picture {
  const visits = clinic.hub.databases.reading.prepare('select * from visits order by ticket').all() as Visit[]
  const shown = visits.filter(({ status, doctorId }) =>
    of ? isOpen(status) && status !== 'awaiting_payment' && (doctorId ?? of.doctorId) === of.doctorId : isOpen(status),
  )
  return Object.fromEntries(shown.map(({ ticket, status }) => [ticket, WORDS[status as keyof typeof WORDS]]))
}

/** Waits until each of these windows shows what the database says. */
export async function allShowTheDatabase(
  clinic: ClinicOnScreen,
  windows: { today?: readonly ConsoleWindow[]; doctor?: ConsoleWindow },
): Promise<void> {
  for (const { page } of windows.today ?? [])
    await expect.poll(() => pictureOf(page, 'Queue'), WAIT).toEqual(pictureInDatabase(clinic))
  if (windows.doctor) {
    const { page } = windows.doctor
    await expect
      .poll(() => pictureOf(page, 'My queue'), WAIT)
      .toEqual(pictureInDatabase(clinic, clinic.doctor && { doctorId: clinic.doctor.id }))
  }
}

/** How long the slowest machine may take to show a change. */
export const WAIT = { timeout: 20_000, interval: 25 }
