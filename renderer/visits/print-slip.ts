import { currentClinic } from '../live/clinic.ts'
import { findRecord } from '../live/store.ts'
import { formatsFor } from '../ui/formats.ts'
import { currentLanguage, t } from '../ui/i18n.ts'
import { printNow } from '../ui/print-now.ts'
import { destinationName } from './visit-words.ts'
import './print-slip.css'

/** The ticket on paper: clinic, ticket, whom for, since when. No name: slips are left lying about. */
export function printSlip(visitId: string) {
  const visit = findRecord('visits', visitId)
  const clinic = currentClinic()
  if (!visit || !clinic) return
  const format = formatsFor(currentLanguage(), clinic.timeZone, clinic.currency)
  const slip = document.createElement('section')
  slip.className = 'anteroom-slip'
  const lines = [
    ['clinic', clinic.name],
    ['ticket', visit.ticket],
    ['for', destinationName(visit)],
    ['at', t('slip.arrived', { when: format.dateAndTime(visit.arrivedAt) })],
    ['words', t('slip.words')],
  ] as const
  for (const [part, text] of lines) {
    const line = document.createElement('p')
    line.dataset.part = part
    line.textContent = text
    slip.append(line)
  }
  document.body.append(slip)
  window.addEventListener('afterprint', () => slip.remove(), { once: true })
  printNow('receipt', slip)
}
