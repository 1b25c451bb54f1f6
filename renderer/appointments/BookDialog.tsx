import { Button, Select } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Appointment } from '../../contract/appointments.ts'
import { api } from '../live/api.ts'
import { useClinicId, useToday } from '../live/clinic.ts'
import { useDraft } from '../live/drafts.ts'
import { settle } from '../live/intents.ts'
import { perform, useBusy } from '../live/perform.ts'
import { adopt } from '../live/store.ts'
import { nobodyYet, type PatientDraft, saysWho } from '../patients/new-patient.ts'
import { PatientChoice } from '../patients/PatientChoice.tsx'
import { registerPatient } from '../patients/register.ts'
import { useUsualService } from '../services/usual-service.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { toast } from '../ui/toasts.ts'
import { useChoices } from '../ui/use-here.ts'
import styles from './BookDialog.module.css'
import { DayStrip } from './DayStrip.tsx'
import { type Conflict, onConflict, SlotConflict } from './SlotConflict.tsx'
import { SlotGrid } from './SlotGrid.tsx'

type Draft = PatientDraft & {
  doctorId: string | null
  serviceId: string | null
  date: string
  startsAt: string | null
}

const KEY = 'appointment.book'
const WANTED = { patient: 'book.patient', appointment: 'book.appointment' }

/** Whom it is for, by when, and who hears that it is booked: a recall (rule: back in 7 days). */
export type Known = { doctorId?: string; date?: string; onBooked?: (booked: Appointment) => void }

type Props = { patientId?: string | null; known?: Known; onClose: () => void }

/** F6: patient, doctor, service, day, a free slot, Enter. */
export function BookDialog({ patientId = null, known = {}, onClose }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const clinicId = useClinicId()
  const today = useToday()
  const busy = useBusy(KEY)
  const doctors = useChoices('doctors')
  const services = useChoices('services')
  const usual = useUsualService()
  const [draft, change, clear] = useDraft<Draft>(patientId && known.onBooked ? `book.${patientId}` : 'book', {
    patientId,
    registering: false,
    newPatient: nobodyYet,
    doctorId: known.doctorId ?? doctors[0]?.value ?? null,
    serviceId: usual,
    date: known.date && known.date > today ? known.date : today,
    startsAt: null,
  })
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const [overbookReason, setOverbookReason] = useState('')
  const fields = useRef<HTMLDivElement>(null)
  const { doctorId, serviceId, startsAt } = draft
  const ready = saysWho(draft, today) && doctorId && serviceId && startsAt

  const send = async () => {
    if (!ready || busy) return
    const registered = draft.patientId ?? (await registerPatient(clinicId, draft.newPatient, today, WANTED.patient))?.id
    if (!registered) return
    if (draft.registering) change({ patientId: registered, registering: false })
    const reason = conflict && overbookReason.trim() ? { overbookReason: overbookReason.trim() } : {}
    const body = { doctorId, patientId: registered, serviceId, startsAt, ...reason }
    const booked = await perform({
      key: KEY,
      wanted: WANTED.appointment,
      run: (id) => api.appointments.book({ body: { id, ...body } }, { context: { intent: id } }),
      on: onConflict(setConflict),
    })
    if (!booked) return
    adopt({ appointments: [booked] })
    known.onBooked?.(booked)
    clear()
    onClose()
    toast({ tone: 'plain', text: t('book.done', { when: format.dateAndTime(booked.startsAt) }) })
  }
  const leave = () => {
    settle(WANTED.patient)
    settle(WANTED.appointment)
    clear()
    onClose()
  }
  const choose = (part: Partial<Draft>) => {
    setConflict(null)
    change(part)
  }
  return (
    <Dialog
      title={t('book.title')}
      size="large"
      onClose={leave}
      onSubmit={send}
      footer={
        <>
          <Button onClick={leave}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!ready} loading={busy}>
            {startsAt ? t('book.verb', { time: format.time(startsAt) }) : t('book.verbBare')}
          </Button>
        </>
      }
    >
      <PatientChoice
        label={t('patient.one')}
        draft={draft}
        onChange={change}
        onChosen={() => requestAnimationFrame(() => fields.current?.querySelector('input')?.focus())}
      />
      <div className={styles.fields} ref={fields}>
        <Select
          label={t('visit.doctor')}
          data={doctors}
          value={doctorId}
          onChange={(id) => choose({ doctorId: id, startsAt: null })}
          searchable
        />
        <Select
          label={t('visit.service')}
          data={services}
          value={serviceId}
          onChange={(id) => choose({ serviceId: id, startsAt: null })}
          searchable
        />
      </div>
      <DayStrip value={draft.date} today={today} onChange={(date) => choose({ date, startsAt: null })} />
      {doctorId && serviceId && (
        <SlotGrid
          doctorId={doctorId}
          serviceId={serviceId}
          date={draft.date}
          value={startsAt}
          onChange={(at) => choose({ startsAt: at })}
          onDay={(date) => choose({ date, startsAt: null })}
        />
      )}
      {conflict && (
        <SlotConflict
          conflict={conflict}
          onNearest={(slot) => choose({ startsAt: slot.startsAt, date: format.dayOfInstant(slot.startsAt) })}
          reason={overbookReason}
          onReason={setOverbookReason}
        />
      )}
    </Dialog>
  )
}
