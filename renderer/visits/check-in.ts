import { api, newId } from '../live/api.ts'
import { currentClinic } from '../live/clinic.ts'
import { perform } from '../live/perform.ts'
import { adopt, findRecord } from '../live/store.ts'
import { formatsFor } from '../ui/formats.ts'
import { currentLanguage, t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import { undoVisit } from './commands.tsx'
import { openFamilyWalkIn } from './open-dialogs.tsx'

/** Q4: the appointment's patient is here. Answers the visit's id. */
export async function checkInAppointment(
  appointmentId: string,
  familyId: string | null = null,
): Promise<string | undefined> {
  const answer = await perform({
    key: `visit.checkIn.${appointmentId}`,
    run: (id) => api.visits.checkIn({ body: { id, appointmentId, familyId } }, { context: { intent: id } }),
  })
  if (!answer) return undefined
  const { visit, alreadyOpen, owesMinor } = answer
  adopt({ visits: [visit] })
  const done = t(alreadyOpen ? 'walkIn.alreadyOpen' : 'walkIn.done', { ticket: visit.ticket })
  toast({
    tone: 'plain',
    subject: visit.id,
    text: owesMinor > 0 ? `${done} ${t('walkIn.owes', { amount: moneyText(owesMinor) })}` : done,
    ...(alreadyOpen ? {} : { undo: () => void undoVisit(visit.id) }),
  })
  return visit.id
}

/** Q12: the appointment's patient is here, and others of the family with them. */
export async function checkInFamily(appointmentId: string): Promise<string | undefined> {
  const visitId = await checkInAppointment(appointmentId, newId())
  const visit = findRecord('visits', visitId)
  if (visit) openFamilyWalkIn(visit)
  return visitId
}

/** An amount in words of the clinic's currency, outside a component. */
export function moneyText(minor: number): string {
  const clinic = currentClinic()
  return clinic ? formatsFor(currentLanguage(), clinic.timeZone, clinic.currency).money(minor) : String(minor)
}
