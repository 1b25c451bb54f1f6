import { SegmentedControl } from '@mantine/core'
import { type FocusEvent, type KeyboardEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { navigate } from '../frame/router.ts'
import { useClinic, useClinicId } from '../live/clinic.ts'
import { useMinute } from '../live/clock.ts'
import { useMay } from '../live/permission.ts'
import { findRecord, useLive, useRecords } from '../live/store.ts'
import { StaffPane } from '../staff/StaffPane.tsx'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Pane } from '../ui/Pane.tsx'
import { EmptyState, SkeletonRows } from '../ui/states.tsx'
import { assignBed } from './commands.tsx'
import { nextBed } from './next-bed.ts'
import { countBeds, type PlanFilter, planOf, type RoomOnPlan } from './plan.ts'
import { RoomCard } from './RoomCard.tsx'
import styles from './RoomsAndBedsView.module.css'

const FILTERS: readonly PlanFilter[] = ['all', 'withBeds', 'free', 'occupied', 'cleaning']

/** S1, S2: the rooms as cards, with who is there and the beds; beside them the staff. */
export function RoomsAndBedsView() {
  return (
    <div className={styles.view}>
      <PlanPane />
      <StaffPane />
    </div>
  )
}

function PlanPane() {
  const { t } = useTranslation()
  const loading = useLive((state) => state.feed === null)
  const [filter, setFilter] = useState<PlanFilter>('all')
  const places = usePlan(filter)
  const counts = countBeds(useRecords('beds'), useClinicId())
  const labels: Record<PlanFilter, string> = {
    all: t('beds.filter.all'),
    withBeds: t('beds.filter.withBeds'),
    free: t('beds.filter.free', { count: counts.free }),
    occupied: t('beds.filter.occupied', { count: counts.occupied }),
    cleaning: t('beds.filter.cleaning', { count: counts.cleaning }),
  }
  return (
    <Pane
      title={t('view.roomsAndBeds')}
      end={
        <SegmentedControl
          size="xs"
          aria-label={t('beds.filter.label')}
          data={FILTERS.map((value) => ({ value, label: labels[value] }))}
          value={filter}
          onChange={(value) => setFilter(FILTERS.find((each) => each === value) ?? 'all')}
        />
      }
    >
      {loading ? (
        <SkeletonRows />
      ) : places.length > 0 ? (
        <Plan places={places} />
      ) : filter === 'all' ? (
        <NoRooms />
      ) : (
        <EmptyState title={t('beds.noneSuch')} hint={t('beds.noneSuchHint')} />
      )}
    </Pane>
  )
}

function usePlan(filter: PlanFilter): readonly RoomOnPlan[] {
  const clinic = useClinic()
  const minute = useMinute()
  const rooms = useRecords('rooms')
  const beds = useRecords('beds')
  const doctors = useRecords('doctors')
  const schedules = useRecords('schedules')
  const visits = useRecords('visits')
  return useMemo(
    () => (clinic ? planOf({ rooms, beds, doctors, schedules, visits }, clinic, minute, filter) : []),
    [clinic, minute, filter, rooms, beds, doctors, schedules, visits],
  )
}

/** U1: arrow keys go from bed to bed, Enter does the next step, a letter or digit of a ticket begins to assign. */
function Plan({ places }: { places: readonly RoomOnPlan[] }) {
  const { t } = useTranslation()
  const [last, setLast] = useState<string>()
  const ids = places.flatMap(({ beds }) => beds.map(({ id }) => id))
  const focusedBed = ids.find((id) => id === last) ?? ids[0]
  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    if (target.dataset.bed) setLast(target.dataset.bed)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { key, target, ctrlKey, metaKey, altKey } = event
    if (!(target instanceof HTMLElement) || !target.dataset.bed || ctrlKey || metaKey || altKey) return
    const next = nextBed(event.currentTarget, target, key)
    const bed = findRecord('beds', target.dataset.bed)
    if (next) next.focus()
    else if (/^[\p{L}\p{N}]$/u.test(key) && bed?.status === 'free') void assignBed(bed, key)
    else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: cards on a plan, not fields of a form; the beds hear the keys, and the plan takes them on
    <div className={styles.plan} role="group" aria-label={t('beds.plan')} onFocus={onFocus} onKeyDown={onKeyDown}>
      {places.map((place) => (
        <RoomCard key={place.room.id} place={place} focusedBed={focusedBed} />
      ))}
    </div>
  )
}

function NoRooms() {
  const { t } = useTranslation()
  const mayManage = useMay('clinic.manage')
  return (
    <EmptyState title={t('room.empty')} hint={t('room.emptyHint')}>
      {mayManage && (
        <ActionButton next run={() => navigate('/administration/rooms')}>
          {t('room.add')}
        </ActionButton>
      )}
    </EmptyState>
  )
}
