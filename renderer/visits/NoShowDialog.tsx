import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isClinical } from '../../contract/permissions.ts'
import { needsLookedForBy } from '../../rules/transitions.ts'
import { useSession } from '../live/session.ts'
import { useRecord, useRecords } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useVisitName } from '../ui/patient-name.ts'
import { UrgencyMark } from '../ui/UrgencyMark.tsx'
import styles from './VisitDialogs.module.css'

type Props = { visitId: string; onAnswer: (answer?: { lookedForById?: string }) => void }

/** Q8: from `urgent` up somebody must have looked: the patient may have collapsed. */
export function NoShowDialog({ visitId, onAnswer }: Props) {
  const { t } = useTranslation()
  const visit = useRecord('visits', visitId)
  const name = useVisitName(visit)
  const me = useSession((session) => session.user?.id ?? null)
  const users = useRecords('users')
  const needed = visit ? needsLookedForBy(visit.urgency) : false
  const [lookedForById, setLookedForById] = useState<string | null>(needed ? null : me)
  const answer = () => {
    if (needed && !lookedForById) return
    onAnswer(needed && lookedForById ? { lookedForById } : {})
  }
  const people = Object.values(users)
    .filter(({ active, roles, clinicIds }) => active && isClinical(roles) && clinicIds.includes(visit?.clinicId ?? ''))
    .map((user) => ({ value: user.id, label: user.displayName }))
  return (
    <Dialog
      title={t('visit.noShow.title', { ticket: visit?.ticket })}
      onClose={() => onAnswer()}
      onSubmit={answer}
      footer={
        <>
          <Button onClick={() => onAnswer()}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={needed && !lookedForById}>
            {t('visit.noShow.verb')}
          </Button>
        </>
      }
    >
      <p>
        <strong>{name}</strong> {visit && <UrgencyMark urgency={visit.urgency} />}
      </p>
      <p className="soft">{t('visit.noShow.text')}</p>
      {needed && (
        <>
          <p className={styles.warning}>{t('visit.noShow.look')}</p>
          <Select
            label={t('visit.noShow.lookedForBy')}
            data={people}
            value={lookedForById}
            onChange={setLookedForById}
            searchable
            data-autofocus
          />
        </>
      )}
    </Dialog>
  )
}
