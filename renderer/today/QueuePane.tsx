import { IconClockPause } from '@tabler/icons-react'
import { memo, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { openDoctorGone } from '../appointments/doctor-gone.tsx'
import { useOnLeave } from '../doctors/use-on-leave.ts'
import { useDoctorRoom } from '../doctors/use-room.ts'
import { minutesSince, useMinute } from '../live/clock.ts'
import { useMay } from '../live/permission.ts'
import { useLive, useRecord } from '../live/store.ts'
import { StaffButton } from '../staff/StaffButton.tsx'
import { GridList } from '../ui/GridList.tsx'
import { Pane } from '../ui/Pane.tsx'
import { StaffStatusWord } from '../ui/StaffStatusWord.tsx'
import { EmptyState, SkeletonRows } from '../ui/states.tsx'
import { askWhy } from '../visits/ask-why.tsx'
import { useQueueBoard } from '../visits/queue-board.ts'
import { VisitRow } from '../visits/VisitRow.tsx'
import { SessionForecast } from '../waits/SessionForecast.tsx'
import { type QueueItem, queueItems } from './queue-items.ts'
import { showVisit, useSelection } from './selection.ts'
import styles from './TodayView.module.css'

/** Who waits, by doctor and pool, in the order in which they are called. W tells why. */
export function QueuePane() {
  const { t } = useTranslation()
  const board = useQueueBoard()
  const items = useMemo(() => queueItems(board), [board])
  const loading = useLive((state) => state.feed === null)
  const activeKey = useSelection(({ selection }) => (selection.kind === 'visit' ? selection.id : null))
  const now = useMinute()
  const longest = board.longestSince ? minutesSince(board.longestSince, now) : 0
  const onLetter = useCallback((letter: string, item: QueueItem) => {
    if (letter === 'w' && item.kind === 'visit') askWhy(item.visitId)
  }, [])
  return (
    <Pane
      title={t('queue.title')}
      end={<StaffButton />}
      aside={board.waiting > 0 ? t('queue.summary', { count: board.waiting, minutes: longest }) : t('queue.nobody')}
    >
      {loading ? (
        <SkeletonRows />
      ) : items.length === 0 ? (
        <EmptyState title={t('queue.empty')} hint={t('queue.emptyHint')} />
      ) : (
        <GridList
          label={t('queue.title')}
          items={items}
          activeKey={activeKey}
          onActive={selectVisit}
          onEnter={selectVisit}
          onLetter={onLetter}
          renderItem={renderQueueItem}
          autoFocus
        />
      )}
    </Pane>
  )
}

const selectVisit = (item: QueueItem) => {
  if (item.kind === 'visit') showVisit(item.visitId)
}

function renderQueueItem(item: QueueItem) {
  switch (item.kind) {
    case 'line':
      if (item.lineKind === 'doctor') return <DoctorHeading doctorId={item.lineId} waiting={item.waiting} />
      return <PoolHeading poolId={item.lineKind === 'pool' ? item.lineId : null} waiting={item.waiting} />
    case 'section':
      return <SectionHeading section={item.section} count={item.count} />
    case 'visit':
      return <VisitRow visitId={item.visitId} isNext={item.isNext} part={item.part} />
  }
}

const DoctorHeading = memo(function DoctorHeading({ doctorId, waiting }: { doctorId: string; waiting: number }) {
  const { t } = useTranslation()
  const doctor = useRecord('doctors', doctorId)
  const room = useDoctorRoom(doctor)
  const onLeave = useOnLeave(doctorId)
  const mayRebook = useMay('appointment.rebook')
  if (!doctor) return null
  return (
    <div className={styles.headingRow}>
      <span className={`${styles.lineName} clip`}>{doctor.displayName}</span>
      {onLeave ? (
        <span className="soft">{t('queue.onLeave')}</span>
      ) : (
        <StaffStatusWord userId={doctor.userId} expectedAt={doctor.expectedAt} brief />
      )}
      <span className={styles.lineFacts}>
        {room && <span className={styles.lineRoom}>{room.name}</span>}
        <SessionForecast doctorId={doctorId} />
      </span>
      <span className={styles.lineAside}>{t('queue.waitingCount', { count: waiting })}</span>
      {mayRebook && (
        <button
          type="button"
          className={styles.late}
          title={t('gone.ask')}
          aria-label={t('gone.askFor', { name: doctor.displayName })}
          onClick={() => openDoctorGone(doctorId)}
        >
          <IconClockPause size={18} stroke={1.75} aria-hidden />
        </button>
      )}
    </div>
  )
})

const PoolHeading = memo(function PoolHeading({ poolId, waiting }: { poolId: string | null; waiting: number }) {
  const { t } = useTranslation()
  const pool = useRecord('pools', poolId)
  return (
    <div className={styles.headingRow}>
      <span className={`${styles.lineName} clip`}>
        {poolId ? t('queue.pool', { name: pool?.name }) : t('queue.anybody')}
      </span>
      <span className={styles.lineAside}>{t('queue.waitingCount', { count: waiting })}</span>
    </div>
  )
})

function SectionHeading({ section, count }: { section: 'onHold' | 'toPay' | 'missed' | 'leftOpen'; count: number }) {
  const { t } = useTranslation()
  return (
    <div className={styles.headingRow}>
      <span className={styles.lineName}>{t(`queue.section.${section}`)}</span>
      <span className={styles.lineAside}>{count}</span>
    </div>
  )
}
