import { afterAll, beforeAll, expect, test } from 'vitest'
import { PAGES_DIR } from '../../local/pages.ts'
import { anAppointment, take } from '../support/acts.ts'
import { aClinic, type TestClinic } from '../support/clinic.ts'
import { type Firefox, launchFirefox } from '../support/firefox.ts'
import { forPhones, publicUrl, tokenFor } from '../support/public.ts'

// Patients bring the browsers that they have: the public pages in Firefox too.

let firefox: Firefox
let clinic: TestClinic

beforeAll(async () => {
  clinic = await aClinic({ hub: { ...forPhones(), pagesDir: PAGES_DIR } })
  firefox = await launchFirefox()
})
afterAll(async () => {
  await firefox?.close()
  await clinic?.close()
})

const says = (text: string) => `document.querySelector('h1')?.textContent === ${JSON.stringify(text)}`

test('S5: a ticket’s page follows its visit live, and is rated', async () => {
  const [ahead, visit] = [await clinic.aVisit(), await clinic.aVisit()]
  const page = await firefox.open(`${publicUrl(clinic)}/t/${tokenFor(clinic, 'ticket', visit.id)}`)
  await page.until(says('1 before you'))
  await take(clinic.as.receptionist, ahead, 'left')
  await page.until(says('You are next'), 1000)
  const body = { version: visit.version }
  const called = await clinic.as.doctor.visits.call({ params: { id: visit.id }, body })
  await page.until(says('Please come now'), 1000)
  expect(await page.evaluate(`document.querySelector('.room').textContent`)).toBe('Room 2')
  await take(clinic.as.doctor, called, 'in_consultation', 'completed')
  await page.until(`document.querySelector('form') !== null`, 1000)
  await page.press('.star:nth-of-type(4) input')
  await page.press('.word:nth-of-type(1) input')
  await page.press('button[type=submit]')
  await page.until(`document.querySelector('.thanks') !== null`)
  const { items } = await clinic.as.administrator.ratings.list({ query: { clinicId: clinic.clinicId } })
  expect(items).toMatchObject([{ visitId: visit.id, stars: 4, words: ['kind'] }])
  expect(page.faults).toEqual([])
  await page.close()
})

test('S5: an appointment’s slip is confirmed and cancelled; in Arabic from right to left', async () => {
  const appointment = await anAppointment(clinic, 120)
  const page = await firefox.open(`${publicUrl(clinic)}/a/${tokenFor(clinic, 'slip', appointment.id)}`)
  await page.until(`document.querySelector('.time')?.textContent === '11:00'`)
  await page.press('.acts button:nth-of-type(1)')
  await page.until(`document.body.dataset.state === 'confirmed'`, 1000)
  await page.press('.languages button[lang=ar]')
  await page.until(`document.documentElement.dir === 'rtl' && document.querySelector('.clinic').textContent !== ''`)
  await page.press('.acts button:nth-of-type(2)')
  await page.press('.choices button:nth-of-type(1)')
  await page.until(says('أُلغي هذا الموعد'), 1000)
  expect(page.faults).toEqual([])
  await page.close()
})

test('S4: a waiting-room screen shows who is called and who is next, live', async () => {
  const page = await firefox.open(`${publicUrl(clinic)}/board`, { width: 1280, height: 720 })
  await page.until(`document.querySelector('#clinic')?.textContent.includes('Anteroom Test')`)
  const visit = await clinic.aVisit()
  await page.until(`document.querySelector('#lines').textContent.includes('${visit.ticket}')`, 1000)
  const body = { version: visit.version, reason: 'a reason' }
  await clinic.as.receptionist.visits.call({ params: { id: visit.id }, body: { ...body, doctorId: clinic.doctor.id } })
  await page.until(`document.querySelector('#hero').textContent.includes('${visit.ticket}')`, 2000)
  expect(page.faults).toEqual([])
  await page.close()
})
