import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './Sheet.module.css'

type Props = { dirty: boolean; busy: boolean; onLeave: () => void }

/** Under a form that is changed in place: there when something was changed, and only then. */
export function SaveBar({ dirty, busy, onLeave }: Props) {
  const { t } = useTranslation()
  if (!dirty) return null
  return (
    <div className={styles.saveBar} role="toolbar" aria-label={t('form.unsaved')}>
      <span className="soft">{t('form.unsaved')}</span>
      <Button size="xs" onClick={onLeave}>
        {t('form.discard')}
      </Button>
      <Button size="xs" type="submit" variant="filled" loading={busy}>
        {t('form.save')}
      </Button>
    </div>
  )
}
