import type { ErrorData } from '../../contract/errors.ts'
import type { Visit } from '../../contract/visits.ts'
import { saveNow } from '../consultation/autosave.ts'
import { api } from '../live/api.ts'
import { perform } from '../live/perform.ts'
import { adopt, findRecord } from '../live/store.ts'
import { openRecord } from '../patients/open-record.ts'
import { ask } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import { finishVisit, setStatus, undoVisit } from '../visits/commands.tsx'
import { roomName, visitChange } from '../visits/visit-words.ts'
import { type Becomes, StillOpenDialog } from './StillOpenDialog.tsx'
import { lookAt } from './selection.ts'

type Present = { visitId: string; version: number; becomes: Becomes }

/** Q7: safe at any time. With a patient still open it asks what becomes of them, and then calls. */
export async function callNext(doctorId: string, present?: Present): Promise<void> {
  const answer = await perform({
    key: 'visit.callNext',
    noun: 'visits',
    sayChange: visitChange,
    run: async (intent) => ({
      visit: await api.visits.callNext(
        { body: { doctorId, ...(present ? { present } : {}) } },
        { context: { intent } },
      ),
    }),
    on: {
      patient_still_open: (data: ErrorData<'patient_still_open'>) => askAboutOpen(doctorId, data.visitId),
      nobody_to_call: () => toast({ tone: 'plain', text: t('myQueue.nobody') }),
    },
  })
  if (!answer) return
  const { visit } = answer
  if (!visit) return toast({ tone: 'plain', text: t('myQueue.nobody') })
  adopt({ visits: [visit] })
  lookAt(present?.becomes === 'ahead' ? null : visit.id)
  toast({
    tone: 'plain',
    subject: visit.id,
    text: t('visit.done.called', { ticket: visit.ticket, room: roomName(visit.roomId) || t('visit.toYou') }),
    undo: () => void undoVisit(visit.id),
  })
}

async function askAboutOpen(doctorId: string, visitId: string) {
  const visit = findRecord('visits', visitId)
  if (!visit) return
  const becomes = await ask<Becomes>((close) => (
    <StillOpenDialog visitId={visitId} doctorId={doctorId} onAnswer={close} />
  ))
  const current = findRecord('visits', visitId)
  if (becomes && current) await callNext(doctorId, { visitId, version: current.version, becomes })
}

/** What was typed last goes first. */
export async function finishConsultation(visitId: string): Promise<void> {
  await saveNow(visitId)
  await finishVisit(visitId)
}

/** The patient came in: the consultation begins, and with it the record is opened (P5). */
export async function startConsultation(visit: Visit): Promise<void> {
  const started = await setStatus(visit.id, 'in_consultation')
  if (!started) return
  lookAt(started.id)
  if (started.patientId) await openRecord(started.patientId)
}
