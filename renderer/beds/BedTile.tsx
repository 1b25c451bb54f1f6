import { Menu } from '@mantine/core'
import { type ButtonHTMLAttributes, forwardRef, memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Bed } from '../../contract/beds.ts'
import { navigate } from '../frame/router.ts'
import { minutesSince, useMinute } from '../live/clock.ts'
import { useMay } from '../live/permission.ts'
import { useRecord } from '../live/store.ts'
import { showVisit } from '../today/selection.ts'
import { Glow } from '../ui/Glow.tsx'
import { useVisitName } from '../ui/patient-name.ts'
import { Ticket } from '../ui/Ticket.tsx'
import styles from './BedTile.module.css'
import { assignBed, releaseBed, setBedStatus } from './commands.tsx'
import { isLeftBehind } from './plan.ts'

/**
 * A bed on the plan: colour, shape and word, and who lies there. Pressed, it does the harmless next step (U1): a free one
 * asks who it is for, one that is being cleaned is free; what an occupied one can do is a menu. It is one and the same
 * button whatever its status, so that who works by keyboard stays on it.
 */
export const BedTile = memo(function BedTile({ bed, focusable }: { bed: Bed; focusable: boolean }) {
  const { t } = useTranslation()
  const mayManage = useMay('clinic.manage')
  const [opened, setOpened] = useState(false)
  const hasMenu = bed.status === 'occupied'
  const next = nextStep(bed, mayManage)
  return (
    <Menu position="bottom-start" opened={hasMenu && opened} onChange={(open) => setOpened(hasMenu && open)}>
      <Menu.Target>
        <Face bed={bed} tabIndex={focusable ? 0 : -1} next={next} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void releaseBed(bed.id)}>{t('beds.release')}</Menu.Item>
        <Menu.Item
          onClick={() => {
            showVisit(bed.visitId ?? '')
            navigate('/today')
          }}
        >
          {t('beds.showPatient')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
})

type NextStep = { words: 'beds.assign' | 'beds.cleaned' | 'beds.backInService'; run: () => unknown }

function nextStep(bed: Bed, mayManage: boolean): NextStep | undefined {
  switch (bed.status) {
    case 'free':
      return { words: 'beds.assign', run: () => assignBed(bed) }
    case 'cleaning':
      return { words: 'beds.cleaned', run: () => setBedStatus(bed.id, 'free') }
    case 'out_of_service':
      return mayManage ? { words: 'beds.backInService', run: () => setBedStatus(bed.id, 'free') } : undefined
    case 'occupied':
      return undefined
  }
}

type FaceProps = ButtonHTMLAttributes<HTMLButtonElement> & { bed: Bed; next: NextStep | undefined }

const Face = forwardRef<HTMLButtonElement, FaceProps>(function Face({ bed, next, ...button }, ref) {
  const { t } = useTranslation()
  const now = useMinute()
  const visit = useRecord('visits', bed.visitId)
  const name = useVisitName(visit)
  const left = isLeftBehind(bed, visit)
  return (
    <button
      type="button"
      {...(bed.status === 'occupied' ? button : withoutMenu(button))}
      {...(next ? { onClick: () => void next.run() } : {})}
      ref={ref}
      className={styles.bed}
      aria-disabled={!next && bed.status !== 'occupied' ? 'true' : undefined}
      data-bed={bed.id}
      data-status={bed.status}
      data-left={left || undefined}
    >
      <Glow id={bed.id} />
      <span className={styles.top}>
        <span className={`${styles.label} clip`}>{bed.label}</span>
        <span className={styles.status}>
          <i aria-hidden="true" />
          {t(`beds.status.${bed.status}`)}
        </span>
      </span>
      {visit && (
        <span className={styles.who}>
          <Ticket code={visit.ticket} /> <span className="clip">{name}</span>
        </span>
      )}
      <span className={styles.foot}>
        {left ? (
          <span className={styles.left}>{t('beds.left')}</span>
        ) : next ? (
          <span className={styles.next}>{t(next.words)}</span>
        ) : null}
        {bed.status !== 'free' && (
          <span className={styles.since}>{t('queue.minutes', { count: minutesSince(bed.since, now) })}</span>
        )}
      </span>
    </button>
  )
})

/** What the menu gives its button is not said of one that has none. */
function withoutMenu({ tabIndex, id }: ButtonHTMLAttributes<HTMLButtonElement>) {
  return { tabIndex, id }
}
