import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Network } from '../../contract/network.ts'
import { ConnectionDoctor } from '../connection-doctor/ConnectionDoctor.tsx'
import { api } from '../live/api.ts'
import { announce } from '../ui/announcer.ts'
import { Part, Sheet } from '../ui/Sheet.tsx'
import { FailedState, SkeletonRows } from '../ui/states.tsx'
import { CardsPart } from './CardsPart.tsx'
import styles from './NetworkTab.module.css'
import { Qr } from './Qr.tsx'
import { RootPart } from './RootPart.tsx'
import { useNetwork } from './use-network.ts'

/** Where the hub is on the clinic's network, and whether it can be reached there. */
export function NetworkTab() {
  const { t } = useTranslation()
  const { network, failed, again, take } = useNetwork()
  return (
    <Sheet title={t('administration.tab.network')} hint={t('network.hint')}>
      {failed && !network && <FailedState text={failed} onRetry={again} />}
      {!network && !failed && <SkeletonRows />}
      {network && (
        <>
          <AddressPart network={network} />
          <CardsPart network={network} onTake={take} />
          <DoctorPart />
          <RootPart network={network} onTake={take} />
        </>
      )}
    </Sheet>
  )
}

/** For reading out, for copying, and for a camera. */
function AddressPart({ network }: { network: Network }) {
  const { t } = useTranslation()
  const { present, port, pairingString } = network
  const addresses = present.filter(({ listening }) => listening)
  return (
    <Part title={t('network.where')} hint={t('network.whereHint')}>
      <div className={styles.where}>
        <div className={styles.addresses}>
          {addresses.map(({ name, address }) => (
            <p key={name + address}>
              <strong className={styles.address}>
                {address}
                <span>:{port}</span>
              </strong>
              <span className="soft">{name}</span>
            </p>
          ))}
          {addresses.length === 0 && (
            <p className={styles.problem} role="alert">
              {t('network.nowhere')}
            </p>
          )}
          {pairingString && <Copyable text={pairingString} />}
        </div>
        {pairingString && <Qr text={pairingString} label={t('network.qr')} />}
      </div>
    </Part>
  )
}

function Copyable({ text }: { text: string }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    announce(t('network.copied'))
    setTimeout(() => setCopied(false), SHOWN_MS)
  }
  return (
    <div className={styles.copy}>
      <TextInput
        label={t('network.pairingString')}
        value={text}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button onClick={() => void copy()}>{t(copied ? 'network.copied' : 'network.copy')}</Button>
    </div>
  )
}

const SHOWN_MS = 2000

function DoctorPart() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <Part
      title={t('doctorCheck.title')}
      hint={t('doctorCheck.text')}
      actions={
        !open && (
          <Button size="xs" onClick={() => setOpen(true)}>
            {t('doctorCheck.begin')}
          </Button>
        )
      }
    >
      {open && (
        <div className={styles.narrow}>
          <ConnectionDoctor check={check} />
        </div>
      )}
    </Part>
  )
}

const check = (signal: AbortSignal) => api.network.check({}, { signal })
