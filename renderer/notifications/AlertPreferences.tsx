import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Me } from '../../contract/auth.ts'
import type { AlertLevels, NotificationLevel } from '../../contract/notifications.ts'
import { chime } from '../live/chime.ts'
import { iMay } from '../live/permission.ts'
import { chooseAlertLevel } from './commands.ts'
import styles from './Notifications.module.css'

type Choice = { kind: keyof AlertLevels; severity: 'info' | 'warning' }

const OF_CLINICIANS: readonly Choice[] = [
  { kind: 'risk_score', severity: 'warning' },
  { kind: 'risk_score', severity: 'info' },
  { kind: 'observation_overdue', severity: 'warning' },
  { kind: 'long_wait', severity: 'warning' },
]
const OF_ALL: readonly Choice[] = [
  { kind: 'by_hand', severity: 'warning' },
  { kind: 'by_hand', severity: 'info' },
]
const LEVELS: readonly NotificationLevel[] = ['sound', 'pop_up', 'silent']

/** L4: by kind and severity; what is critical is not to be chosen. */
export function AlertPreferences({ user, levels }: { user: Me; levels: AlertLevels }) {
  const { t } = useTranslation()
  const choices = [...(iMay('patient.openRecord') ? OF_CLINICIANS : []), ...OF_ALL]
  const choose = (choice: Choice, value: string) => {
    const level = LEVELS.find((each) => each === value)
    if (!level) return
    // What was chosen is heard at once; it is also the gesture that lets the page make a sound.
    if (level === 'sound') chime()
    void chooseAlertLevel(user.id, choice, level)
  }
  return (
    <section className={styles.alerts} aria-label={t('alert.preferences')}>
      <h3>{t('alert.preferences')}</h3>
      <div className={styles.kinds}>
        {choices.map((choice) => {
          const { kind, severity } = choice
          const id = `alert-${kind}-${severity}`
          return (
            <div key={id} className={styles.kind}>
              <span id={id}>
                {t(`alert.kind.${kind}`)} · {t(`alert.severity.${severity}`)}
              </span>
              <SegmentedControl
                size="xs"
                aria-labelledby={id}
                value={levels[kind][severity]}
                onChange={(value) => choose(choice, value)}
                data={LEVELS.map((level) => ({ value: level, label: t(`notification.level.${level}`) }))}
              />
            </div>
          )
        })}
      </div>
      <p className="soft">{t('alert.criticalAlways')}</p>
    </section>
  )
}
