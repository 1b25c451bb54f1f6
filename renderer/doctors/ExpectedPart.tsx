import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Doctor } from '../../contract/doctors.ts'
import { zonedInstant } from '../../rules/clinic-day.ts'
import { useClinic } from '../live/clinic.ts'
import { hubNow } from '../live/clock.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormat } from '../ui/format.ts'
import { TimeInput } from '../ui/TimeInput.tsx'
import { timeFrom } from '../ui/typed-time.ts'
import { expectDoctor } from './commands.tsx'
import styles from './DoctorsTab.module.css'

/** Q12: a doctor who is late or gone for a while; everybody who looks at the queue sees it. */
export function ExpectedPart({ doctor }: { doctor: Doctor }) {
  const { t } = useTranslation()
  const format = useFormat()
  const clinic = useClinic()
  const [typed, setTyped] = useState('')
  const time = timeFrom(typed)
  const { expectedAt, displayName: name } = doctor
  const announce = async (event: FormEvent) => {
    event.preventDefault()
    if (!time || !clinic) return
    const at = zonedInstant(format.dayOfInstant(hubNow()), time, clinic.timeZone)
    if (await expectDoctor(doctor, at, t('expected.said', { name, time }))) setTyped('')
  }
  return (
    <>
      <h3>{t('expected.title')}</h3>
      <p className={expectedAt ? '' : 'soft'}>
        {expectedAt ? t('expected.now', { name, time: format.time(expectedAt) }) : t('expected.hint')}
      </p>
      <form className={styles.expected} onSubmit={announce} noValidate>
        <TimeInput className={styles.time} size="xs" label={t('expected.label')} value={typed} onChange={setTyped} />
        <Button size="xs" type="submit" disabled={!time}>
          {t('expected.verb')}
        </Button>
        {expectedAt && (
          <ActionButton run={() => expectDoctor(doctor, null, t('expected.here', { name }))}>
            {t('expected.isHere')}
          </ActionButton>
        )}
      </form>
    </>
  )
}
