import { Button, Checkbox } from '@mantine/core'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../live/api.ts'
import { useClinicId } from '../live/clinic.ts'
import { useMinute } from '../live/clock.ts'
import { install } from '../live/install.ts'
import { useRecord } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { useFormat } from '../ui/format.ts'
import { Part, Sheet } from '../ui/Sheet.tsx'
import { FailedState, SkeletonRows } from '../ui/states.tsx'
import { useHere } from '../ui/use-here.ts'
import { messageNow, openMessage } from './commands.tsx'
import styles from './WaitingRoomTab.module.css'

/** S4: the screen that everybody in the waiting room sees: where it is opened, and what reception says on it. */
export function WaitingRoomTab() {
  const { t } = useTranslation()
  return (
    <Sheet title={t('administration.tab.waitingRoom')} hint={t('waitingRoom.hint')}>
      <MessagePart />
      <AddressPart />
      <Part title={t('waitingRoom.sound')} hint={t('waitingRoom.soundHint')}>
        <p className="soft">{t('waitingRoom.language')}</p>
      </Part>
    </Sheet>
  )
}

function MessagePart() {
  const { t } = useTranslation()
  const format = useFormat()
  const minute = useMinute()
  const shown = messageNow(useRecord('boards', useClinicId()), minute)
  return (
    <Part
      title={t('waitingRoom.message')}
      hint={t('waitingRoom.textHint')}
      actions={
        <Button size="xs" onClick={() => void openMessage()}>
          {t(shown ? 'waitingRoom.change' : 'waitingRoom.say')}
        </Button>
      }
    >
      {shown ? (
        <p className={styles.message}>
          {shown.message}
          <span className="soft">{t('waitingRoom.shownUntil', { time: format.dateAndTime(shown.until) })}</span>
        </p>
      ) : (
        <p className="soft">{t('waitingRoom.noMessage')}</p>
      )}
    </Part>
  )
}

/** An address that a television would look for in itself. */
const isThisComputer = (address: string): boolean => /^(127\.|localhost$|\[::1\]$)/.test(new URL(address).hostname)

/** For typing into a television's browser. */
function AddressPart() {
  const { t } = useTranslation()
  const clinicId = useClinicId()
  const read = useCallback(
    (signal: AbortSignal) => api.boards.get({ params: { id: clinicId } }, { signal }),
    [clinicId],
  )
  const { data, failed, again } = useRead(read)
  const doctors = useHere('doctors', false)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const narrowed = (address: string) =>
    chosen.length === 0 ? address : `${address}${address.includes('?') ? '&' : '?'}doctors=${chosen.join(',')}`
  const addresses = data?.addresses.filter((address) => !isThisComputer(address))
  const [first] = addresses ?? []
  const here = install === 'hub' ? `/board?clinic=${clinicId}` : first
  return (
    <Part
      title={t('waitingRoom.where')}
      hint={t('waitingRoom.whereHint')}
      actions={
        here && (
          <Button size="xs" component="a" href={narrowed(here)} target="_blank" rel="noopener">
            {t('waitingRoom.open')}
          </Button>
        )
      }
    >
      {failed && <FailedState text={failed} onRetry={again} />}
      {!data && !failed && <SkeletonRows rows={2} />}
      {addresses?.length === 0 && <p className="soft">{t('waitingRoom.nowhere')}</p>}
      {addresses?.map((address) => (
        <p key={address} className={styles.address}>
          {narrowed(address)}
        </p>
      ))}
      <fieldset className="bare">
        <legend className="soft">{t('waitingRoom.onlyDoctors')}</legend>
        <div className={styles.doctors}>
          {doctors.map(({ id, displayName }) => (
            <Checkbox
              key={id}
              label={displayName}
              checked={chosen.includes(id)}
              onChange={({ currentTarget: { checked } }) =>
                setChosen((all) => (checked ? [...all, id] : all.filter((other) => other !== id)))
              }
            />
          ))}
        </div>
      </fieldset>
    </Part>
  )
}
