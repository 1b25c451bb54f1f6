import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../live/api.ts'
import { useRecords } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { useFormat } from '../ui/format.ts'
import sheet from '../ui/Sheet.module.css'
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
  const mean = count > 0 ? (stars / count).toFixed(1) : '0'
  return (
    <Part title={t('rating.title')} hint={count > 0 ? t('rating.mean', { mean, count }) : t('rating.hint')}>
      {failed && <FailedState text={failed} onRetry={again} />}
      {!data && !failed && <SkeletonRows />}
      {data && data.items.length === 0 && <EmptyState title={t('rating.empty')} hint={t('rating.hint')} />}
      {data && data.items.length > 0 && (
        <table className={sheet.table} aria-label={t('rating.title')}>
          <thead>
            <tr>
              <th scope="col">{t('rating.day')}</th>
              <th scope="col">{t('rating.stars')}</th>
              <th scope="col">{t('rating.words')}</th>
              <th scope="col">{t('rating.doctor')}</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((rating) => (
              <tr key={rating.visitId}>
                <td>{format.day(rating.day)}</td>
                <td>{t('rating.ofFive', { stars: rating.stars })}</td>
                <td>{rating.words.map((word) => t(`rating.word.${word}`)).join(', ')}</td>
                <td>{doctors[rating.doctorId ?? '']?.displayName}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Part>
  )
}
