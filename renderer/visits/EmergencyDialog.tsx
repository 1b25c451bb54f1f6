import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DangerSign } from '../../contract/visits.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useHotkey } from '../ui/hotkeys.ts'
import { DangerSigns } from './DangerSigns.tsx'
import { useEmergency } from './use-emergency.ts'

/** T0: needs nothing. F2, Enter. */
export function EmergencyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [label, setLabel] = useState('')
  const [dangerSigns, setDangerSigns] = useState<DangerSign[]>([])
  const { busy, raise, leave } = useEmergency(onClose)
  // Pressed again in haste, it is still this one.
  useHotkey('F2', () => undefined, { always: true })
  return (
    <Dialog
      title={t('emergency.title')}
      size="medium"
      onClose={leave}
      onSubmit={() => void raise({ label, dangerSigns })}
      footer={
        <>
          <Button onClick={leave}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" color="red.8" loading={busy}>
            {t('emergency.verb')}
          </Button>
        </>
      }
    >
      <p>{t('emergency.text')}</p>
      <TextInput
        label={t('emergency.label')}
        placeholder={t('emergency.labelHint')}
        value={label}
        maxLength={120}
        onChange={(event) => setLabel(event.currentTarget.value)}
        data-autofocus
      />
      <DangerSigns value={dangerSigns} onChange={setDangerSigns} />
    </Dialog>
  )
}
