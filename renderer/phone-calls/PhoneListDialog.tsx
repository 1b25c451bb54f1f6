import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhoneCall } from '../../contract/phone-calls.ts'
import { Dialog } from '../ui/Dialog.tsx'
import sheet from '../ui/Sheet.module.css'
import { EmptyState, FailedState, SkeletonRows } from '../ui/states.tsx'
import styles from './PhoneListDialog.module.css'
import { PhoneRow } from './PhoneRow.tsx'
import { PrintedPhoneList } from './PrintedPhoneList.tsx'
import { usePhoneList } from './phone-list.ts'

type Props = { title?: string | undefined; callIds?: readonly string[] | undefined; onClose: () => void }

/** Q12: each is phoned, and ticked; whoever else has the list open sees the tick. */
export function PhoneListDialog({ title, callIds, onClose }: Props) {
  const { t } = useTranslation()
  const { calls, loading, failed, again } = usePhoneList(callIds)
  const [printing, setPrinting] = useState(false)
  const left = calls.filter((call) => call.toldAt === null).length
  return (
    <Dialog
      title={title ?? t('phone.title')}
      size="huge"
      onClose={onClose}
      footer={
        <>
          <span className={styles.count} role="status">
            {left > 0 ? t('phone.left', { count: left, of: calls.length }) : t('phone.allTold')}
          </span>
          <Button
            leftSection={<IconPrinter size={16} stroke={1.75} aria-hidden />}
            disabled={calls.length === 0 || loading}
            onClick={() => setPrinting(true)}
          >
            {t('day.print')}
          </Button>
          <Button onClick={onClose}>{t('common.close')}</Button>
        </>
      }
    >
      {failed ? (
        <FailedState text={failed} onRetry={again} />
      ) : loading ? (
        <SkeletonRows rows={Math.min(calls.length, 8)} />
      ) : calls.length === 0 ? (
        <EmptyState title={t('phone.empty')} hint={t('phone.emptyHint')} />
      ) : (
        <PhoneTable calls={calls} />
      )}
      <p className="soft">{t('phone.hint')}</p>
      {printing && <PrintedPhoneList title={title} calls={calls} onDone={() => setPrinting(false)} />}
    </Dialog>
  )
}

function PhoneTable({ calls }: { calls: readonly PhoneCall[] }) {
  const { t } = useTranslation()
  return (
    <div className={styles.scroller}>
      <table className={`${sheet.table} ${styles.table}`}>
        <thead>
          <tr>
            <th>{t('phone.told')}</th>
            <th>{t('patient.one')}</th>
            <th>{t('patient.field.phone')}</th>
            <th>{t('phone.language')}</th>
            <th>{t('phone.known')}</th>
            <th>{t('phone.now')}</th>
            <th>
              <span className="unseen">{t('phone.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <PhoneRow key={call.id} call={call} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
