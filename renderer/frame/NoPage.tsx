import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/states.tsx'
import { Link } from './Link.tsx'
import { firstPage } from './landing.ts'
import type { Destination } from './where-to.ts'

/** An address that leads this person nowhere: it says why, and the way back. */
export function NoPage({ missing }: { missing: NonNullable<Destination<unknown>['missing']> }) {
  const { t } = useTranslation()
  const first = firstPage()
  if (missing === 'none' || !first) return <EmptyState title={t('frame.nothing')} />
  const [title, hint] =
    missing === 'not_yours'
      ? [t('frame.notYourPage'), t('frame.notYourPageHint')]
      : [t('frame.noPage'), t('frame.noPageHint')]
  return (
    <>
      <h1 className="unseen">{title}</h1>
      <EmptyState title={title} hint={hint}>
        <Button component={Link} to={first.path} variant="filled">
          {t('frame.goTo', { page: t(`view.${first.id}`) })}
        </Button>
      </EmptyState>
    </>
  )
}
