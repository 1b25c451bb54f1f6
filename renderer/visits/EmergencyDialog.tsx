import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DangerSign } from '../../contract/visits.ts'
import { api, newId } from '../live/api.ts'
import { useClinicId } from '../live/clinic.ts'
import { perform, useBusy } from '../live/perform.ts'
import { adopt } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useHotkey } from '../ui/hotkeys.ts'
import { toast } from '../ui/toasts.ts'
import { DangerSigns } from './DangerSigns.tsx'

const KEY = 'visit.emergency'

/** T0: needs nothing. F2, Enter. */
export function EmergencyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const clinicId = useClinicId()
  const [intent] = useState(newId)
  const [label, setLabel] = useState('')
  const [dangerSigns, setDangerSigns] = useState<DangerSign[]>([])
  const busy = useBusy(KEY)
  // Pressed again in haste, it is still this one.
  useHotkey('F2', () => undefined, { always: true })
  const raise = async () => {
    const body = { id: intent, clinicId, label: label.trim() || null, dangerSigns }
    const answer = await perform(
      { key: KEY, run: (key) => api.visits.emergency({ body }, { context: { intent: key } }) },
      intent,
    )
    if (!answer) return
    adopt({ visits: [answer.visit] })
    toast({ tone: 'plain', text: t('emergency.raised', { ticket: answer.visit.ticket }) })
    onClose()
  }
  return (
    <Dialog
      title={t('emergency.title')}
      size="medium"
      onClose={onClose}
      onSubmit={raise}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
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
