import { Button, Select } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useToday } from '../live/clinic.ts'
import { PatientChoice } from '../patients/PatientChoice.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { useChoices } from '../ui/use-here.ts'
import styles from './BookDialog.module.css'
import { DayStrip } from './DayStrip.tsx'
import { SlotConflict } from './SlotConflict.tsx'
import { SlotGrid } from './SlotGrid.tsx'
import { type Known, useBooking } from './use-booking.ts'

type Props = { patientId?: string | null; known?: Known; onClose: () => void }

/** F6: patient, doctor, service, day, a free slot, Enter. */
export function BookDialog({ patientId = null, known = {}, onClose }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const today = useToday()
  const doctors = useChoices('doctors')
  const services = useChoices('services')
  const booking = useBooking({ patientId, known, onClose })
  const { draft, change, choose, conflict, leave } = booking
  const { doctorId, serviceId, startsAt } = draft
  const fields = useRef<HTMLDivElement>(null)
  const footer = (
    <>
      <Button onClick={leave}>{t('common.cancel')}</Button>
      <Button type="submit" variant="filled" disabled={!booking.ready} loading={booking.busy}>
        {startsAt ? t('book.verb', { time: format.time(startsAt) }) : t('book.verbBare')}
      </Button>
    </>
  )
  return (
    <Dialog title={t('book.title')} size="large" onClose={leave} onSubmit={booking.send} footer={footer}>
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
          onNearest={(slot) => choose({ startsAt: slot.startsAt })}
          reason={booking.overbookReason}
          onReason={booking.setOverbookReason}
        />
      )}
    </Dialog>
  )
}
