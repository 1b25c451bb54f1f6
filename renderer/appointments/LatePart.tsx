import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { zonedInstant } from '../../rules/clinic-day.ts'
import { expectDoctor } from '../doctors/commands.tsx'
import { useClinic, useToday } from '../live/clinic.ts'
import { useBusy } from '../live/perform.ts'
import { useRecord } from '../live/store.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormat } from '../ui/format.ts'
import { TimeInput } from '../ui/TimeInput.tsx'
import { timeFrom } from '../ui/typed-time.ts'
import styles from './DoctorGoneDialog.module.css'
import type { PartProps } from './DoctorGoneDialog.tsx'

/** Q12: everybody who looks at the queue sees when the doctor is expected. */
export function LatePart({ doctorId, onClose, onEnter }: PartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const clinic = useClinic()
  const today = useToday()
  const doctor = useRecord('doctors', doctorId)
  const busy = useBusy(`doctor.expect.${doctorId}`)
  const [typed, setTyped] = useState('')
  const time = timeFrom(typed)
  const name = doctor?.displayName ?? ''
  const expect = async (at: string | null, words: string) => {
    if (doctor && (await expectDoctor(doctor, at, words))) onClose()
  }
  const send = async () => {
    if (time && clinic) await expect(zonedInstant(today, time, clinic.timeZone), t('expected.said', { name, time }))
  }
  useEffect(() => onEnter(() => void send()))
  return (
    <>
      <TimeInput className={styles.time} label={t('expected.label')} value={typed} onChange={setTyped} data-autofocus />
      <p className={doctor?.expectedAt ? '' : 'soft'}>
        {doctor?.expectedAt ? t('expected.now', { name, time: format.time(doctor.expectedAt) }) : t('expected.hint')}
      </p>
      <div className={styles.foot}>
        {doctor?.expectedAt && (
          <ActionButton size="sm" run={() => expect(null, t('expected.here', { name }))}>
            {t('expected.isHere')}
          </ActionButton>
        )}
        <Button onClick={onClose} className={styles.last}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" variant="filled" disabled={!time} loading={busy}>
          {t('expected.verb')}
        </Button>
      </div>
    </>
  )
}
