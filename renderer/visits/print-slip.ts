import { ticketMark } from '../../rules/ticket-mark.ts'
import { currentClinic } from '../live/clinic.ts'
import { findRecord } from '../live/store.ts'
import { pageCode } from '../phone-pages/page-code.ts'
import { printPaper } from '../phone-pages/print-paper.ts'
import { ticketPicture } from '../public/ticket-picture.ts'
import { formatsFor } from '../ui/formats.ts'
import { currentLanguage, t } from '../ui/i18n.ts'
import { printOnce } from '../ui/print-now.ts'
import { destinationName } from './visit-words.ts'

/**
 * The ticket on paper: clinic, picture and ticket, whom for, since when, and the code of its page (S5). No name: slips are
 * left lying about.
 */
export const printSlip = (visitId: string) => printOnce(() => makeSlip(visitId))

async function makeSlip(visitId: string) {
  const visit = findRecord('visits', visitId)
  const clinic = currentClinic()
  if (!visit || !clinic) return
  const format = formatsFor(currentLanguage(), clinic.timeZone, clinic.currency)
  const code = await pageCode('ticket', visit.id)
  printPaper([
    ['clinic', clinic.name],
    ticketPicture(ticketMark(visit.ticket), ''),
    ['ticket', visit.ticket],
    ['for', destinationName(visit)],
    ['at', t('slip.arrived', { when: format.dateAndTime(visit.arrivedAt) })],
    code,
    ['words', t(code ? 'slip.wordsWithCode' : 'slip.words')],
  ])
}
