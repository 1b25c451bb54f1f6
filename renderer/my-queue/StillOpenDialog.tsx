import { useTranslation } from 'react-i18next'
import { currentClinic } from '../live/clinic.ts'
import { hubNow } from '../live/clock.ts'
import { useLive, useRecord } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useVisitName } from '../ui/patient-name.ts'
import { orderForDoctor } from '../visits/queue-board.ts'
import { StatusLine } from '../visits/StatusLine.tsx'
import styles from '../visits/VisitDialogs.module.css'

export type Becomes = 'finished' | 'on_hold' | 'not_here' | 'ahead' | 'parked'

type Props = { visitId: string; doctorId: string; onAnswer: (becomes?: Becomes) => void }

/** Q7: finish, hold, not here, or one more called ahead; for an `immediate` patient, take now. */
export function StillOpenDialog({ visitId, doctorId, onAnswer }: Props) {
  const { t } = useTranslation()
  const visit = useRecord('visits', visitId)
  const name = useVisitName(visit)
  if (!visit) return null
  const choices = choicesFor(visit.status, nextIsImmediate(doctorId))
  return (
    <Dialog title={t('stillOpen.title', { name })} onClose={() => onAnswer()}>
      <StatusLine visit={visit} />
      <div className={styles.choices}>
        {choices.map((becomes, index) => (
          <button
            key={becomes}
            type="button"
            className={styles.choice}
            data-autofocus={index === 0 || undefined}
            onClick={() => onAnswer(becomes)}
          >
            <span>
              <strong>{t(`stillOpen.${becomes}.verb`)}</strong>
              <br />
              <span className="soft">{t(`stillOpen.${becomes}.text`)}</span>
            </span>
          </button>
        ))}
      </div>
    </Dialog>
  )
}

function choicesFor(status: string, immediate: boolean): readonly Becomes[] {
  if (status === 'called') return ['not_here']
  return immediate ? ['parked', 'finished', 'on_hold'] : ['finished', 'on_hold', 'ahead']
}

function nextIsImmediate(doctorId: string): boolean {
  const clinic = currentClinic()
  if (!clinic) return false
  const { order } = orderForDoctor(useLive.getState().nouns, clinic, doctorId, hubNow())
  return order.find((entry) => entry.callable)?.visit.urgency === 'immediate'
}
