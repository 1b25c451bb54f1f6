import { useRef, useState } from 'react'
import type { DangerSign, Visit } from '../../contract/visits.ts'
import { api } from '../live/api.ts'
import { useClinicId } from '../live/clinic.ts'
import { giveUpOld, settle, useMade } from '../live/intents.ts'
import { perform, useBusy } from '../live/perform.ts'
import { adopt } from '../live/store.ts'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'

const KEY = 'visit.emergency'
/** Whoever asks for help again after so long asks for somebody else. */
const SAME_MS = 2 * 60_000

export type Emergency = { label: string; dangerSigns: readonly DangerSign[] }

/**
 * T0: one emergency is raised once, also when its answer was lost and the page loaded anew; and another one is never taken
 * for the one before: with other words, or later, it is raised by itself.
 */
export function useEmergency(onClose: () => void) {
  const clinicId = useClinicId()
  const busy = useBusy(KEY)
  const sent = useRef(false)
  useState(() => giveUpOld(KEY, SAME_MS))
  const leave = () => {
    settle(KEY)
    onClose()
  }
  const raised = ({ ticket }: Pick<Visit, 'ticket'>) => {
    toast({ tone: 'plain', text: t('emergency.raised', { ticket }) })
    leave()
  }
  useMade('visits', KEY, (visit) => {
    if (sent.current) return raised(visit)
    // From before the page was loaded anew. What is asked for now may be another: it stays open.
    toast({ tone: 'plain', text: t('emergency.raised', { ticket: visit.ticket }) })
  })
  const raise = async ({ label, dangerSigns }: Emergency): Promise<void> => {
    sent.current = true
    const body = { clinicId, label: label.trim() || null, dangerSigns: [...dangerSigns] }
    const answer = await perform({
      key: KEY,
      wanted: KEY,
      run: (intent) => api.visits.emergency({ body: { id: intent, ...body } }, { context: { intent } }),
      on: { idempotency_mismatch: () => raise({ label, dangerSigns }) },
    })
    if (!answer) return
    adopt({ visits: [answer.visit] })
    raised(answer.visit)
  }
  return { busy, raise, leave }
}
