import { currentClinic } from '../live/clinic.ts'
import { findRecord } from '../live/store.ts'
import { pageCode } from '../phone-pages/page-code.ts'
import { printPaper } from '../phone-pages/print-paper.ts'
import { formatsFor } from '../ui/formats.ts'
import { currentLanguage, t } from '../ui/i18n.ts'
import { printOnce } from '../ui/print-now.ts'

/** An appointment on paper: clinic, day, time, and the code of its page (S5). No name: slips are left lying about. */
export const printAppointmentSlip = (appointmentId: string) => printOnce(() => makeSlip(appointmentId))

async function makeSlip(appointmentId: string) {
  const appointment = findRecord('appointments', appointmentId)
  const clinic = currentClinic()
  if (!appointment || !clinic) return
  const format = formatsFor(currentLanguage(), clinic.timeZone, clinic.currency)
  const code = await pageCode('slip', appointment.id)
  printPaper([
    ['clinic', clinic.name],
    ['at', t('slip.appointment')],
    ['for', format.dayWithWeekday(appointment.day)],
    ['ticket', format.time(appointment.startsAt)],
    code,
    ['words', t(code ? 'slip.bookedWithCode' : 'slip.booked')],
  ])
}
