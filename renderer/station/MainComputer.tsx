import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FoundHub } from '../../contract/station.ts'
import { useAttempt } from '../sign-in/use-attempt.ts'
import { SkeletonRows } from '../ui/states.tsx'
import { becomeHub } from './commands.ts'
import styles from './StationPage.module.css'
import { StationPage } from './StationPage.tsx'

type Props = { found: readonly FoundHub[]; onBack: () => void }

/** What a main computer has to be; then it becomes one, and its own setup page comes by itself. */
export function MainComputer({ found, onBack }: Props) {
  const { t } = useTranslation()
  const [begun, setBegun] = useState(false)
  const attempt = useAttempt(async () => {
    setBegun(true)
    await becomeHub().catch((error: unknown) => {
      setBegun(false)
      throw error
    })
  })
  if (begun) {
    return (
      <StationPage title={t('firstStart.becoming')} text={t('firstStart.becomingText')}>
        <SkeletonRows rows={3} />
      </StationPage>
    )
  }
  return (
    <StationPage
      title={t('firstStart.main')}
      footer={
        <>
          <Button onClick={onBack}>{t('common.cancel')}</Button>
          <Button variant="filled" autoFocus loading={attempt.busy} onClick={() => void attempt.run()}>
            {t('firstStart.mainConfirm')}
          </Button>
        </>
      }
    >
      {found[0] && (
        <p className={styles.warning} role="alert">
          {t('firstStart.mainAlready', { name: found[0].name })}
        </p>
      )}
      <p>{t('firstStart.mainOnce')}</p>
      {attempt.problem && <p role="alert">{attempt.problem}</p>}
    </StationPage>
  )
}
