import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Device } from '../../contract/devices.ts'
import { api } from '../live/api.ts'
import { adopt, useRecord, useRecords } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormat } from '../ui/format.ts'
import styles from '../ui/Sheet.module.css'
import { Sheet } from '../ui/Sheet.tsx'
import { EmptyState } from '../ui/states.tsx'
import { addComputer, openDevice, revokeDevice } from './commands.tsx'
import { OnlineMark } from './OnlineMark.tsx'

/** The computers that were paired with this hub, as they come and go. */
export function ComputersTab() {
  const { t } = useTranslation()
  const [gone, setGone] = useState(false)
  useRead(readUsers)
  const devices = useRecords('devices')
  const all = Object.values(devices)
  const shown = all
    .filter((device) => gone || device.revokedAt === null)
    .sort((a, b) => Number(a.revokedAt !== null) - Number(b.revokedAt !== null) || a.name.localeCompare(b.name))
  return (
    <Sheet
      title={t('administration.tab.computers')}
      hint={t('device.hint')}
      actions={
        <>
          {all.some((device) => device.revokedAt !== null) && (
            <Checkbox
              label={t('device.showRevoked')}
              checked={gone}
              onChange={(event) => setGone(event.currentTarget.checked)}
            />
          )}
          <ActionButton next run={addComputer}>
            {t('device.add')}
          </ActionButton>
        </>
      }
    >
      {shown.length > 0 ? (
        <DeviceTable devices={shown} />
      ) : (
        <EmptyState title={t('device.empty')} hint={t('device.emptyHint')} />
      )}
    </Sheet>
  )
}

function DeviceTable({ devices }: { devices: readonly Device[] }) {
  const { t } = useTranslation()
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('device.name')}</th>
          <th scope="col">{t('common.state')}</th>
          <th scope="col">{t('device.since')}</th>
          <th scope="col">{t('device.paired')}</th>
          <th scope="col" className={styles.fit}>
            <span className="unseen">{t('common.edit')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {devices.map((device) => (
          <DeviceRow key={device.id} device={device} />
        ))}
      </tbody>
    </table>
  )
}

function DeviceRow({ device }: { device: Device }) {
  const { t } = useTranslation()
  const format = useFormat()
  const by = useRecord('users', device.pairedById)?.displayName
  const { revokedAt } = device
  const pairedAt = format.dateAndTime(device.pairedAt)
  return (
    <tr data-gone={revokedAt === null ? undefined : true}>
      <th scope="row">
        {revokedAt === null ? (
          <button type="button" className={styles.open} onClick={() => void openDevice(device)}>
            {device.name}
          </button>
        ) : (
          device.name
        )}
      </th>
      <td>
        <OnlineMark state={revokedAt !== null ? 'revoked' : device.online ? 'online' : 'offline'} />
      </td>
      <td>{format.dateAndTime(revokedAt ?? device.since)}</td>
      <td>{by ? t('device.pairedBy', { when: pairedAt, name: by }) : pairedAt}</td>
      <td className={styles.fit}>
        {revokedAt === null && (
          <ActionButton
            run={() => void revokeDevice(device)}
            aria-label={t('device.revokeVerb', { name: device.name })}
          >
            {t('device.revoke')}
          </ActionButton>
        )}
      </td>
    </tr>
  )
}

// The computers themselves are in the snapshot of whoever may look after them.
const readUsers = (signal: AbortSignal) =>
  api.users.list({}, { signal }).then(({ items }) => {
    adopt({ users: items })
    return true
  })
