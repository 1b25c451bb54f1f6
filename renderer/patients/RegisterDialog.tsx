import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { navigate } from '../frame/router.ts'
import { useClinicId, useToday } from '../live/clinic.ts'
import { useDraft } from '../live/drafts.ts'
import { settle } from '../live/intents.ts'
import { useBusy } from '../live/perform.ts'
import { adopt } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { pathOf } from './commands.tsx'
import { bornFrom, fromTyped } from './new-patient.ts'
import { RegisterFields } from './RegisterFields.tsx'
import { registerPatient } from './register.ts'

const WANTED = 'register'

/** Registers somebody who only wants to be known for now, and opens their page. */
export function RegisterDialog({ typed, onClose }: { typed: string; onClose: () => void }) {
  const { t } = useTranslation()
  const clinicId = useClinicId()
  const today = useToday()
  const busy = useBusy('patient.register')
  const [value, change, clear] = useDraft('register', fromTyped(typed))
  const named = (value.familyName + value.givenName).trim() !== ''
  const ready = named && (!value.born.trim() || bornFrom(value.born, today) !== undefined)
  const leave = () => {
    settle(WANTED)
    clear()
    onClose()
  }
  const open = (patientId: string) => {
    leave()
    navigate(pathOf(patientId))
  }
  const send = async () => {
    if (!ready || busy) return
    const patient = await registerPatient(clinicId, value, today, WANTED)
    if (patient) open(patient.id)
  }
  return (
    <Dialog
      title={t('patients.register')}
      size="large"
      onClose={leave}
      onSubmit={send}
      footer={
        <>
          <Button onClick={leave}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!ready} loading={busy}>
            {t('patients.register')}
          </Button>
        </>
      }
    >
      <RegisterFields
        value={value}
        onChange={change}
        onFound={(patient) => {
          adopt({ patients: [patient] })
          open(patient.id)
        }}
      />
    </Dialog>
  )
}
