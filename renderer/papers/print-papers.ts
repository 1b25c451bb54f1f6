import type { Visit } from '../../contract/visits.ts'
import { currentClinic, currentDay } from '../live/clinic.ts'
import { useSession } from '../live/session.ts'
import { findRecord, useLive } from '../live/store.ts'
import { formatsFor } from '../ui/formats.ts'
import { currentLanguage, t } from '../ui/i18n.ts'
import { bannerName } from '../ui/patient-name.ts'
import { printNow, printOnce } from '../ui/print-now.ts'
import './papers.css'
import { apart, inARow, listed } from '../ui/direction.ts'

/** A sheet that a doctor signs: clinic, patient, what it says, doctor and day. */
export type Sheet = { title: string; size: 'A5' | 'A4'; body: readonly (string | readonly (readonly string[])[])[] }

/** What was prescribed in a visit, on A5. */
export function printPrescription(visit: Visit) {
  const rows = Object.values(useLive.getState().nouns.prescriptions)
    .filter((one) => one.visitId === visit.id && one.withdrawnAt === null)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ medicine, dose, howOften, howLong, note }) => [inARow([medicine, note], ' – '), dose, howOften, howLong])
  const heads = (['medicine', 'dose', 'howOften', 'howLong'] as const).map((name) => t(`prescription.${name}`))
  printSheet(visit, { title: t('paper.prescription'), size: 'A5', body: [[heads, ...rows]] })
}

/** Prints a sheet about the patient of a visit, signed by the doctor who prints it. */
export const printSheet = (visit: Visit, sheet: Sheet) => printOnce(() => makeSheet(visit, sheet))

function makeSheet(visit: Visit, { title, size, body }: Sheet) {
  const clinic = currentClinic()
  if (!clinic) return
  const format = formatsFor(currentLanguage(), clinic.timeZone, clinic.currency)
  const paper = element('section')
  paper.className = 'anteroom-sheet'
  paper.dataset.size = size
  const head = element('header')
  head.append(element('h1', clinic.name))
  for (const line of [clinic.address, clinic.phone]) if (line) head.append(element('p', line))
  paper.append(head, element('h2', title), aboutPatient(visit, format))
  for (const part of body) paper.append(typeof part === 'string' ? prose(part) : table(part))
  paper.append(signature(visit, format))
  document.body.append(paper)
  window.addEventListener('afterprint', () => paper.remove(), { once: true })
  printNow('page')
}

type Formats = ReturnType<typeof formatsFor>

function aboutPatient(visit: Visit, format: Formats): HTMLElement {
  const patient = findRecord('patients', visit.patientId)
  const line = element('p')
  line.dataset.part = 'patient'
  const name = element('strong', patient ? bannerName(patient) : (visit.label ?? visit.ticket))
  const born =
    patient?.birthDate && !patient.birthDateEstimated ? t('paper.born', { day: format.day(patient.birthDate) }) : ''
  line.append(
    name,
    [born, patient?.number]
      .filter(Boolean)
      .map((text) => `, ${apart(text)}`)
      .join(''),
  )
  return line
}

function signature(visit: Visit, format: Formats): HTMLElement {
  const { user } = useSession.getState()
  const doctor = findRecord('doctors', user?.doctorId ?? visit.doctorId)
  const foot = element('footer')
  const who = listed([doctor?.displayName ?? user?.displayName, doctor?.specialty])
  foot.append(element('p', format.day(currentDay())), element('p', who))
  return foot
}

function table(rows: readonly (readonly string[])[]): HTMLElement {
  const made = document.createElement('table')
  rows.forEach((cells, index) => {
    const row = made.insertRow()
    for (const text of cells) row.append(element(index === 0 ? 'th' : 'td', text))
  })
  return made
}

function prose(text: string): HTMLElement {
  const made = element('p', text)
  made.dataset.part = 'text'
  return made
}

function element(name: string, text?: string): HTMLElement {
  const made = document.createElement(name)
  if (text !== undefined) made.textContent = text
  return made
}
