import { Button, SegmentedControl, Select } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
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
import { PatientChoice } from '../patients/PatientChoice.tsx'
import { registerPatient } from '../patients/register.ts'
import { useUsualService } from '../services/usual-service.ts'
import { showVisit } from '../today/selection.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { toast } from '../ui/toasts.ts'
import { useChoices } from '../ui/use-here.ts'
import { undoVisit } from './commands.tsx'
import { DangerSigns } from './DangerSigns.tsx'
import { type Destination, DestinationChoice, destinationKey } from './DestinationChoice.tsx'
import styles from './VisitDialogs.module.css'
import { destinationName } from './visit-words.ts'

type Draft = PatientDraft & {
  to: Destination
  serviceId: string | null
  urgency: Urgency
  dangerSigns: DangerSign[]
}

const empty: Draft = {
  patientId: null,
  registering: false,
  newPatient: nobodyYet,
  to: { doctorId: null, poolId: null },
  serviceId: null,
  urgency: 'standard',
  dangerSigns: [],
}

const LEVELS = ['non_urgent', 'standard', 'urgent', 'very_urgent'] as const satisfies readonly Urgency[]

type Props = {
  patientId?: string | null
  /** Q12: one of the family who is checked in already. */
  with?: Visit
  onClose: () => void
}

/** F4, three letters, Enter, doctor, Enter. */
export function WalkInDialog({ patientId = null, with: first, onClose }: Props) {
  const { t } = useTranslation()
  const clinicId = useClinicId()
  const today = useToday()
  const format = useFormat()
  const services = useChoices('services')
  const usual = useUsualService()
  const [draft, change, clear] = useDraft<Draft>('walkIn', { ...empty, patientId, serviceId: usual })
  const [entry, setEntry] = useState(0)
  const [family, setFamily] = useState<Family | null>(first ? familyWith(first, []) : null)
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLDivElement>(null)
  const booked = useBookedToday(family ? draft.patientId : null)
  const ready = saysWho(draft, today) && (booked ?? draft.to.doctorId ?? draft.to.poolId)

  // By the keyboard alone: once there is a patient, the next question is where to.
  const wanted = useRef(false)
  useEffect(() => {
    if (!wanted.current || !draft.patientId) return
    wanted.current = false
    const next = booked ? 'button[type="submit"]' : '[role="radio"][tabindex="0"]'
    form.current?.closest('form')?.querySelector<HTMLElement>(next)?.focus()
  })

  // Q12: a family is checked in together: consecutive tickets, one after the other without leaving the dialog.
  const send = async (another: boolean) => {
    if (!ready || busy) return
    setBusy(true)
    try {
      const familyId = family?.id ?? (another ? intentOf(WANTED.family) : null)
      const visit = await checkIn({ ...draft, familyId, booked }, change, clinicId, today)
      if (!visit) return
      if (another && familyId) {
        setFamily(familyWith({ ...visit.visit, familyId: visit.visit.familyId ?? familyId }, family?.tickets ?? []))
        setEntry(entry + 1)
        change({ patientId: null, registering: false, newPatient: nobodyYet, dangerSigns: [], urgency: 'standard' })
        return
      }
      clear()
      onClose()
      const text = t(visit.alreadyOpen ? 'walkIn.alreadyOpen' : 'walkIn.done', { ticket: visit.visit.ticket })
      const owes = visit.owesMinor > 0 ? ` ${t('walkIn.owes', { amount: format.money(visit.owesMinor) })}` : ''
      const undo = { label: t('common.undo'), run: () => void undoVisit(visit.visit.id) }
      toast({ tone: 'plain', text: text + owes, ...(visit.alreadyOpen ? {} : { action: undo }) })
      showVisit(visit.visit.id)
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
  return (
    <Dialog
      title={t('walkIn.title')}
      size="large"
      onClose={leave}
      onSubmit={() => send(false)}
      footer={
        <>
          <Button onClick={leave}>{t('common.cancel')}</Button>
          <Button onClick={() => send(true)} disabled={!ready || busy}>
            {t('walkIn.another')}
          </Button>
          <Button type="submit" variant="filled" disabled={!ready} loading={busy}>
            {t('walkIn.verb')}
          </Button>
        </>
      }
    >
      <div className={styles.grid} ref={form}>
        {family && (
          <p className={styles.wide} role="status">
            {t('walkIn.family', { tickets: family.tickets.join(', ') })}
          </p>
        )}
        <div className={styles.wide}>
          <PatientChoice
            key={entry}
            label={t('patient.one')}
            draft={draft}
            onChange={change}
            onChosen={() => {
              wanted.current = true
            }}
          />
        </div>
        {booked ? (
          <p role="status">
            {t('walkIn.booked', {
              time: format.time(booked.startsAt),
              to: destinationName({ doctorId: booked.doctorId, poolId: null }),
            })}
          </p>
        ) : (
          <DestinationChoice
            label={t('walkIn.to')}
            value={destinationKey(draft.to)}
            onChange={(_key, to) => change({ to })}
          />
        )}
        <div className={styles.side}>
          <Select
            label={t('visit.service')}
            data={services}
            value={draft.serviceId}
            onChange={(serviceId) => change({ serviceId })}
            clearable
            searchable
          />
          <div>
            <p>{t('visit.urgency')}</p>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label={t('visit.urgency')}
              value={draft.urgency}
              onChange={(level) => change({ urgency: LEVELS.find((each) => each === level) ?? 'standard' })}
              data={LEVELS.filter((level) => level !== 'non_urgent').map((level) => ({
                value: level,
                label: t(`urgency.${level}`),
              }))}
            />
          </div>
        </div>
        <div className={styles.wide}>
          <DangerSigns value={draft.dangerSigns} onChange={(dangerSigns) => change({ dangerSigns })} />
        </div>
      </div>
    </Dialog>
  )
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
  draft: Draft & { familyId: string | null; booked: Appointment | undefined },
  change: (part: Partial<Draft>) => void,
  clinicId: string,
  today: string,
) {
  const patientId = draft.patientId ?? (await registerPatient(clinicId, draft.newPatient, today, WANTED.patient))?.id
  if (!patientId) return undefined
  // Registered is registered, also when the check-in is refused.
  if (draft.registering) change({ patientId, registering: false })
  const { to, serviceId, dangerSigns, familyId, booked } = draft
  const arrival = { familyId, dangerSigns, ...(draft.urgency === 'standard' ? {} : { urgency: draft.urgency }) }
  const answer = await perform({
    key: 'visit.walkIn',
    wanted: WANTED.visit,
    run: (id) =>
      booked
        ? api.visits.checkIn({ body: { id, appointmentId: booked.id, ...arrival } }, { context: { intent: id } })
        : api.visits.walkIn(
            { body: { id, clinicId, patientId, serviceId, ...to, ...arrival } },
            { context: { intent: id } },
          ),
  })
  if (answer) adopt({ visits: [answer.visit] })
  return answer
}
