import { Button } from '@mantine/core'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../live/api.ts'
import { useClinicId } from '../live/clinic.ts'
import { adopt } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { listName } from '../ui/patient-name.ts'
import { EmptyState, FailedState, SkeletonRows } from '../ui/states.tsx'
import styles from './Alerts.module.css'
import { type Filter, HistoryFilters } from './HistoryFilters.tsx'
import { HistoryTable } from './HistoryTable.tsx'

const PAGE = 50
const ALL: Filter = { severity: null, kind: null, personId: null, from: null, to: null }

/** L1: kept for good; by kind, severity, person and day, a page at a time. */
export function HistoryPart() {
  const { t } = useTranslation()
  const [filter, setFilter] = useState(ALL)
  const [cursors, setCursors] = useState<readonly string[]>([])
  const { page, failed, again } = useHistory(filter, cursors.at(-1))
  const narrow = (part: Partial<Filter>) => {
    setCursors([])
    setFilter((all) => ({ ...all, ...part }))
  }
  const older = page?.cursor
  return (
    <>
      <HistoryFilters filter={filter} onChange={narrow} />
      {failed ? (
        <FailedState text={failed} onRetry={again} />
      ) : !page ? (
        <SkeletonRows rows={12} />
      ) : page.items.length === 0 ? (
        <EmptyState title={t('alert.noneSuch')} />
      ) : (
        <HistoryTable listed={page.items} about={page.about} />
      )}
      <div className={styles.paging}>
        <Button size="xs" disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>
          {t('alert.newer')}
        </Button>
        <Button size="xs" disabled={!older} onClick={() => older && setCursors([...cursors, older])}>
          {t('alert.older')}
        </Button>
      </div>
    </>
  )
}

function useHistory(filter: Filter, cursor: string | undefined) {
  const clinicId = useClinicId()
  const read = useCallback(
    async (signal: AbortSignal) => {
      const narrowed = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null))
      const query = { clinicId, limit: PAGE, ...narrowed, ...(cursor ? { cursor } : {}) }
      const { items, cursor: next, about = [], ...why } = await api.alerts.list({ query }, { signal })
      adopt({ alerts: items, ...why })
      return { items, cursor: next, about: new Map(about.map((whom) => [whom.id, listName(whom)])) }
    },
    [clinicId, filter, cursor],
  )
  const { data, failed, again } = useRead(read)
  return { page: data, failed, again }
}
