import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../contract/errors.ts'
import type { Payment } from '../../contract/money.ts'
import { api } from '../live/api.ts'
import { settle, useMade } from '../live/intents.ts'
import { perform, useBusy } from '../live/perform.ts'
import { adopt } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { toast } from '../ui/toasts.ts'
import { amountWrong } from './amount-wrong.ts'

type Props = { payment: Payment; mostMinor: number; name: string; onClose: () => void }

const KEY = 'payment.refund'

/** U4, M2: asked for with the verb and the name; never more than was paid. */
export function RefundDialog({ payment, mostMinor, name, onClose }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const busy = useBusy(KEY)
  const [amount, setAmount] = useState(() => format.plainMoney(mostMinor))
  const [reason, setReason] = useState('')
  const amountMinor = format.parseMoney(amount)
  const valid = amountMinor !== undefined && amountMinor > 0 && amountMinor <= mostMinor
  const wanted = `refund.${payment.id}`
  const leave = () => {
    settle(wanted)
    onClose()
  }
  const refunded = (refund: Payment) => {
    adopt({ payments: [refund] })
    toast({ tone: 'plain', text: t('money.refunded', { amount: format.money(refund.amountMinor), name }) })
    leave()
  }
  useMade('payments', wanted, refunded)
  const send = async () => {
    if (!valid || !reason.trim()) return
    const refund = await perform({
      key: KEY,
      wanted,
      late: refunded,
      run: (id) =>
        api.payments.refund(
          { params: { id: payment.id }, body: { id, amountMinor, reason: reason.trim() } },
          { context: { intent: id } },
        ),
      on: {
        more_than_paid: ({ refundableMinor }: ErrorData<'more_than_paid'>) =>
          toast({ tone: 'problem', text: t('money.moreThanPaid', { most: format.money(refundableMinor) }) }),
      },
    })
    if (refund) refunded(refund)
  }
  return (
    <Dialog
      title={t('money.refundTitle', { number: payment.receiptNumber })}
      onClose={leave}
      onSubmit={send}
      footer={
        <>
          <Button onClick={leave}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" color="red.8" disabled={!valid || !reason.trim()} loading={busy}>
            {t('money.refundVerb', { amount: amountMinor ? format.money(amountMinor) : '', name })}
          </Button>
        </>
      }
    >
      <TextInput
        label={t('money.amount')}
        inputMode="decimal"
        value={amount}
        onChange={(event) => setAmount(event.currentTarget.value)}
        error={valid ? undefined : amountWrong(amountMinor, mostMinor, format)}
      />
      <TextInput
        label={t('common.reason')}
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </Dialog>
  )
}
