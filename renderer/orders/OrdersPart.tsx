import { ActionIcon, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order, OrderKind } from '../../contract/orders.ts'
import type { Visit } from '../../contract/visits.ts'
import styles from '../consultation/Consultation.module.css'
import { useOfVisit } from '../consultation/use-record-of.ts'
import { useToday } from '../live/clinic.ts'
import { useKeptDraft } from '../live/kept-drafts.ts'
import { useMay } from '../live/permission.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { DayInput } from '../ui/DayInput.tsx'
import { useFormat } from '../ui/format.ts'
import { problemWords } from '../ui/problem-words.ts'
import sheet from '../ui/Sheet.module.css'
import { addOrder, changeOrder, openResult, withdrawOrder } from './commands.tsx'
import { KINDS } from './kinds.ts'

/** What was ordered in this visit; the patient may wait for it on hold. */
export function OrdersPart({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  const mayOrder = useMay('order.write')
  const orders = useOfVisit('orders', visit.id)
  return (
    <section className={styles.part} aria-label={t('order.title')}>
      <h2>{t('order.title')}</h2>
      {orders.length > 0 && (
        <ul className={styles.list}>
          {orders.map((order) => (
            <OrderLine key={order.id} order={order} />
          ))}
        </ul>
      )}
      {mayOrder && <NewOrder visit={visit} />}
    </section>
  )
}

/** `brief`: among what was before, where only its result is written down. */
export function OrderLine({ order, brief = false }: { order: Order; brief?: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const mayStep = useMay('order.step')
  const mayOrder = useMay('order.write')
  return (
    <li className={styles.line}>
      <span className={styles.grow}>
        <span className="soft">{t(`order.kind.${order.kind}`)}</span>{' '}
        <strong>
          <bdi>{order.what}</bdi>
        </strong>
        {order.result && <small className={`${styles.under} typed`}>{order.result}</small>}
      </span>
      <span>
        {t(`order.status.${order.status}`)}
        {order.dueOn && order.status !== 'done' && ` ${t('order.due', { day: format.day(order.dueOn) })}`}
      </span>
      {mayStep && !brief && order.status === 'ordered' && (
        <ActionButton size="compact-xs" run={() => changeOrder(order, { status: 'results_awaited' })}>
          {t('order.await')}
        </ActionButton>
      )}
      {mayStep && (
        <ActionButton size="compact-xs" run={() => openResult(order)}>
          {t('order.writeResult')}
          <span className="unseen"> {order.what}</span>
        </ActionButton>
      )}
      {mayOrder && !brief && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('order.withdraw', { what: order.what })}
          title={t('common.remove')}
          onClick={() => void withdrawOrder(order)}
        >
          <IconX size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      )}
    </li>
  )
}

type Draft = { kind: OrderKind; what: string; dueOn: string | null }
const nothing: Draft = { kind: 'lab', what: '', dueOn: null }

function NewOrder({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  const [draft, change, , sent] = useKeptDraft<Draft>(`order.new.${visit.id}`, nothing, { what: '', dueOn: null })
  const today = useToday()
  const [wrongDay, setWrongDay] = useState(false)
  const pastDay = draft.dueOn !== null && draft.dueOn < today
  const empty = !draft.what.trim() || wrongDay || pastDay
  const send = async (hold: boolean) => {
    if (!empty && (await addOrder(visit, draft, hold))) sent(draft)
  }
  return (
    <div className={`${styles.newOrder} ${sheet.row}`}>
      <Select
        className={styles.kind}
        label={t('order.kindLabel')}
        data={KINDS.map((kind) => ({ value: kind, label: t(`order.kind.${kind}`) }))}
        value={draft.kind}
        onChange={(kind) => change({ kind: KINDS.find((each) => each === kind) ?? draft.kind })}
        allowDeselect={false}
      />
      <TextInput
        className={styles.grow}
        label={t('order.what')}
        value={draft.what}
        maxLength={200}
        onChange={(event) => change({ what: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          void send(false)
        }}
      />
      <DayInput
        className={styles.day}
        label={t('order.dueOn')}
        value={draft.dueOn}
        onChange={(dueOn) => change({ dueOn })}
        onWrong={setWrongDay}
        error={pastDay ? problemWords('must not be in the past') : undefined}
      />
      <ActionButton size="sm" disabled={empty} run={() => send(false)}>
        {t('order.add')}
      </ActionButton>
      {visit.status === 'in_consultation' && (
        <ActionButton size="sm" disabled={empty} run={() => send(true)}>
          {t('order.addAndHold')}
        </ActionButton>
      )}
    </div>
  )
}
