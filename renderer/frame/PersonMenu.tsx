import { Menu, useMantineColorScheme } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openAccount } from '../account/commands.tsx'
import { useSession } from '../live/session.ts'
import { useRecord } from '../live/store.ts'
import { openThisComputer } from '../this-computer/open-this-computer.tsx'
import { StaffStatusWord } from '../ui/StaffStatusWord.tsx'
import styles from './Frame.module.css'
import { setMyStatus, signOutAsked } from './person-commands.tsx'

const STATUSES = ['available', 'busy', 'on_break', 'off_duty'] as const
const SCHEMES = ['auto', 'light', 'dark'] as const

export function PersonMenu() {
  const { t } = useTranslation()
  const user = useSession((session) => session.user)
  const status = useRecord('staff', user?.id)?.status
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  if (!user) return null
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <button type="button" className={styles.button} title={t('person.menu')}>
          <span className="clip">{user.displayName}</span>
          <StaffStatusWord userId={user.id} />
          <IconChevronDown size={14} stroke={1.75} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('person.status')}</Menu.Label>
        {STATUSES.map((each) => (
          <Menu.Item key={each} rightSection={tick(each === status)} onClick={() => void setMyStatus(each)}>
            {t(`staff.${each}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('person.theme')}</Menu.Label>
        {SCHEMES.map((each) => (
          <Menu.Item key={each} rightSection={tick(each === colorScheme)} onClick={() => setColorScheme(each)}>
            {t(`person.scheme.${each}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void openAccount()}>{t('account.title')}</Menu.Item>
        <Menu.Item onClick={() => void openThisComputer()}>{t('thisComputer.title')}</Menu.Item>
        <Menu.Item onClick={() => void signOutAsked()}>{t('person.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const tick = (chosen: boolean) => (chosen ? <span aria-hidden="true">✓</span> : undefined)
