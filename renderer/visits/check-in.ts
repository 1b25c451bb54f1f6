import { api } from '../live/api.ts'
import { currentClinic } from '../live/clinic.ts'
import { perform } from '../live/perform.ts'
import { adopt } from '../live/store.ts'
import { formatsFor } from '../ui/formats.ts'
import { currentLanguage, t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import { undoVisit } from './commands.tsx'

/** Q4: the appointment's patient is here. Answers the visit's id. */
export async function checkInAppointment(appointmentId: string): Promise<string | undefined> {
  const answer = await perform({
    key: `visit.checkIn.${appointmentId}`,
    run: (id) => api.visits.checkIn({ body: { id, appointmentId } }, { context: { intent: id } }),
  })
  if (!answer) return undefined
  const { visit, alreadyOpen, owesMinor } = answer
  adopt({ visits: [visit] })
  const done = t(alreadyOpen ? 'walkIn.alreadyOpen' : 'walkIn.done', { ticket: visit.ticket })
  toast({
    tone: 'plain',
    subject: visit.id,
    text: owesMinor > 0 ? `${done} ${t('walkIn.owes', { amount: moneyText(owesMinor) })}` : done,
    ...(alreadyOpen ? {} : { action: { label: t('common.undo'), run: () => void undoVisit(visit.id) } }),
  })
  return visit.id
}

/** An amount in words of the clinic's currency, outside a component. */
export function moneyText(minor: number): string {
  const clinic = currentClinic()
  return clinic ? formatsFor(currentLanguage(), clinic.timeZone, clinic.currency).money(minor) : String(minor)
}
