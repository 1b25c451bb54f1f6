import { Button, SegmentedControl, Select } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DangerSign, Urgency } from '../../contract/visits.ts'
import { api, newId } from '../live/api.ts'
import { useClinicId, useToday } from '../live/clinic.ts'
import { useDraft } from '../live/drafts.ts'
import { perform } from '../live/perform.ts'
import { adopt } from '../live/store.ts'
import { nobodyYet } from '../patients/new-patient.ts'
import { PatientChoice, type PatientDraft, saysWho } from '../patients/PatientChoice.tsx'
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

/** F4, three letters, Enter, doctor, Enter. */
export function WalkInDialog({ patientId = null, onClose }: { patientId?: string | null; onClose: () => void }) {
  const { t } = useTranslation()
  const clinicId = useClinicId()
  const today = useToday()
  const format = useFormat()
  const services = useChoices('services')
  const usual = useUsualService()
  const [draft, change, clear] = useDraft<Draft>('walkIn', { ...empty, patientId, serviceId: usual })
  const [intents, setIntents] = useState(newIntents)
  const [family, setFamily] = useState<Family | null>(null)
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLDivElement>(null)
  const ready = saysWho(draft) && (draft.to.doctorId ?? draft.to.poolId)

  // By the keyboard alone: once there is a patient, the next question is where to.
  const wanted = useRef(false)
  useEffect(() => {
    if (!wanted.current || !draft.patientId) return
    wanted.current = false
    form.current?.querySelector<HTMLElement>('[role="radio"][tabindex="0"]')?.focus()
  })

  // Q12: a family is checked in together: consecutive tickets, one after the other without leaving the dialog.
  const send = async (another: boolean) => {
    if (!ready || busy) return
    setBusy(true)
    try {
      const familyId = family?.id ?? (another ? newId() : null)
      const visit = await checkIn({ ...draft, familyId }, change, clinicId, today, intents)
      if (!visit) return
      if (another && familyId) {
        setFamily({ id: familyId, tickets: [...(family?.tickets ?? []), visit.visit.ticket] })
        setIntents(newIntents())
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
            key={intents.visit}
            label={t('patient.one')}
            draft={draft}
            onChange={change}
            onChosen={() => {
              wanted.current = true
            }}
          />
        </div>
        <DestinationChoice
          label={t('walkIn.to')}
          value={destinationKey(draft.to)}
          onChange={(_key, to) => change({ to })}
        />
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

type Intents = { patient: string; visit: string }
type Family = { id: string; tickets: string[] }

const newIntents = (): Intents => ({ patient: newId(), visit: newId() })

async function checkIn(
  draft: Draft & { familyId: string | null },
  change: (part: Partial<Draft>) => void,
  clinicId: string,
  today: string,
  intents: Intents,
) {
  const patientId = draft.patientId ?? (await registerPatient(clinicId, draft.newPatient, today, intents.patient))?.id
  if (!patientId) return undefined
  // Registered is registered, also when the check-in is refused.
  if (draft.registering) change({ patientId, registering: false })
  const { to, serviceId, urgency, dangerSigns, familyId } = draft
  const answer = await perform(
    {
      key: 'visit.walkIn',
      run: (id) =>
        api.visits.walkIn(
          {
            body: {
              id,
              clinicId,
              patientId,
              serviceId,
              familyId,
              ...to,
              dangerSigns,
              ...(urgency === 'standard' ? {} : { urgency }),
            },
          },
          { context: { intent: id } },
        ),
    },
    intents.visit,
  )
  if (answer) adopt({ visits: [answer.visit] })
  return answer
}
