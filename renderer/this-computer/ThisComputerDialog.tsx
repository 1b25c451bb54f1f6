import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { StationState } from '../../contract/station.ts'
import { navigate } from '../frame/router.ts'
import { api } from '../live/api.ts'
import { iMay } from '../live/permission.ts'
import { useRead } from '../live/use-read.ts'
import { DOCTOR_PATH } from '../station/doctor-path.ts'
import { useStation } from '../station/station-state.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import { SkeletonRows } from '../ui/states.tsx'
import styles from './ThisComputerDialog.module.css'

type Props = { onClose: () => void }

/** What this computer is in the clinic; an administrator may make it something else. */
export function ThisComputerDialog({ onClose }: Props) {
  const { t } = useTranslation()
  const state = useStation((station) => station.state)
  const go = (path: string) => {
    onClose()
    navigate(path)
  }
  const check = state ? DOCTOR_PATH : '/administration/network'
  return (
    <Dialog
      title={t('thisComputer.title')}
      size="medium"
      onClose={onClose}
      footer={
        <>
          {(state || iMay('device.manage')) && <Button onClick={() => go(check)}>{t('doctorCheck.open')}</Button>}
          <Button data-autofocus onClick={onClose}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      {state ? <OfStation state={state} onClose={onClose} /> : <OfHub onClose={onClose} />}
    </Dialog>
  )
}

function OfHub({ onClose }: Props) {
  const { t } = useTranslation()
  const { data: hub, failed } = useRead(readHub)
  if (failed) return <p role="alert">{failed}</p>
  if (!hub) return <SkeletonRows rows={3} />
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t('thisComputer.what')}</dt>
        <dd>{t('thisComputer.role.hub')}</dd>
        <dt>{t('thisComputer.hubName')}</dt>
        <dd>{hub.name}</dd>
        <dt>{t('thisComputer.version')}</dt>
        <dd className="figures">{hub.version}</dd>
      </dl>
      {iMay('device.manage') && (
        <div className={styles.change}>
          <p>{t('thisComputer.resignText')}</p>
          <Button
            size="xs"
            onClick={() => {
              onClose()
              void import('../station/commands.ts').then(({ resignHub }) => resignHub(hub.name))
            }}
          >
            {t('thisComputer.change')}
          </Button>
        </div>
      )}
    </>
  )
}

const readHub = (signal: AbortSignal) => api.hub.info({}, { signal, context: { anonymous: true } })

function OfStation({ state, onClose }: { state: StationState; onClose: () => void }) {
  const { t } = useTranslation()
  const name = state.deviceName ?? state.computerName
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t('thisComputer.what')}</dt>
        <dd>{t('thisComputer.role.station')}</dd>
        <dt>{t('thisComputer.name')}</dt>
        <dd>{name}</dd>
        <dt>{t('thisComputer.hubName')}</dt>
        <dd>{state.hub?.name}</dd>
        <dt>{t('thisComputer.link')}</dt>
        <dd>
          <LinkWords state={state} />
        </dd>
        <dt>{t('thisComputer.version')}</dt>
        <dd className="figures">{state.version}</dd>
        <dt>{t('thisComputer.hubVersion')}</dt>
        <dd className="figures">{state.hub?.version ?? t('thisComputer.unknown')}</dd>
      </dl>
      {iMay('device.manage') && (
        <div className={styles.change}>
          <p>{t('thisComputer.changeText')}</p>
          <Button
            size="xs"
            onClick={() => {
              onClose()
              void import('../station/commands.ts').then(({ leaveHub }) => leaveHub(name))
            }}
          >
            {t('thisComputer.change')}
          </Button>
        </div>
      )}
    </>
  )
}

function LinkWords({ state }: { state: StationState }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { link } = state
  if (link.state === 'none') return t('thisComputer.unknown')
  if (link.state === 'live') {
    return (
      <span className="figures">
        {t('thisComputer.live', { address: link.address, time: format.time(link.since) })}
      </span>
    )
  }
  return t(`thisComputer.${link.state}`, { time: format.time(link.since) })
}
