import { Popover } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import { useEntry } from './queue-board.ts'
import styles from './VisitRow.module.css'
import { reasonText } from './visit-words.ts'

/** Q6: "Why is this patient next?" */
export function WhyButton({ visitId }: { visitId: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="sm" withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={styles.why}
          tabIndex={-1}
          onClick={(event) => {
            event.stopPropagation()
            setOpen(!open)
          }}
        >
          {t('why.ask')}
        </button>
      </Popover.Target>
      <Popover.Dropdown>{open && <Reasons visitId={visitId} />}</Popover.Dropdown>
    </Popover>
  )
}

export function Reasons({ visitId }: { visitId: string }) {
  const format = useFormat()
  const entry = useEntry(visitId)
  if (!entry) return null
  return (
    <ul className={styles.reasons}>
      {entry.reasons.map((reason) => (
        <li key={reason.code}>{reasonText(reason, format)}</li>
      ))}
    </ul>
  )
}
