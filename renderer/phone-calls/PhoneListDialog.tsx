import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhoneCall } from '../../contract/phone-calls.ts'
import { findRecord } from '../live/store.ts'
import { languageName } from '../setup/places.ts'
import { type DataColumn, DataTable } from '../ui/DataTable.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { listName } from '../ui/patient-name.ts'
import { EmptyState, FailedState, SkeletonRows } from '../ui/states.tsx'
import { ActionsCell, KnownTimeCell, LanguageCell, NameCell, NewTimeCell, PhonesCell, ToldCell } from './PhoneCells.tsx'
import styles from './PhoneListDialog.module.css'
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
  const columns: DataColumn<PhoneCall>[] = [
    { label: t('phone.told'), of: (call) => <ToldCell call={call} />, sortBy: ({ toldAt }) => toldAt },
    { label: t('patient.one'), of: (call) => <NameCell call={call} />, sortBy: nameOf, head: true },
    { label: t('patient.field.phone'), of: (call) => <PhonesCell call={call} />, className: styles.phones },
    { label: t('phone.language'), of: (call) => <LanguageCell call={call} />, sortBy: languageOf },
    {
      label: t('phone.known'),
      of: (call) => <KnownTimeCell call={call} />,
      sortBy: (call) => call.startsAt,
      fit: true,
    },
    { label: t('phone.now'), of: (call) => <NewTimeCell call={call} />, fit: true },
    { label: t('phone.actions'), of: (call) => <ActionsCell call={call} />, fit: true, end: true, unseen: true },
  ]
  return (
    <div className={styles.scroller}>
      <DataTable
        label={t('phone.title')}
        rows={calls}
        keyOf={({ id }) => id}
        columns={columns}
        isGone={({ toldAt }) => toldAt !== null}
        className={styles.table}
      />
    </div>
  )
}

const patientOf = ({ appointmentId }: PhoneCall) =>
  findRecord('patients', findRecord('appointments', appointmentId)?.patientId)

const nameOf = (call: PhoneCall) => {
  const patient = patientOf(call)
  return patient && listName(patient)
}

const languageOf = (call: PhoneCall) => {
  const language = patientOf(call)?.language
  return language ? languageName(language) : undefined
}
