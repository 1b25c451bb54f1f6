import { Button, Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../live/drafts.ts'
import { useBusy } from '../live/perform.ts'
import { useRecord } from '../live/store.ts'
import { usePatient } from '../patients/use-patient.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { bannerName } from '../ui/patient-name.ts'
import { useChoices } from '../ui/use-here.ts'
import { changeOrder } from './commands.tsx'
import { STATUSES } from './kinds.ts'

/** How far an order is, what came of it, by when, and whose it is. */
export function ResultDialog({ orderId, onClose }: { orderId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const order = useRecord('orders', orderId)
  const patient = usePatient(order?.patientId)
  const busy = useBusy(`order.change.${orderId}`)
  const doctors = useChoices('doctors', order?.doctorId)
  const [draft, change, clear] = useDraft(`order.${orderId}`, {
    status: order?.status ?? 'done',
    result: order?.result ?? '',
    dueOn: order?.dueOn ?? null,
    doctorId: order?.doctorId ?? null,
  })
  const [wrongDay, setWrongDay] = useState(false)
  if (!order) return null
  const leave = () => {
    clear()
    onClose()
  }
  const send = async () => {
    if (busy || wrongDay) return
    // A result that was written down is there: nobody has to say so twice.
    const arrived = draft.result.trim() !== order.result && draft.status === order.status
    const status = arrived ? ('done' as const) : draft.status
    if (await changeOrder(order, { ...draft, status })) leave()
  }
  return (
    <Dialog
      title={order.what}
      onClose={leave}
      onSubmit={send}
      footer={
        <>
          <Button onClick={leave}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" loading={busy}>
            {t('form.save')}
          </Button>
        </>
      }
    >
      {patient && (
        <p>
          <strong>{bannerName(patient)}</strong>
        </p>
      )}
      <Textarea
        label={t('order.result')}
        autosize
        minRows={3}
        maxLength={2000}
        value={draft.result}
        onChange={(event) => change({ result: event.currentTarget.value })}
        data-autofocus
      />
      <Select
        label={t('common.state')}
        data={STATUSES.map((status) => ({ value: status, label: t(`order.status.${status}`) }))}
        value={draft.status}
        onChange={(status) => change({ status: STATUSES.find((each) => each === status) ?? draft.status })}
        allowDeselect={false}
      />
      <DayInput
        label={t('order.dueOn')}
        value={draft.dueOn}
        onChange={(dueOn) => change({ dueOn })}
        onWrong={setWrongDay}
      />
      <Select
        label={t('order.doctor')}
        data={doctors}
        value={draft.doctorId}
        onChange={(doctorId) => change({ doctorId })}
        allowDeselect={false}
        searchable
      />
    </Dialog>
  )
}
