import { useTranslation } from 'react-i18next'
import { useClinicId, useToday } from '../live/clinic.ts'
import { useRecords } from '../live/store.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormat } from '../ui/format.ts'
import styles from '../ui/Sheet.module.css'
import { Part } from '../ui/Sheet.tsx'
import { openClosure, withdrawClosure } from './commands.tsx'

/** The days to come on which the clinic is closed. */
export function Closures() {
  const { t } = useTranslation()
  const format = useFormat()
  const clinicId = useClinicId()
  const today = useToday()
  const closures = Object.values(useRecords('closures'))
    .filter((closure) => closure.clinicId === clinicId && closure.to >= today && !closure.withdrawn)
    .sort((a, b) => a.from.localeCompare(b.from))
  return (
    <Part
      title={t('closure.title')}
      actions={<ActionButton run={openClosure}>{t('closure.add')}</ActionButton>}
      {...(closures.length === 0 ? { hint: t('closure.empty') } : {})}
    >
      {closures.length > 0 && (
        <table className={styles.table}>
          <tbody>
            {closures.map((closure) => (
              <tr key={closure.id}>
                <th scope="row" className={styles.fit}>
                  {closure.from === closure.to
                    ? format.dayWithWeekday(closure.from)
                    : t('common.span', {
                        from: format.dayWithWeekday(closure.from),
                        to: format.dayWithWeekday(closure.to),
                      })}
                </th>
                <td>{closure.reason}</td>
                <td className={`${styles.fit} ${styles.end}`}>
                  <ActionButton size="compact-xs" run={() => withdrawClosure(closure)}>
                    {t('closure.withdraw')}
                  </ActionButton>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Part>
  )
}
