import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './Sheet.module.css'

type Props = { shown: boolean; onTake: () => void; onKeep: () => void }

/** Q10: somebody else saved this record while it was being changed here. */
export function ChangedMeanwhile({ shown, onTake, onKeep }: Props) {
  const { t } = useTranslation()
  if (!shown) return null
  return (
    <div className={styles.warning} role="alert">
      <p>{t('form.changedMeanwhile')}</p>
      <div className={styles.row}>
        <Button size="compact-xs" onClick={onTake}>
          {t('form.takeTheirs')}
        </Button>
        <Button size="compact-xs" onClick={onKeep}>
          {t('form.keepMine')}
        </Button>
      </div>
    </div>
  )
}
