import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Appointment } from '../../contract/appointments.ts'
import type { DangerSign, Urgency, Visit } from '../../contract/visits.ts'
import { api, newId } from '../live/api.ts'
import { useClinicId, useToday } from '../live/clinic.ts'
import { useDraft } from '../live/drafts.ts'
import { intentOf, settle } from '../live/intents.ts'
import { perform } from '../live/perform.ts'
import { adopt, useLive } from '../live/store.ts'
import { nobodyYet, type PatientDraft, saysWho } from '../patients/new-patient.ts'
import { registerPatient } from '../patients/register.ts'
import { useUsualService } from '../services/usual-service.ts'
import { showVisit } from '../today/selection.ts'
import { useFormat } from '../ui/format.ts'
import { toast } from '../ui/toasts.ts'
import { undoVisit } from './commands.tsx'
import { type Destination, useOnlyDestination } from './DestinationChoice.tsx'

export type WalkInDraft = PatientDraft & {
  to: Destination
  serviceId: string | null
  urgency: Urgency
  dangerSigns: DangerSign[]
}

const empty: WalkInDraft = {
  patientId: null,
  registering: false,
  newPatient: nobodyYet,
  to: { doctorId: null, poolId: null },
  serviceId: null,
  urgency: 'standard',
  dangerSigns: [],
}

type WalkIn = {
  patientId: string | null
  /** Q12: one of the family who is checked in already. */
  first: Visit | undefined
  onClose: () => void
}

/** What is typed of one who walks in, and how it is sent: alone, or one of a family after the other (Q12). */
export function useWalkIn({ patientId, first, onClose }: WalkIn) {
  const clinicId = useClinicId()
  const today = useToday()
  const usual = useUsualService()
  const tell = useTell()
  const only = useOnlyDestination()
  const [typed, change, clear] = useDraft<WalkInDraft>('walkIn', { ...empty, patientId, serviceId: usual })
  const draft = typed.to.doctorId || typed.to.poolId || !only ? typed : { ...typed, to: only }
  const [entry, setEntry] = useState(0)
  const [family, setFamily] = useState<Family | null>(first ? familyWith(first, []) : null)
  const [busy, setBusy] = useState(false)
  const booked = useBookedToday(family ? draft.patientId : null)
  const ready = saysWho(draft, today) && Boolean(booked ?? draft.to.doctorId ?? draft.to.poolId)

  // Consecutive tickets: the next of the family is asked for without leaving the dialog.
  const goOn = (visit: Visit, familyId: string) => {
    setFamily(familyWith({ ...visit, familyId: visit.familyId ?? familyId }, family?.tickets ?? []))
    setEntry(entry + 1)
    change({ patientId: null, registering: false, newPatient: nobodyYet, dangerSigns: [], urgency: 'standard' })
  }
  const send = async (another: boolean) => {
    if (!ready || busy) return
    setBusy(true)
    try {
      const familyId = family?.id ?? (another ? intentOf(WANTED.family) : null)
      const answer = await checkIn({ ...draft, familyId, booked }, change, clinicId, today)
      if (!answer) return
      if (another && familyId) return goOn(answer.visit, familyId)
      clear()
      onClose()
      tell(answer)
    } finally {
      setBusy(false)
    }
  }
  const leave = () => {
    settle(WANTED.patient)
    settle(WANTED.visit)
    clear()
    onClose()
  }
  return { draft, change, entry, family, booked, ready, busy, send, leave }
}

/** That somebody is in the queue, with which ticket and what they still owe, and the way back. */
function useTell() {
  const { t } = useTranslation()
  const format = useFormat()
  return ({ visit, alreadyOpen, owesMinor }: { visit: Visit; alreadyOpen: boolean; owesMinor: number }) => {
    const text = t(alreadyOpen ? 'walkIn.alreadyOpen' : 'walkIn.done', { ticket: visit.ticket })
    const owes = owesMinor > 0 ? ` ${t('walkIn.owes', { amount: format.money(owesMinor) })}` : ''
    const undo = () => void undoVisit(visit.id)
    toast({ tone: 'plain', text: text + owes, ...(alreadyOpen ? {} : { undo }) })
    showVisit(visit.id)
  }
}

const WANTED = { patient: 'walkIn.patient', visit: 'walkIn.visit', family: 'walkIn.visit/family' }
type Family = { id: string; tickets: string[] }

const familyWith = ({ familyId, ticket }: Visit, tickets: string[]): Family => ({
  id: familyId ?? newId(),
  tickets: [...new Set([...tickets, ticket])],
})

/** Of a family, who has an appointment today is checked in for that. */
function useBookedToday(patientId: string | null): Appointment | undefined {
  const today = useToday()
  return useLive(({ nouns }) =>
    patientId
      ? Object.values(nouns.appointments)
          .filter((each) => each.patientId === patientId && each.day === today)
          .filter(({ status }) => status === 'booked' || status === 'confirmed')
          .sort((a, b) => a.startsAt.localeCompare(b.startsAt))[0]
      : undefined,
  )
}

async function checkIn(
  draft: WalkInDraft & { familyId: string | null; booked: Appointment | undefined },
  change: (part: Partial<WalkInDraft>) => void,
  clinicId: string,
  today: string,
) {
  const patientId = draft.patientId ?? (await registerPatient(clinicId, draft.newPatient, today, WANTED.patient))?.id
  if (!patientId) return undefined
  // Registered is registered, also when the check-in is refused.
  if (draft.registering) change({ patientId, registering: false })
  const { serviceId, dangerSigns, familyId, booked } = draft
  const { doctorId, poolId } = draft.to
  const arrival = { familyId, dangerSigns, ...(draft.urgency === 'standard' ? {} : { urgency: draft.urgency }) }
  const answer = await perform({
    key: 'visit.walkIn',
    wanted: WANTED.visit,
    run: (id) =>
      booked
        ? api.visits.checkIn({ body: { id, appointmentId: booked.id, ...arrival } }, { context: { intent: id } })
        : api.visits.walkIn(
            { body: { id, clinicId, patientId, serviceId, doctorId, poolId, ...arrival } },
            { context: { intent: id } },
          ),
  })
  if (answer) adopt({ visits: [answer.visit] })
  return answer
}
