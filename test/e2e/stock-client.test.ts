import type { Browser } from 'playwright-core'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FeedEvent } from '../../contract/feed.ts'
import { anAppointment } from '../support/acts.ts'
import { aClinicOnScreen, type ClinicOnScreen, type ConsoleWindow, launchBrowser } from '../support/browser.ts'
import { PASSWORD } from '../support/clinic.ts'
import { choose, press, row, toast } from './hands.ts'
import { WAIT } from './picture.ts'

// Any Socket.IO client with a login token hears a clinic, while people work in the page.

let browser: Browser
let clinic: ClinicOnScreen
let desk: ConsoleWindow
let socket: Socket
const heard: { name: string; event: FeedEvent }[] = []

beforeAll(async () => {
  browser = await launchBrowser()
  clinic = await aClinicOnScreen(browser)
  desk = await clinic.window('receptionist')
  const answer = await fetch(`${clinic.hub.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'nurse', password: PASSWORD }),
  })
  const { accessToken } = (await answer.json()) as { accessToken: string }
  socket = io(clinic.hub.url, { auth: { token: accessToken } })
  socket.onAny((name: string, event: FeedEvent) => heard.push({ name, event }))
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve())
    socket.once('connect_error', reject)
  })
})
afterAll(async () => {
  socket?.close()
  await clinic?.close()
  await browser?.close()
})

const hears = (name: string) =>
  expect.poll(() => heard.filter((word) => word.name === name).length, WAIT).toBeGreaterThan(0)
const last = (name: string) => heard.findLast((word) => word.name === name)?.event

test('it hears nothing of a clinic before it joins, and is told when it may not', async () => {
  await clinic.aPatient()
  expect(await socket.emitWithAck('join_queue_room', { clinicId: 'another' })).toMatchObject({ ok: false })
  expect(heard.filter(({ name }) => name.startsWith('patient_'))).toEqual([])
  expect(await socket.emitWithAck('join_queue_room', { clinicId: clinic.clinicId })).toEqual({ ok: true })
})

test('patient_created and appointment_created: somebody new is registered and booked', async () => {
  const { page } = desk
  await page.keyboard.press('F6')
  const dialog = page.getByRole('dialog', { name: 'Book' })
  await dialog.getByRole('combobox', { name: 'Patient' }).fill('Okafor')
  await dialog.getByRole('option', { name: 'Register “Okafor” as new' }).click()
  await dialog.getByRole('textbox', { name: 'Given name' }).fill('Amara')
  await choose(dialog, 'Doctor', 'Dr Chen')
  await dialog.getByRole('radio', { name: '09:20' }).click()
  await dialog.getByRole('button', { name: 'Book 09:20' }).click()
  await hears('patient_created')
  await hears('appointment_created')
  expect(last('patient_created')?.changes.patients).toMatchObject([{ familyName: 'Okafor', givenName: 'Amara' }])
  expect(last('appointment_created')?.changes.appointments).toMatchObject([{ startsAt: '2026-03-09T03:20:00.000Z' }])
})

test('appointment_updated: it is confirmed', async () => {
  const { page } = desk
  await row(page, 'Arrivals', 'Okafor Amara').click()
  await page.getByRole('button', { name: 'Confirm' }).click()
  await hears('appointment_updated')
  expect(last('appointment_updated')?.changes.appointments).toMatchObject([{ status: 'confirmed' }])
})

test('new_checkin and queue_updated: the patient arrives', async () => {
  const { page } = desk
  await page.getByRole('grid', { name: 'Arrivals' }).press('Enter')
  await toast(page, 'A001 is checked in')
  await hears('new_checkin')
  await hears('queue_updated')
  expect(last('new_checkin')?.changes.visits).toMatchObject([{ ticket: 'A001', doctorId: clinic.doctor.id }])
  expect(last('new_checkin')).toMatchObject({ clinicId: clinic.clinicId, doctorId: clinic.doctor.id })
})

test('visit_status_changed: the patient is called', async () => {
  await press(desk.page, 'Call')
  await hears('visit_status_changed')
  expect(last('visit_status_changed')?.changes.visits).toMatchObject([{ ticket: 'A001', status: 'called' }])
})

test('payment_processed: the patient pays', async () => {
  const { page } = desk
  await page.keyboard.press('F9')
  await page.getByRole('dialog').getByRole('button', { name: 'Take ৳500.00' }).click()
  await hears('payment_processed')
  expect(last('payment_processed')?.changes.payments).toMatchObject([{ amountMinor: 50_000, method: 'cash' }])
})

test('appointment_cancelled: another one calls off', async () => {
  const { page } = desk
  const patient = await clinic.aPatient({ familyName: 'Silva', givenName: 'João' })
  const booked = await anAppointment(clinic, 60, { patientId: patient.id })
  await row(page, 'Arrivals', 'Silva João').click()
  await page.getByRole('button', { name: 'Cancel appointment' }).click()
  const dialog = page.getByRole('dialog', { name: 'Cancel this appointment' })
  await dialog.getByRole('button', { name: 'Patient cancelled' }).click()
  await dialog.getByRole('button', { name: 'Cancel appointment' }).click()
  await hears('appointment_cancelled')
  expect(last('appointment_cancelled')?.changes.appointments).toMatchObject([
    { id: booked.id, status: 'cancelled', cancelReason: 'Patient cancelled' },
  ])
})

test('patient_updated: a record is corrected; every event has one envelope, in the order of one sequence', async () => {
  const [patient] = (await clinic.as.receptionist.patients.search({ query: { q: 'okafor' } })).items
  if (!patient) throw new Error('the patient is gone')
  const { number: _, mergedIntoId: __, id, ...fields } = patient
  await clinic.as.receptionist.patients.update({ params: { id }, body: { ...fields, givenName: 'Amara Jane' } })
  await hears('patient_updated')
  expect(last('patient_updated')?.changes.patients).toMatchObject([{ givenName: 'Amara Jane' }])

  const events = heard.filter(({ name }) => !['connected', 'heartbeat'].includes(name))
  for (const { name, event } of events) {
    expect(Object.keys(event).sort()).toEqual(['actorId', 'at', 'changes', 'clinicId', 'doctorId', 'seq', 'type'])
    expect(event.type).toBe(name)
  }
  const order = events.map(({ event }) => event.seq)
  expect(order).toEqual([...new Set(order)].sort((a, b) => a - b))
  expect(desk.faults).toEqual([])
})
