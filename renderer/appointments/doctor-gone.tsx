import { lazy } from 'react'
import type { ErrorData } from '../../contract/errors.ts'
import type { Rebooking } from '../../contract/rebookings.ts'
import { api } from '../live/api.ts'
import { perform } from '../live/perform.ts'
import { adopt, findRecord } from '../live/store.ts'
import { openPhoneList } from '../phone-calls/open-phone-list.tsx'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'
import { listName, visitName } from '../ui/patient-name.ts'
import { toast } from '../ui/toasts.ts'

const DoctorGoneDialog = lazy(() =>
  import('./DoctorGoneDialog.tsx').then((file) => ({ default: file.DoctorGoneDialog })),
)

/** Q12: a doctor is late, or gone for today. */
export const openDoctorGone = (doctorId?: string) =>
  openDialog((close) => <DoctorGoneDialog doctorId={doctorId} onClose={close} />)

export const REBOOK_KEY = 'appointment.rebook'

type Request = Omit<Parameters<typeof api.rebookings.rebook>[0]['body'], 'id'>
type NotRebooked = ErrorData<'not_rebooked'>

/** Moves all or none; then whoever is not here is to be phoned. */
export async function rebookAll(request: Request, refused: (why: NotRebooked) => void): Promise<boolean> {
  const done = await perform({
    key: REBOOK_KEY,
    on: { not_rebooked: refused },
    run: (id) => api.rebookings.rebook({ body: { id, ...request } }, { context: { intent: id } }),
  })
  if (!done) return false
  adoptRebooking(done)
  const { appointments, visits, phoneCalls } = done
  toast({
    tone: 'plain',
    subject: done.id,
    text: t('gone.done', { appointments: appointments.length, visits: visits.length }),
    undo: () => void undoRebooking(done.id),
  })
  const name = findRecord('doctors', request.doctorId)?.displayName
  if (phoneCalls.length > 0) openPhoneList({ title: t('gone.toPhone', { name }), calls: phoneCalls })
  return true
}

/** U4: as a whole, while nobody was told and nothing has gone on. */
async function undoRebooking(id: string): Promise<void> {
  const undone = await perform({
    key: `${REBOOK_KEY}.undo.${id}`,
    run: (intent) => api.rebookings.undo({ params: { id } }, { context: { intent } }),
  })
  if (!undone) return
  adoptRebooking(undone)
  toast({ tone: 'plain', subject: id, text: t('gone.undone') })
}

const adoptRebooking = ({ appointments, visits, phoneCalls }: Rebooking) => adopt({ appointments, visits, phoneCalls })

/** Whom it stopped at, and why. */
export function refusedWords({ appointmentId, visitId, why, byName }: NotRebooked): string {
  const visit = findRecord('visits', visitId)
  const patient = findRecord('patients', findRecord('appointments', appointmentId)?.patientId)
  const name = visit ? `${visit.ticket} ${visitName(visit)}` : patient ? listName(patient) : t('patient.unknown')
  return t(`gone.refused.${why}`, { name, by: byName })
}
