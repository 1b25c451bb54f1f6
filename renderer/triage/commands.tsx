import type { AgeBand, Pregnancy, Vitals } from '../../contract/triage.ts'
import type { Urgency, Visit } from '../../contract/visits.ts'
import { api } from '../live/api.ts'
import { perform } from '../live/perform.ts'
import { adopt } from '../live/store.ts'
import { ask } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import { stepVisit } from '../visits/commands.tsx'

export type Look = {
  vitals: Vitals
  scaleDecidedById: string | null
  ageBand: AgeBand | null
  pregnancy: Pregnancy
  level: Urgency
  loweredReason: string | null
  /** When they were taken, if not just now. */
  takenAt: string | null
}

export const recordKey = (visitId: string) => `triage.record.${visitId}`

/** T1: keeps what was taken. Where somebody else was quicker the draft stays, and says so. */
export async function recordTriage(
  visit: Visit,
  look: Look,
  on: { changed: () => void; needsReason: () => void; tooEarly: () => void },
): Promise<boolean> {
  const kept = await perform({
    key: recordKey(visit.id),
    run: (intent) =>
      api.triage.record(
        { params: { id: visit.id }, body: { id: intent, version: visit.version, ...look } },
        { context: { intent } },
      ),
    on: {
      reason_required: on.needsReason,
      ...(look.takenAt ? { bad_input: on.tooEarly } : {}),
      stale_version: ({ current }) => {
        adopt({ visits: [current as Visit] })
        on.changed()
      },
    },
  })
  if (!kept) return false
  adopt({ visits: [kept.visit], triageRecords: [kept.record] })
  const words = { ticket: visit.ticket, level: t(`urgency.${kept.visit.urgency}`) }
  toast({ tone: 'plain', subject: visit.id, text: t(kept.alertRaised ? 'triage.doneAlert' : 'triage.done', words) })
  return true
}

/** T5: somebody has looked, without vital signs. */
export const lookAt = (visitId: string): Promise<Visit | undefined> =>
  stepVisit(
    visitId,
    'look',
    ({ id, version }, intent) => api.triage.look({ params: { id }, body: { version } }, { context: { intent } }),
    { done: ({ ticket }) => t('triage.lookedAt', { ticket }) },
  )

export async function openChart(visit: Visit): Promise<void> {
  const { ChartDialog } = await import('./ChartDialog.tsx')
  await ask<never>((close) => <ChartDialog visit={visit} onClose={() => close()} />)
}
