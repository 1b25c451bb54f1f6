import { Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Urgency, Visit } from '../../contract/visits.ts'
import { isOpen } from '../../rules/transitions.ts'
import { iMay } from '../live/permission.ts'
import { useVisitMoney } from '../money/money-of-visit.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { UrgencyMark } from '../ui/UrgencyMark.tsx'
import { VISIT_ACTIONS } from './actions.ts'
import { setUrgency } from './commands.tsx'
import { useFamilyInLine } from './family.ts'
import styles from './VisitActions.module.css'

/** So many stand as buttons; the others are in the menu. */
const SHOWN = 4

export function VisitActions({ visit }: { visit: Visit }) {
  const { t } = useTranslation()
  const { balanceMinor } = useVisitMoney(visit.id)
  const family = useFamilyInLine(visit).length
  const actions = VISIT_ACTIONS.filter(
    (action) =>
      iMay(action.permission) && !(action.unless && iMay(action.unless)) && action.fits(visit, balanceMinor, family),
  )
  const shown = actions.slice(0, SHOWN)
  const others = actions.slice(SHOWN)
  const levels = levelsFor(visit)
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('visit.actions')}>
      {shown.map((action, index) => (
        <ActionButton
          key={action.name}
          next={index === 0 && action.step === true}
          run={() => action.run(visit.id)}
          {...(action.shortcut ? { shortcut: action.shortcut } : {})}
        >
          {t(`visit.action.${action.name}`, { family })}
        </ActionButton>
      ))}
      {(others.length > 0 || levels.length > 0) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="xs" px="sm" aria-label={t('common.more')} title={t('common.more')}>
              <IconDots size={16} stroke={1.75} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((action) => (
              <Menu.Item
                key={action.name}
                onClick={() => void action.run(visit.id)}
                rightSection={action.shortcut && <kbd>{action.shortcut}</kbd>}
              >
                {t(`visit.action.${action.name}`, { family })}
              </Menu.Item>
            ))}
            {levels.length > 0 && <Menu.Label>{t('visit.urgency')}</Menu.Label>}
            {levels.map((level) => (
              <Menu.Item key={level} onClick={() => void setUrgency(visit.id, level)}>
                <UrgencyMark urgency={level} />
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  )
}

const LEVELS = ['immediate', 'very_urgent', 'urgent', 'standard', 'non_urgent'] as const satisfies readonly Urgency[]

/** T1: everybody who moves visits may raise; only clinicians may lower. */
function levelsFor(visit: Visit): readonly Urgency[] {
  if (!iMay('visit.move') || !isOpen(visit.status)) return []
  const present = LEVELS.indexOf(visit.urgency)
  const mayLower = iMay('visit.lowerUrgency')
  return LEVELS.filter((_level, index) => index < present || (mayLower && index > present))
}
