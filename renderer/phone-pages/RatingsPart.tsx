import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rating } from '../../contract/ratings.ts'
import { api } from '../live/api.ts'
import { useRecords } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { type DataColumn, DataTable } from '../ui/DataTable.tsx'
import { listed } from '../ui/direction.ts'
import { useFormat } from '../ui/format.ts'
import { Part } from '../ui/Sheet.tsx'
import { EmptyState, FailedState, SkeletonRows } from '../ui/states.tsx'

const SHOWN = 50

/** S5: what patients said about their visits; whose visit it was is not shown. */
export function RatingsPart({ clinicId }: { clinicId: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const doctors = useRecords('doctors')
  const read = useCallback(
    (signal: AbortSignal) => api.ratings.list({ query: { clinicId, limit: SHOWN } }, { signal }),
    [clinicId],
  )
  const { data, failed, again } = useRead(read)
  const count = data?.counts.reduce((sum, each) => sum + each.count, 0) ?? 0
  const stars = data?.counts.reduce((sum, each) => sum + each.stars * each.count, 0) ?? 0
  const doctorOf = ({ doctorId }: Rating) => doctors[doctorId ?? '']?.displayName
  const mean = count > 0 ? (stars / count).toFixed(1) : '0'
  const columns: DataColumn<Rating>[] = [
    { label: t('rating.day'), of: ({ day }) => format.day(day), sortBy: ({ day }) => day },
    { label: t('rating.stars'), of: ({ stars }) => t('rating.ofFive', { stars }), sortBy: ({ stars }) => stars },
    { label: t('rating.words'), of: ({ words }) => listed(words.map((word) => t(`rating.word.${word}`))) },
    { label: t('rating.doctor'), of: (one) => doctorOf(one), sortBy: (one) => doctorOf(one) },
  ]
  return (
    <Part title={t('rating.title')} hint={count > 0 ? t('rating.mean', { mean, count }) : t('rating.hint')}>
      {failed && <FailedState text={failed} onRetry={again} />}
      {!data && !failed && <SkeletonRows />}
      {data && data.items.length === 0 && <EmptyState title={t('rating.empty')} hint={t('rating.hint')} />}
      {data && data.items.length > 0 && (
        <DataTable label={t('rating.title')} rows={data.items} keyOf={({ visitId }) => visitId} columns={columns} />
      )}
    </Part>
  )
}
