import { Button, SegmentedControl, Select } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Appointment } from '../../contract/appointments.ts'
import type { Urgency, Visit } from '../../contract/visits.ts'
import { PatientChoice } from '../patients/PatientChoice.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { useChoices } from '../ui/use-here.ts'
import { DangerSigns } from './DangerSigns.tsx'
import { DestinationChoice, destinationKey } from './DestinationChoice.tsx'
import { useWalkIn, type WalkInDraft } from './use-walk-in.ts'
import styles from './VisitDialogs.module.css'
import { destinationName } from './visit-words.ts'

const LEVELS = ['standard', 'urgent', 'very_urgent'] as const satisfies readonly Urgency[]

type Props = {
  patientId?: string | null
  /** Q12: one of the family who is checked in already. */
  with?: Visit
  onClose: () => void
}

/** F4, three letters, Enter, doctor, Enter. */
export function WalkInDialog({ patientId = null, with: first, onClose }: Props) {
  const { t } = useTranslation()
  const { draft, change, entry, family, booked, ready, busy, send, leave } = useWalkIn({ patientId, first, onClose })
  const { form, goOn } = useNextQuestion(draft.patientId, booked)
  const footer = (
    <>
      <Button onClick={leave}>{t('common.cancel')}</Button>
      <Button onClick={() => send(true)} disabled={!ready || busy}>
        {t('walkIn.another')}
      </Button>
      <Button type="submit" variant="filled" disabled={!ready} loading={busy}>
        {t('walkIn.verb')}
      </Button>
    </>
  )
  return (
    <Dialog title={t('walkIn.title')} size="large" onClose={leave} onSubmit={() => send(false)} footer={footer}>
      <div className={styles.grid} ref={form}>
        {family && (
          <p className={styles.wide} role="status">
            {t('walkIn.family', { tickets: family.tickets.join(', ') })}
          </p>
        )}
        <div className={styles.wide}>
          <PatientChoice key={entry} label={t('patient.one')} draft={draft} onChange={change} onChosen={goOn} />
        </div>
        <WhereTo draft={draft} change={change} booked={booked} />
        <WhatFor draft={draft} change={change} />
        <div className={styles.wide}>
          <DangerSigns value={draft.dangerSigns} onChange={(dangerSigns) => change({ dangerSigns })} />
        </div>
      </div>
    </Dialog>
  )
}

/** By the keyboard alone: once there is a patient, the next question is where to; who is booked needs only the button. */
function useNextQuestion(patientId: string | null, booked: Appointment | undefined) {
  const form = useRef<HTMLDivElement>(null)
  const wanted = useRef(false)
  useEffect(() => {
    if (!wanted.current || !patientId) return
    wanted.current = false
    const next = booked ? 'button[type="submit"]' : '[role="radio"][tabindex="0"]'
    form.current?.closest('form')?.querySelector<HTMLElement>(next)?.focus()
  })
  const goOn = () => {
    wanted.current = true
  }
  return { form, goOn }
}

type PartProps = { draft: WalkInDraft; change: (part: Partial<WalkInDraft>) => void }

function WhereTo({ draft, change, booked }: PartProps & { booked: Appointment | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!booked)
    return (
      <div>
        <p className={styles.label} aria-hidden>
          {t('walkIn.to')}
        </p>
        <DestinationChoice
          label={t('walkIn.to')}
          value={destinationKey(draft.to)}
          onChange={(_key, to) => change({ to })}
        />
      </div>
    )
  const to = destinationName({ doctorId: booked.doctorId, poolId: null })
  return <p role="status">{t('walkIn.booked', { time: format.time(booked.startsAt), to })}</p>
}

function WhatFor({ draft, change }: PartProps) {
  const { t } = useTranslation()
  const services = useChoices('services')
  return (
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
        <p className={styles.label}>{t('visit.urgency')}</p>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('visit.urgency')}
          value={draft.urgency}
          onChange={(level) => change({ urgency: LEVELS.find((each) => each === level) ?? 'standard' })}
          data={LEVELS.map((level) => ({ value: level, label: t(`urgency.${level}`) }))}
        />
      </div>
    </div>
  )
}
