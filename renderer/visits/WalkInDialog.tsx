import { Button, SegmentedControl, Select } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DangerSign, Urgency } from '../../contract/visits.ts'
import { api, newId } from '../live/api.ts'
import { useClinicId, useToday } from '../live/clinic.ts'
import { useDraft } from '../live/drafts.ts'
import { perform } from '../live/perform.ts'
import { adopt, useRecords } from '../live/store.ts'
import { nobodyYet } from '../patients/new-patient.ts'
import { PatientChoice, type PatientDraft, saysWho } from '../patients/PatientChoice.tsx'
import { registerPatient } from '../patients/register.ts'
import { showVisit } from '../today/selection.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { toast } from '../ui/toasts.ts'
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
  const { services, usual } = useServices(clinicId)
  const [draft, change, clear] = useDraft<Draft>('walkIn', { ...empty, patientId, serviceId: usual })
  const [intents] = useState(() => ({ patient: newId(), visit: newId() }))
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

  const send = async () => {
    if (!ready || busy) return
    setBusy(true)
    try {
      const visit = await checkIn(draft, change, clinicId, today, intents)
      if (!visit) return
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
      onSubmit={send}
      footer={
        <>
          <Button onClick={leave}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!ready} loading={busy}>
            {t('walkIn.verb')}
          </Button>
        </>
      }
    >
      <div className={styles.grid} ref={form}>
        <div className={styles.wide}>
          <PatientChoice
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

async function checkIn(
  draft: Draft,
  change: (part: Partial<Draft>) => void,
  clinicId: string,
  today: string,
  intents: Intents,
) {
  const patientId = draft.patientId ?? (await registerPatient(clinicId, draft.newPatient, today, intents.patient))?.id
  if (!patientId) return undefined
  // Registered is registered, also when the check-in is refused.
  if (draft.registering) change({ patientId, registering: false })
  const { to, serviceId, urgency, dangerSigns } = draft
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

function useServices(clinicId: string) {
  const services = useRecords('services')
  const here = Object.values(services)
    .filter((service) => service.clinicId === clinicId && service.active)
    .sort((a, b) => a.name.localeCompare(b.name))
  // The plainest consultation is what a walk-in mostly comes for.
  const plainest = here.filter((service) => service.isConsultation).sort((a, b) => a.priceMinor - b.priceMinor)[0]
  return {
    services: here.map((service) => ({ value: service.id, label: service.name })),
    usual: plainest?.id ?? null,
  }
}
