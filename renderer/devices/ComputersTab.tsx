import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Device } from '../../contract/devices.ts'
import { api } from '../live/api.ts'
import { adopt, useRecords } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { type DataColumn, DataTable } from '../ui/DataTable.tsx'
import { useFormat } from '../ui/format.ts'
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
  const format = useFormat()
  const users = useRecords('users')
  const pairedOf = ({ pairedAt, pairedById }: Device) => {
    const when = format.dateAndTime(pairedAt)
    const name = users[pairedById ?? '']?.displayName
    return name ? t('device.pairedBy', { when, name }) : when
  }
  const columns: DataColumn<Device>[] = [
    {
      label: t('device.name'),
      of: ({ name }) => name,
      sortBy: ({ name }) => name,
      open: (device) => (isRevoked(device) ? undefined : () => openDevice(device)),
      head: true,
    },
    {
      label: t('common.state'),
      of: (device) => <OnlineMark state={stateOf(device)} />,
      sortBy: (device) => STATES.indexOf(stateOf(device)),
    },
    { label: t('device.since'), of: (device) => format.dateAndTime(sinceOf(device)), sortBy: sinceOf },
    { label: t('device.paired'), of: pairedOf, sortBy: ({ pairedAt }) => pairedAt },
    {
      label: t('common.edit'),
      of: (device) => !isRevoked(device) && <Revoke device={device} />,
      fit: true,
      unseen: true,
    },
  ]
  return (
    <DataTable
      label={t('administration.tab.computers')}
      rows={devices}
      keyOf={({ id }) => id}
      columns={columns}
      isGone={isRevoked}
    />
  )
}

function Revoke({ device }: { device: Device }) {
  const { t } = useTranslation()
  return (
    <ActionButton run={() => void revokeDevice(device)} aria-label={t('device.revokeVerb', { name: device.name })}>
      {t('device.revoke')}
    </ActionButton>
  )
}

const STATES = ['online', 'offline', 'revoked'] as const
const isRevoked = ({ revokedAt }: Device) => revokedAt !== null
const stateOf = (device: Device) => (isRevoked(device) ? 'revoked' : device.online ? 'online' : 'offline')
const sinceOf = ({ revokedAt, since }: Device) => revokedAt ?? since

// The computers themselves are in the snapshot of whoever may look after them.
const readUsers = (signal: AbortSignal) =>
  api.users.list({}, { signal }).then(({ items }) => {
    adopt({ users: items })
    return true
  })
