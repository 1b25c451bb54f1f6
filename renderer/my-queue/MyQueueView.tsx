import { Button } from '@mantine/core'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { takeUpLeftBehind } from '../consultation/autosave.ts'
import { Link } from '../frame/Link.tsx'
import { useMay } from '../live/permission.ts'
import { useSession } from '../live/session.ts'
import { useLive } from '../live/store.ts'
import { AwaitedButton } from '../orders/AwaitedButton.tsx'
import { GridList } from '../ui/GridList.tsx'
import { useHotkey } from '../ui/hotkeys.ts'
import { Pane } from '../ui/Pane.tsx'
import { EmptyState, SkeletonRows } from '../ui/states.tsx'
import { ConsultationPane } from './ConsultationPane.tsx'
import { callNext, finishConsultation } from './commands.tsx'
import { lineItems, renderLineItem } from './line-items.tsx'
import styles from './MyQueueView.module.css'
import { type MyLine, useMyLine } from './my-line.ts'
import { lookAt, useLookedAt } from './selection.ts'

/** A doctor's page: who is next and why, who is on hold, and the one who is here. */
export function MyQueueView() {
  const { t } = useTranslation()
  const doctorId = useSession((session) => session.user?.doctorId ?? null)
  const mayLink = useMay('clinic.manage')
  if (doctorId) return <QueueOf doctorId={doctorId} />
  return (
    <EmptyState title={t('myQueue.noDoctor')} hint={t(mayLink ? 'myQueue.noDoctorLink' : 'myQueue.noDoctorHint')}>
      {mayLink && (
        <Button component={Link} to="/administration/doctors" variant="filled">
          {t('administration.tab.doctors')}
        </Button>
      )}
    </EmptyState>
  )
}

function QueueOf({ doctorId }: { doctorId: string }) {
  const line = useMyLine(doctorId)
  const lookedAt = useLookedAt((state) => state.visitId)
  const shown = lookedAt ?? line.present[0]?.id ?? null
  const present = line.present.find((visit) => visit.id === shown) ?? line.present[0]
  const userId = useSession((session) => session.user?.id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each person who comes to this window
  useEffect(() => {
    void takeUpLeftBehind()
  }, [userId])
  useHotkey('F8', () => void callNext(doctorId))
  useHotkey('F10', () => present?.status === 'in_consultation' && void finishConsultation(present.id))
  return (
    <div className={styles.view}>
      <LinePane line={line} shown={shown} />
      <ConsultationPane doctorId={doctorId} visitId={shown} />
    </div>
  )
}

function LinePane({ line, shown }: { line: MyLine; shown: string | null }) {
  const { t } = useTranslation()
  const loading = useLive((state) => state.feed === null)
  const items = useMemo(() => lineItems(line), [line])
  return (
    <Pane
      title={t('view.myQueue')}
      aside={t('queue.waitingCount', { count: line.order.length })}
      footer={<AwaitedButton />}
    >
      {loading ? (
        <SkeletonRows />
      ) : items.length === 0 ? (
        <EmptyState title={t('myQueue.empty')} hint={t('myQueue.emptyHint')} />
      ) : (
        <GridList
          label={t('view.myQueue')}
          items={items}
          activeKey={shown}
          onActive={(item) => lookAt(item.key)}
          renderItem={renderLineItem}
          autoFocus
        />
      )}
    </Pane>
  )
}
