import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Appointment } from '../../contract/appointments.ts'
import { api } from '../live/api.ts'
import { useClinicId, useToday } from '../live/clinic.ts'
import { useDraft } from '../live/drafts.ts'
import { settle } from '../live/intents.ts'
import { perform, useBusy } from '../live/perform.ts'
import { adopt } from '../live/store.ts'
import { nobodyYet, type PatientDraft, saysWho } from '../patients/new-patient.ts'
import { registerPatient } from '../patients/register.ts'
import { useUsualService } from '../services/usual-service.ts'
import { useFormat } from '../ui/format.ts'
import { toast } from '../ui/toasts.ts'
import { useChoices } from '../ui/use-here.ts'
import { type Conflict, onConflict } from './SlotConflict.tsx'

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

type Booking = { patientId: string | null; known: Known; onClose: () => void }

/** What is typed of an appointment, and how it is sent; a time that was taken meanwhile comes back as a conflict (A2). */
export function useBooking({ patientId, known, onClose }: Booking) {
  const { t } = useTranslation()
  const format = useFormat()
  const clinicId = useClinicId()
  const today = useToday()
  const busy = useBusy(KEY)
  const doctors = useChoices('doctors')
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
  const { doctorId, serviceId, startsAt } = draft
  const ready = Boolean(saysWho(draft, today) && doctorId && serviceId && startsAt)

  const send = async () => {
    if (!saysWho(draft, today) || !doctorId || !serviceId || !startsAt || busy) return
    const registered = draft.patientId ?? (await registerPatient(clinicId, draft.newPatient, today, WANTED.patient))?.id
    if (!registered) return
    // Registered is registered, also when the booking is refused.
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
  /** Another doctor, service, day or time: what was said of the last one no longer holds. */
  const choose = (part: Partial<Draft>) => {
    setConflict(null)
    change(part)
  }
  return { draft, change, choose, conflict, overbookReason, setOverbookReason, ready, busy, send, leave }
}
