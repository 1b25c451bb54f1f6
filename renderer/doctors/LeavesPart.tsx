import { useTranslation } from 'react-i18next'
import type { Doctor } from '../../contract/doctors.ts'
import { useMinute } from '../live/clock.ts'
import { useRecords } from '../live/store.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormat } from '../ui/format.ts'
import sheet from '../ui/Sheet.module.css'
import { Part } from '../ui/Sheet.tsx'
import { cancelLeave, openLeave } from './commands.tsx'

/** The leave to come. */
export function LeavesPart({ doctor }: { doctor: Doctor }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = new Date(useMinute()).toISOString()
  const leaves = Object.values(useRecords('leaves'))
    .filter((leave) => leave.doctorId === doctor.id && leave.to > leave.from && leave.to > now)
    .sort((a, b) => a.from.localeCompare(b.from))
  return (
    <Part
      title={t('leave.title')}
      actions={<ActionButton run={() => openLeave(doctor)}>{t('leave.add')}</ActionButton>}
      {...(leaves.length === 0 ? { hint: t('leave.empty') } : {})}
    >
      {leaves.length > 0 && (
        <table className={sheet.table}>
          <tbody>
            {leaves.map((leave) => (
              <tr key={leave.id}>
                <th scope="row" className={sheet.fit}>
                  {t('common.span', { from: format.dateAndTime(leave.from), to: format.dateAndTime(leave.to) })}
                </th>
                <td>{leave.reason}</td>
                <td className={`${sheet.fit} ${sheet.end}`}>
                  <ActionButton size="compact-xs" run={() => cancelLeave(leave)}>
                    {t('leave.cancel')}
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
