import { SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Charge } from '../../contract/money.ts'
import { useBusy } from '../live/perform.ts'
import { useMay } from '../live/permission.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { CHARGE_KEY, changeLine } from './commands.tsx'

const PAYERS = ['patient', 'insurer', 'employer', 'free'] as const

/** M1: who pays a line: the patient, an insurer, an employer, or a free category, for who may let it off (M2). */
export function PayerDialog({ charge, onClose }: { charge: Charge; onClose: () => void }) {
  const { t } = useTranslation()
  const busy = useBusy(CHARGE_KEY)
  const mayWaive = useMay('money.waive')
  const offered = PAYERS.filter((each) => each !== 'free' || mayWaive || charge.payer === 'free')
  const [asked, setAsked] = useState(false)
  const [payer, setPayer] = useState<Charge['payer']>(charge.payer)
  const [name, setName] = useState(charge.payerName)
  const unnamed = payer === 'free' && !name.trim()
  const send = async () => {
    setAsked(true)
    if (unnamed) return
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
        data={offered.map((each) => ({ value: each, label: t(`money.payerKind.${each}`) }))}
      />
      {payer !== 'patient' && (
        <TextInput
          label={t(payer === 'free' ? 'money.freeCategory' : 'money.payerName')}
          error={asked && unnamed ? t('money.freeNeedsName') : undefined}
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
