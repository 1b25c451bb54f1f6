import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecord } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useVisitName } from '../ui/patient-name.ts'
import { type Destination, DestinationChoice, destinationKey } from './DestinationChoice.tsx'

type Props = { visitId: string; onAnswer: (to?: Destination) => void }

/** Q9: to another doctor or pool; waiting time and history stay. */
export function TransferDialog({ visitId, onAnswer }: Props) {
  const { t } = useTranslation()
  const visit = useRecord('visits', visitId)
  const name = useVisitName(visit)
  const [to, setTo] = useState<Destination>()
  return (
    <Dialog
      title={t('visit.transfer.title', { ticket: visit?.ticket })}
      onClose={() => onAnswer()}
      onSubmit={() => to && onAnswer(to)}
      footer={
        <>
          <Button onClick={() => onAnswer()}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!to}>
            {t('visit.action.transfer')}
          </Button>
        </>
      }
    >
      <p>
        <strong>{name}</strong> <span className="soft">{t('visit.transfer.keeps')}</span>
      </p>
      <DestinationChoice
        label={t('visit.transfer.to')}
        value={to ? destinationKey(to) : ''}
        except={visit ? destinationKey(visit) : ''}
        autoFocus
        onChange={(_key, destination) => setTo(destination)}
      />
    </Dialog>
  )
}
