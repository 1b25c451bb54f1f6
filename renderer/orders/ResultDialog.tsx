import { Button, Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order } from '../../contract/orders.ts'
import { useToday } from '../live/clinic.ts'
import { useKeptDraft } from '../live/kept-drafts.ts'
import { useBusy } from '../live/perform.ts'
import { useRecord } from '../live/store.ts'
import { usePatient } from '../patients/use-patient.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { listed } from '../ui/direction.ts'
import { bannerName } from '../ui/patient-name.ts'
import { problemWords } from '../ui/problem-words.ts'
import { useChoices } from '../ui/use-here.ts'
import { changeOrder } from './commands.tsx'
import { STATUSES } from './kinds.ts'
import {
  changedIn,
  nothingChanged,
  onOrder,
  type ResultDraft,
  type ResultField,
  type ResultFields,
  withPart,
} from './result-draft.ts'

/** How far an order is, what came of it, by when, and whose it is. */
export function ResultDialog({ orderId, onClose }: { orderId: string; onClose: () => void }) {
  const order = useRecord('orders', orderId)
  return order ? <Editor order={order} onClose={onClose} /> : null
}

function Editor({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useTranslation()
  const busy = useBusy(`order.change.${order.id}`)
  const [draft, change, clear] = useKeptDraft<ResultDraft>(`order.${order.id}`, nothingChanged)
  const today = useToday()
  const [wrongDay, setWrongDay] = useState(false)
  const { fields, met } = onOrder(draft, order)
  const pastDay = fields.dueOn !== null && fields.dueOn !== order.dueOn && fields.dueOn < today
  const leave = () => {
    clear()
    onClose()
  }
  const send = async () => {
    if (busy || wrongDay || pastDay) return
    // A result that was written down is there: nobody has to say so twice.
    const arrived = fields.result.trim() !== order.result && fields.status === order.status
    const status = arrived ? ('done' as const) : fields.status
    if (await changeOrder(order, changedIn({ ...fields, status }, order))) leave()
  }
  return (
    <Dialog
      title={order.what}
      // U8: Escape throws nothing away; Cancel does.
      onClose={onClose}
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
      <Whose patientId={order.patientId} />
      <Met fields={met} />
      <Fields
        fields={fields}
        change={(part) => change(withPart(draft, order, part))}
        ofBefore={order.doctorId}
        onWrongDay={setWrongDay}
        pastDay={pastDay}
      />
    </Dialog>
  )
}

function Whose({ patientId }: { patientId: string | null }) {
  const patient = usePatient(patientId)
  if (!patient) return null
  return (
    <p>
      <strong>{bannerName(patient)}</strong>
    </p>
  )
}

const LABELS = {
  status: 'common.state',
  result: 'order.result',
  dueOn: 'order.dueOn',
  doctorId: 'order.doctor',
} as const satisfies Record<ResultField, string>

/** Q10: somebody else changed the same since this was typed. */
function Met({ fields }: { fields: readonly ResultField[] }) {
  const { t } = useTranslation()
  return (
    <div role="alert">
      {fields.length > 0 && <p>{t('order.met', { fields: listed(fields.map((field) => t(LABELS[field]))) })}</p>}
    </div>
  )
}

type FieldsProps = {
  fields: ResultFields
  change: (part: Partial<ResultFields>) => void
  /** Whose it is may have left the clinic since. */
  ofBefore: string | null
  onWrongDay: (wrong: boolean) => void
  pastDay: boolean
}

function Fields({ fields, change, ofBefore, onWrongDay, pastDay }: FieldsProps) {
  const { t } = useTranslation()
  const doctors = useChoices('doctors', ofBefore)
  return (
    <>
      <Textarea
        label={t('order.result')}
        autosize
        minRows={3}
        maxLength={2000}
        value={fields.result}
        onChange={(event) => change({ result: event.currentTarget.value })}
        data-autofocus
      />
      <Select
        label={t('common.state')}
        data={STATUSES.map((status) => ({ value: status, label: t(`order.status.${status}`) }))}
        value={fields.status}
        onChange={(status) => change({ status: STATUSES.find((each) => each === status) ?? fields.status })}
        allowDeselect={false}
      />
      <DayInput
        label={t('order.dueOn')}
        value={fields.dueOn}
        onChange={(dueOn) => change({ dueOn })}
        onWrong={onWrongDay}
        error={pastDay ? problemWords('must not be in the past') : undefined}
      />
      <Select
        label={t('order.doctor')}
        data={doctors}
        value={fields.doctorId}
        onChange={(doctorId) => change({ doctorId })}
        allowDeselect={false}
        searchable
      />
    </>
  )
}
