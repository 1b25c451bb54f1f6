import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BOARD_MESSAGE_MOST } from '../../contract/board-message.ts'
import { zonedInstant } from '../../rules/clinic-day.ts'
import { useClinic, useClinicId } from '../live/clinic.ts'
import { hubNow } from '../live/clock.ts'
import { useBusy } from '../live/perform.ts'
import { useRecord } from '../live/store.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormat } from '../ui/format.ts'
import { HINT_BELOW } from '../ui/hint-below.ts'
import styles from '../ui/Sheet.module.css'
import { TimeInput } from '../ui/TimeInput.tsx'
import { timeFrom } from '../ui/typed-time.ts'
import { MESSAGE_KEY, messageNow, setMessage } from './commands.tsx'

const DAY_MS = 86_400_000

/** S4: the line at the bottom of the waiting-room screens. Left empty it is taken away. */
export function MessageDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const clinic = useClinic()
  const clinicId = useClinicId()
  const busy = useBusy(MESSAGE_KEY)
  const shown = messageNow(useRecord('boards', clinicId))
  const [text, setText] = useState(shown?.message ?? '')
  const [time, setTime] = useState('')
  const [problem, setProblem] = useState<string>()
  const send = async () => {
    if (!clinic || (time !== '' && !timeFrom(time))) return
    const message = text.trim() || null
    const until = message && time ? nextTime(time, clinic.timeZone, format.dayOfInstant(hubNow())) : null
    const done = await setMessage(clinicId, { message, until }, { bad_input: () => setProblem(t('problem.unclear')) })
    if (done) onClose()
  }
  return (
    <FormDialog
      title={t('waitingRoom.message')}
      verb={text.trim() || !shown ? t('waitingRoom.say') : t('waitingRoom.takeAway')}
      size="medium"
      busy={busy}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <TextInput
        className={styles.wide}
        label={t('waitingRoom.text')}
        description={t('waitingRoom.textHint')}
        value={text}
        maxLength={BOARD_MESSAGE_MOST}
        onChange={(event) => setText(event.currentTarget.value)}
        error={problem}
        data-autofocus
      />
      <TimeInput
        label={t('waitingRoom.until')}
        description={t('waitingRoom.untilHint')}
        inputWrapperOrder={HINT_BELOW}
        value={time}
        onChange={setTime}
      />
    </FormDialog>
  )
}

/** A time that has passed today is tomorrow's: a clinic may work past midnight. */
function nextTime(time: string, timeZone: string, today: string): string {
  const until = zonedInstant(today, timeFrom(time) ?? time, timeZone)
  return Date.parse(until) > hubNow() ? until : new Date(Date.parse(until) + DAY_MS).toISOString()
}
