import { useTranslation } from 'react-i18next'
import type { Network } from '../../contract/network.ts'
import { useRecords } from '../live/store.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormat } from '../ui/format.ts'
import sheet from '../ui/Sheet.module.css'
import { Part } from '../ui/Sheet.tsx'
import { finishRotation, rotateRoot, type Took } from './commands.ts'
import styles from './NetworkTab.module.css'

/** What stations trust this hub by, and how it is changed. */
export function RootPart({ network, onTake }: { network: Network; onTake: Took }) {
  const { t } = useTranslation()
  const { fingerprint, rotation } = network
  return (
    <Part
      title={t('network.root')}
      hint={t('network.rootHint')}
      actions={!rotation && <ActionButton run={() => void rotateRoot(onTake)}>{t('network.rotate')}</ActionButton>}
    >
      <p>
        {t('network.fingerprint')}{' '}
        <code className={styles.fingerprint} dir="ltr">
          {inGroups(fingerprint)}
        </code>
      </p>
      {rotation && <Rotating rotation={rotation} onTake={onTake} />}
    </Part>
  )
}

type RotatingProps = { rotation: NonNullable<Network['rotation']>; onTake: Took }

function Rotating({ rotation, onTake }: RotatingProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const devices = useRecords('devices')
  const names = rotation.waitingFor.map((id) => devices[id]?.name ?? `…${id.slice(-8)}`)
  const over = names.length === 0
  return (
    <div className={over ? styles.ready : sheet.warning} role="status">
      <p>
        <strong>
          {t(over ? 'network.rotationReady' : 'network.rotationSince', { time: format.dateAndTime(rotation.since) })}
        </strong>
      </p>
      {!over && <p>{t('network.waitingFor', { names: names.join(', ') })}</p>}
      <div>
        <ActionButton next={over} run={() => void finishRotation(names, onTake)}>
          {t('network.finish')}
        </ActionButton>
      </div>
    </div>
  )
}

/** In groups of four or five, as it is read out and compared. */
const inGroups = (fingerprint: string) => fingerprint.replace(/.{4}(?=.{2})/g, '$& ')
