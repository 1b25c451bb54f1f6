import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/Dialog.tsx'
import { openDialog } from '../ui/dialogs.tsx'
import styles from './Staff.module.css'
import { StaffList, useStaff } from './StaffPane.tsx'

export const openStaff = () => openDialog((close) => <StaffDialog onClose={close} />)

/** Beside the queue: how many are in; pressed, who, where and how loaded. */
export function StaffButton() {
  const { t } = useTranslation()
  const { there } = useStaff()
  return (
    <button type="button" className={styles.open} onClick={openStaff}>
      {t('staffList.button', { count: there.length })}
    </button>
  )
}

function StaffDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const staff = useStaff()
  return (
    <Dialog
      title={t('staffList.title')}
      onClose={onClose}
      onSubmit={onClose}
      footer={
        <Button type="submit" data-autofocus>
          {t('common.close')}
        </Button>
      }
    >
      <div className={styles.dialog}>
        <StaffList {...staff} />
      </div>
    </Dialog>
  )
}
