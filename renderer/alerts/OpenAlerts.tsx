import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alert } from '../../contract/alerts.ts'
import { useClinicId } from '../live/clinic.ts'
import { useLive, useRecords } from '../live/store.ts'
import { type GridItem, GridList } from '../ui/GridList.tsx'
import { EmptyState, SkeletonRows } from '../ui/states.tsx'
import { AlertRow } from './AlertRow.tsx'
import { inOrder, isOpen } from './alert-state.ts'
import { acknowledge, escalate, openResolve, showAlert } from './commands.tsx'

type Item = GridItem & { alert: Alert }

const ROW = 60

/** U1: the unanswered first; A answers, E asks the next role, O says what became of it, Enter shows the patient. */
export function OpenAlerts() {
  const { t } = useTranslation()
  const loading = useLive((state) => state.feed === null)
  const clinicId = useClinicId()
  const alerts = useRecords('alerts')
  const items = useMemo(
    () =>
      inOrder(
        Object.values(alerts).filter(
          (alert) => isOpen(alert) && (alert.clinicId === clinicId || alert.scope === 'hospital'),
        ),
      ).map((alert): Item => ({ key: alert.id, height: ROW, alert })),
    [alerts, clinicId],
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const active = items.find(({ key }) => key === chosen)?.key ?? items[0]?.key ?? null
  if (loading) return <SkeletonRows />
  if (items.length === 0) return <EmptyState title={t('alert.noneOpen')} hint={t('alert.noneOpenHint')} />
  return (
    <GridList
      label={t('alert.tab.open')}
      items={items}
      activeKey={active}
      onActive={({ key }) => setChosen(key)}
      onEnter={({ alert }) => showAlert(alert)}
      onLetter={(letter, { alert }) => LETTERS[letter]?.(alert)}
      renderItem={renderRow}
      autoFocus
    />
  )
}

const renderRow = ({ alert }: Item) => <AlertRow alert={alert} />

const LETTERS: Readonly<Record<string, (alert: Alert) => void>> = {
  a: ({ id }) => void acknowledge(id),
  e: (alert) => void escalate(alert),
  o: openResolve,
}
