import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { navigate, useSubPath } from '../frame/router.ts'
import { useClinicId } from '../live/clinic.ts'
import { minutesSince, useMinute } from '../live/clock.ts'
import { useLive, useRecord, useRecords } from '../live/store.ts'
import { useVisitMoney } from '../money/money-of-visit.ts'
import { inARow } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import { Glow } from '../ui/Glow.tsx'
import { GridList } from '../ui/GridList.tsx'
import { Pane } from '../ui/Pane.tsx'
import { useVisitName } from '../ui/patient-name.ts'
import { EmptyState, SkeletonRows } from '../ui/states.tsx'
import { Ticket } from '../ui/Ticket.tsx'
import styles from './CashDeskView.module.css'
import { ReceiptsPane } from './ReceiptsPane.tsx'
import { type PayItem, payItems } from './to-pay.ts'
import { VisitToPay } from './VisitToPay.tsx'

const BASE = '/cash-desk'

/** The cashier's page: who is to pay, the one who pays, and what came in today. */
export function CashDeskView() {
  const { t } = useTranslation()
  const [id] = useSubPath(BASE)
  const items = useItems()
  const first = items.find((item) => item.kind === 'visit')?.key
  const shown = useShown(id, first)
  return (
    <div className={styles.view}>
      <ToPayPane items={items} shown={shown} />
      <section className={styles.visit} aria-label={t('patient.one')}>
        {shown ? (
          <VisitToPay key={shown} visitId={shown} />
        ) : (
          <EmptyState title={t('cashDesk.nobody')} hint={t('cashDesk.nobodyHint')} />
        )}
      </section>
      <ReceiptsPane />
    </div>
  )
}

/** The one that was chosen; else the first, who stays in sight when the payment takes them off the list. */
function useShown(id: string | undefined, first: string | undefined): string | undefined {
  const kept = useRef<string | undefined>(undefined)
  const known = useRecord('visits', kept.current)
  if (id) kept.current = id
  else if (!known) kept.current = first
  return kept.current
}

function useItems(): readonly PayItem[] {
  const clinicId = useClinicId()
  const visits = useRecords('visits')
  const charges = useRecords('charges')
  const payments = useRecords('payments')
  return useMemo(() => payItems({ visits, charges, payments }, clinicId), [visits, charges, payments, clinicId])
}

function ToPayPane({ items, shown }: { items: readonly PayItem[]; shown: string | undefined }) {
  const { t } = useTranslation()
  const loading = useLive((state) => state.feed === null)
  const waiting = items.find((item) => item.kind === 'section' && item.section === 'toPay')
  return (
    <Pane
      title={t('cashDesk.toPay')}
      aside={waiting?.kind === 'section' ? t('queue.waitingCount', { count: waiting.count }) : undefined}
    >
      {loading ? (
        <SkeletonRows />
      ) : items.length === 0 ? (
        <EmptyState title={t('cashDesk.empty')} hint={t('cashDesk.emptyHint')} />
      ) : (
        <GridList
          label={t('cashDesk.toPay')}
          items={items}
          activeKey={shown ?? null}
          onActive={choose}
          onEnter={choose}
          renderItem={renderItem}
          autoFocus
        />
      )}
    </Pane>
  )
}

const choose = (item: PayItem) => navigate(`${BASE}/${item.key}`)

function renderItem(item: PayItem) {
  return item.kind === 'section' ? <SectionName item={item} /> : <PayRow visitId={item.key} />
}

function SectionName({ item }: { item: Extract<PayItem, { kind: 'section' }> }) {
  const { t } = useTranslation()
  return (
    <div className={styles.section}>
      <span>{t(`cashDesk.section.${item.section}`)}</span>
      <span className="soft">{item.count}</span>
    </div>
  )
}

function PayRow({ visitId }: { visitId: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useMinute()
  const visit = useRecord('visits', visitId)
  const doctor = useRecord('doctors', visit?.doctorId)
  const name = useVisitName(visit)
  const { balanceMinor } = useVisitMoney(visitId)
  if (!visit) return null
  return (
    <div className={styles.row}>
      <Glow id={visitId} />
      <span className={styles.ticket}>
        <Ticket code={visit.ticket} />
      </span>
      <span className={styles.who}>
        <span className="clip">{name}</span>
        <span className="soft small clip">
          {inARow([t('queue.minutes', { count: minutesSince(visit.statusAt, now) }), doctor?.displayName])}
        </span>
      </span>
      <span className={styles.amount}>{format.money(Math.max(0, balanceMinor))}</span>
    </div>
  )
}
