import { SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Charge } from '../../contract/money.ts'
import { useBusy } from '../live/perform.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { CHARGE_KEY, changeLine } from './commands.tsx'

const PAYERS = ['patient', 'insurer', 'employer', 'free'] as const

/** M1: who pays a line: the patient, an insurer, an employer, or a free category. */
export function PayerDialog({ charge, onClose }: { charge: Charge; onClose: () => void }) {
  const { t } = useTranslation()
  const busy = useBusy(CHARGE_KEY)
  const [payer, setPayer] = useState<Charge['payer']>(charge.payer)
  const [name, setName] = useState(charge.payerName)
  const send = async () => {
    if (await changeLine(charge, { payer, payerName: payer === 'patient' ? '' : name.trim() })) onClose()
  }
  return (
    <FormDialog
      title={t('money.payerTitle', { what: charge.description })}
      busy={busy}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <SegmentedControl
        fullWidth
        aria-label={t('money.changePayer')}
        value={payer}
        onChange={(value) => setPayer(PAYERS.find((each) => each === value) ?? 'patient')}
        data={PAYERS.map((each) => ({ value: each, label: t(`money.payerKind.${each}`) }))}
      />
      {payer !== 'patient' && (
        <TextInput
          label={t('money.payerName')}
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
      )}
    </FormDialog>
  )
}
