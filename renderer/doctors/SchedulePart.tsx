import { ActionIcon, Button, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Schedule, WorkSession } from '../../contract/doctors.ts'
import { useBusy } from '../live/perform.ts'
import { ChangedMeanwhile } from '../ui/ChangedMeanwhile.tsx'
import { SaveBar } from '../ui/SaveBar.tsx'
import { Part } from '../ui/Sheet.tsx'
import { TimeInput } from '../ui/TimeInput.tsx'
import { type Form, fieldsOf, landBadInput, useRecordForm } from '../ui/use-form.ts'
import { useChoices } from '../ui/use-here.ts'
import { SCHEDULE_KEY, saveSchedule } from './commands.tsx'
import styles from './DoctorsTab.module.css'
import { onWorkingDays, type WeekValues, weekForm, weekValues, withSession } from './week-form.ts'

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const

/** A1: the weekly hours, with several sessions a day; it changes what can be booked, not what is booked. */
export function SchedulePart({ schedule }: { schedule: Schedule }) {
  const { t } = useTranslation()
  const busy = useBusy(SCHEDULE_KEY)
  const { form, base, changedMeanwhile, takeTheirs, keepMine, saved } = useRecordForm(
    weekForm,
    'schedule',
    schedule,
    weekValues,
  )
  const sessions = form.watch('sessions')
  const put = (next: WorkSession[]) =>
    form.setValue('sessions', next, { shouldDirty: true, shouldValidate: form.formState.isSubmitted })
  const send = form.handleSubmit(async (answer) => {
    const after = await saveSchedule(base, answer.sessions, { bad_input: (data) => landBadInput(form, data) })
    if (after) saved(after)
  })
  return (
    <form onSubmit={send} noValidate>
      <Part title={t('schedule.title')} hint={t('schedule.hint')}>
        <ChangedMeanwhile shown={changedMeanwhile} onTake={takeTheirs} onKeep={keepMine} />
        <div className={styles.days}>
          {WEEK.map((weekday) => (
            <Day key={weekday} weekday={weekday} form={form} sessions={sessions} onPut={put} />
          ))}
        </div>
      </Part>
      <SaveBar dirty={form.formState.isDirty} busy={busy} onLeave={takeTheirs} />
    </form>
  )
}

type DayProps = {
  weekday: (typeof WEEK)[number]
  form: Form<WeekValues>
  sessions: WorkSession[]
  onPut: (sessions: WorkSession[]) => void
}

function Day({ weekday, form, sessions, onPut }: DayProps) {
  const { t } = useTranslation()
  const rooms = useChoices('rooms')
  const { choice } = fieldsOf(form)
  const name = t(`weekday.${weekday}`)
  const own = sessions.flatMap((session, index) => (session.weekday === weekday ? [index] : []))
  return (
    <fieldset className={`${styles.day} bare`} aria-label={name}>
      <span className={styles.dayName}>{name}</span>
      <div className={styles.sessions}>
        {own.length === 0 && <span className={styles.closed}>{t('schedule.none')}</span>}
        {own.map((index) => (
          <div key={index} className={styles.session}>
            <TimeInput
              size="xs"
              aria-label={t('schedule.from', { day: name })}
              {...choice(`sessions.${index}.startsAt`)}
            />
            <span className={styles.to}>–</span>
            <TimeInput size="xs" aria-label={t('schedule.to', { day: name })} {...choice(`sessions.${index}.endsAt`)} />
            <Select
              size="xs"
              aria-label={t('schedule.room', { day: name })}
              placeholder={t('schedule.usualRoom')}
              data={rooms}
              clearable
              {...choice(`sessions.${index}.roomId`)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="md"
              aria-label={t('schedule.remove', { day: name })}
              title={t('common.remove')}
              onClick={() => onPut(sessions.filter((_session, at) => at !== index))}
            >
              <IconX size={16} stroke={1.75} aria-hidden />
            </ActionIcon>
          </div>
        ))}
      </div>
      <div className={styles.dayActions}>
        {weekday === 1 && own.length > 0 && (
          <Button size="compact-xs" onClick={() => onPut(onWorkingDays(sessions, weekday))}>
            {t('schedule.copy')}
          </Button>
        )}
        <Button
          size="compact-xs"
          aria-label={t('schedule.addOn', { day: name })}
          onClick={() => onPut(withSession(sessions, weekday))}
        >
          {t('schedule.add')}
        </Button>
      </div>
    </fieldset>
  )
}
