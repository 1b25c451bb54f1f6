import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Charge } from '../../contract/money.ts'
import { useBusy } from '../live/perform.ts'
import { useRecord } from '../live/store.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormat } from '../ui/format.ts'
import { useVisitName } from '../ui/patient-name.ts'
import sheet from '../ui/Sheet.module.css'
import { amountWrong } from './amount-wrong.ts'
import { CHARGE_KEY, changeLine } from './commands.tsx'

const PERCENTS = [10, 25, 50, 100] as const

/** M1: a discount or the whole line, with a reason and the name of who let it. */
export function WaiveDialog({ charge, onClose }: { charge: Charge; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const busy = useBusy(CHARGE_KEY)
  const name = useVisitName(useRecord('visits', charge.visitId))
  const [amount, setAmount] = useState(format.plainMoney(charge.waivedMinor || charge.amountMinor))
  const [reason, setReason] = useState(charge.waiverReason ?? '')
  const [tried, setTried] = useState(false)
  const waivedMinor = format.parseMoney(amount)
  const valid = waivedMinor !== undefined && waivedMinor <= charge.amountMinor
  const needsReason = waivedMinor !== 0 && !reason.trim()
  const send = async () => {
    setTried(true)
    if (!valid || needsReason) return
    const change = { waivedMinor, ...(reason.trim() ? { reason: reason.trim() } : {}) }
    if (await changeLine(charge, change)) onClose()
  }
  return (
    <FormDialog
      title={t('money.waiveTitle', { what: charge.description })}
      verb={
        valid && waivedMinor === charge.amountMinor
          ? t('money.waiveAllVerb')
          : t('money.waiveVerb', { amount: format.money(valid ? waivedMinor : 0) })
      }
      busy={busy}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <p>
        <strong>{name}</strong> · {format.money(charge.amountMinor)}
      </p>
      <div className={sheet.row}>
        {PERCENTS.map((percent) => (
          <Button
            key={percent}
            size="compact-xs"
            onClick={() => setAmount(format.plainMoney(Math.round((charge.amountMinor * percent) / 100)))}
          >
            {percent} %
          </Button>
        ))}
      </div>
      <TextInput
        label={t('money.waivedAmount')}
        inputMode="decimal"
        value={amount}
        onChange={(event) => setAmount(event.currentTarget.value)}
        error={valid ? undefined : amountWrong(waivedMinor, charge.amountMinor, format)}
        autoComplete="off"
      />
      <TextInput
        label={t('common.reason')}
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={tried && needsReason ? t('refusal.reason_required') : undefined}
        autoComplete="off"
        data-autofocus
      />
    </FormDialog>
  )
}
