import { Menu } from '@mantine/core'
import { type ButtonHTMLAttributes, forwardRef, memo } from 'react'
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
 * asks who it is for, one that is being cleaned is free; what an occupied one can do is a menu.
 */
export const BedTile = memo(function BedTile({ bed, focusable }: { bed: Bed; focusable: boolean }) {
  const tabIndex = focusable ? 0 : -1
  switch (bed.status) {
    case 'free':
      return <Face bed={bed} tabIndex={tabIndex} onClick={() => void assignBed(bed)} />
    case 'cleaning':
      return <Face bed={bed} tabIndex={tabIndex} onClick={() => void setBedStatus(bed.id, 'free')} />
    case 'occupied':
      return <OccupiedBed bed={bed} tabIndex={tabIndex} />
    case 'out_of_service':
      return <OutOfService bed={bed} tabIndex={tabIndex} />
  }
})

type Props = { bed: Bed; tabIndex: number }

function OccupiedBed({ bed, tabIndex }: Props) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Face bed={bed} tabIndex={tabIndex} />
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
}

function OutOfService({ bed, tabIndex }: Props) {
  const mayManage = useMay('clinic.manage')
  if (!mayManage) return <Face bed={bed} tabIndex={tabIndex} aria-disabled="true" />
  return (
    <Face bed={bed} tabIndex={tabIndex} next="beds.backInService" onClick={() => void setBedStatus(bed.id, 'free')} />
  )
}

const NEXT = { free: 'beds.assign', cleaning: 'beds.cleaned', occupied: null, out_of_service: null } as const

type FaceProps = ButtonHTMLAttributes<HTMLButtonElement> & { bed: Bed; next?: 'beds.backInService' }

const Face = forwardRef<HTMLButtonElement, FaceProps>(function Face({ bed, next, ...button }, ref) {
  const { t } = useTranslation()
  const now = useMinute()
  const visit = useRecord('visits', bed.visitId)
  const name = useVisitName(visit)
  const left = isLeftBehind(bed, visit)
  const words = next ?? NEXT[bed.status]
  return (
    <button
      type="button"
      {...button}
      ref={ref}
      className={styles.bed}
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
        ) : words ? (
          <span className={styles.next}>{t(words)}</span>
        ) : null}
        {bed.status !== 'free' && (
          <span className={styles.since}>{t('queue.minutes', { count: minutesSince(bed.since, now) })}</span>
        )}
      </span>
    </button>
  )
})
