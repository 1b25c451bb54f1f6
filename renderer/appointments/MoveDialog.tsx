import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useToday } from '../live/clinic.ts'
import { useBusy } from '../live/perform.ts'
import { useRecord } from '../live/store.ts'
import { usePatient } from '../patients/use-patient.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { inARow } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import { listName } from '../ui/patient-name.ts'
import { useChoices } from '../ui/use-here.ts'
import { putAppointment } from './commands.tsx'
import { DayStrip } from './DayStrip.tsx'
import { type Conflict, onConflict, SlotConflict } from './SlotConflict.tsx'
import { SlotGrid } from './SlotGrid.tsx'

/** Another time, another doctor, or both. */
export function MoveDialog({ appointmentId, onClose }: { appointmentId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const today = useToday()
  const appointment = useRecord('appointments', appointmentId)
  const patient = usePatient(appointment?.patientId)
  const busy = useBusy(`appointment.move.${appointmentId}`)
  const doctors = useChoices('doctors', appointment?.doctorId)
  const [doctorId, setDoctorId] = useState(appointment?.doctorId ?? '')
  const [date, setDate] = useState(() => (appointment && appointment.day > today ? appointment.day : today))
  const [startsAt, setStartsAt] = useState<string | null>(null)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const [reason, setReason] = useState('')
  if (!appointment) return null
  const choose = (at: string | null) => {
    setConflict(null)
    setStartsAt(at)
  }
  const send = async () => {
    if (!startsAt || busy) return
    const over = conflict && reason.trim() ? { overbookReason: reason.trim() } : {}
    if (await putAppointment(appointment, { doctorId, startsAt, ...over }, onConflict(setConflict))) onClose()
  }
  return (
    <Dialog
      title={t('appointment.moveTitle', { name: patient ? listName(patient) : '' })}
      size="large"
      onClose={onClose}
      onSubmit={send}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!startsAt} loading={busy}>
            {startsAt
              ? t('appointment.moveVerb', { when: format.dateAndTime(startsAt) })
              : t('appointment.action.move')}
          </Button>
        </>
      }
    >
      <p className="soft">
        {inARow([t('appointment.moveFrom', { when: format.dateAndTime(appointment.startsAt) }), patient?.phones[0]])}
      </p>
      <Select
        label={t('visit.doctor')}
        data={doctors}
        value={doctorId}
        searchable
        data-autofocus
        onChange={(id) => {
          setDoctorId(id ?? doctorId)
          choose(null)
        }}
      />
      <DayStrip
        value={date}
        today={today}
        onChange={(day) => {
          setDate(day)
          choose(null)
        }}
      />
      <SlotGrid
        doctorId={doctorId}
        serviceId={appointment.serviceId}
        date={date}
        value={startsAt}
        onChange={choose}
        onDay={(day) => {
          setDate(day)
          choose(null)
        }}
      />
      {conflict && (
        <SlotConflict
          conflict={conflict}
          reason={reason}
          onReason={setReason}
          onNearest={(slot) => choose(slot.startsAt)}
        />
      )}
    </Dialog>
  )
}
