import { Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Charge } from '../../contract/money.ts'
import { useMay } from '../live/permission.ts'
import { findRecord } from '../live/store.ts'
import { visitName } from '../ui/patient-name.ts'
import { openPayer, openWaive, reverseLine } from './commands.tsx'

/** What can be done with one line (M1, M2). */
export function LineMenu({ charge }: { charge: Charge }) {
  const { t } = useTranslation()
  const mayCharge = useMay('money.charge')
  const mayWaive = useMay('money.waive')
  if (!mayCharge || charge.reversedAt) return null
  const reverse = () => {
    const visit = findRecord('visits', charge.visitId)
    return reverseLine(charge, visit ? `${visit.ticket}  ${visitName(visit)}` : charge.description)
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-xs" aria-label={t('money.lineMenu', { what: charge.description })}>
          <IconDots size={16} stroke={1.75} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {mayWaive && <Menu.Item onClick={() => void openWaive(charge)}>{t('money.waive')}</Menu.Item>}
        <Menu.Item onClick={() => void openPayer(charge)}>{t('money.changePayer')}</Menu.Item>
        <Menu.Item onClick={() => void reverse()}>{t('money.reverse')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
