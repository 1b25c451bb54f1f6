import { Radio, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alert } from '../../contract/alerts.ts'
import { useBusy } from '../live/perform.ts'
import { useSession } from '../live/session.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { RESOLVE_KEY, resolve } from './commands.tsx'
import { outcomesFor } from './outcomes.ts'
import { titleOf } from './words.ts'

/** L3: what became of it. Of a patient clinicians say it; who raised one by mistake takes it back. */
export function ResolveDialog({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const { t } = useTranslation()
  const busy = useBusy(RESOLVE_KEY)
  const user = useSession((session) => session.user)
  const outcomes = outcomesFor(alert, user?.id)
  const [outcome, setOutcome] = useState(outcomes[0])
  const [note, setNote] = useState('')
  const send = async () => {
    if (outcome && (await resolve(alert, { outcome, note }))) onClose()
  }
  return (
    <FormDialog
      title={t('alert.outcomeOf', { what: titleOf(alert) })}
      busy={busy}
      onSubmit={() => (outcome ? void send() : onClose())}
      onClose={onClose}
    >
      {outcome ? (
        <>
          <Radio.Group
            label={t('alert.outcomeLabel')}
            value={outcome}
            onChange={(value) => setOutcome(outcomes.find((each) => each === value) ?? outcome)}
          >
            {outcomes.map((value, index) => (
              <Radio
                key={value}
                mt="xs"
                value={value}
                label={t(`alert.outcomes.${value}`)}
                data-autofocus={index === 0 || undefined}
              />
            ))}
          </Radio.Group>
          <TextInput
            label={t('alert.note')}
            maxLength={200}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            autoComplete="off"
          />
        </>
      ) : (
        <p>{t('alert.cliniciansSay')}</p>
      )}
    </FormDialog>
  )
}
