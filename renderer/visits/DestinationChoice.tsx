import { type KeyboardEvent, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useClinicId } from '../live/clinic.ts'
import { useRecord, useRecords } from '../live/store.ts'
import { StaffStatusWord } from '../ui/StaffStatusWord.tsx'
import { useQueueBoard } from './queue-board.ts'
import styles from './VisitDialogs.module.css'

/** `doctor-<id>` or `pool-<id>`: where a visit goes. */
export type Destination = { doctorId: string | null; poolId: string | null }

export const destinationKey = ({ doctorId, poolId }: Destination): string =>
  doctorId ? `doctor-${doctorId}` : poolId ? `pool-${poolId}` : ''

type Props = {
  label: string
  value: string
  onChange: (key: string, destination: Destination) => void
  /** Pools are left out. */
  doctorsOnly?: boolean
  except?: string
  autoFocus?: boolean
  /** Only these doctors. */
  doctorIds?: readonly string[]
}

/** Doctors and pools with who is there and how many wait: what reception needs to know to choose. Arrow keys choose. */
export function DestinationChoice({
  label,
  value,
  onChange,
  doctorsOnly = false,
  except,
  autoFocus,
  doctorIds,
}: Props) {
  const choices = useDestinations({ doctorsOnly, except, doctorIds })
  const choose = (key: string) => {
    const choice = choices.find((each) => each.key === key)
    if (choice) onChange(key, { doctorId: choice.doctorId, poolId: choice.poolId })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter') return takeFocused(event)
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (!step) return
    event.preventDefault()
    const at = choices.findIndex((choice) => choice.key === value)
    const next = choices[Math.max(0, Math.min(choices.length - 1, at + step))]
    if (!next) return
    choose(next.key)
    event.currentTarget.querySelector<HTMLElement>(`[data-key="${next.key}"]`)?.focus()
  }
  // Enter takes the one with the focus and goes on, like Enter in a field.
  const takeFocused = (event: KeyboardEvent<HTMLElement>) => {
    event.preventDefault()
    if (event.target instanceof HTMLElement) choose(event.target.dataset.key ?? '')
    const { form } = event.target as HTMLButtonElement
    setTimeout(() => form?.requestSubmit())
  }
  const focusable = choices.some((choice) => choice.key === value) ? value : choices[0]?.key
  return (
    <div className={styles.choices} role="radiogroup" aria-label={label} onKeyDown={onKeyDown}>
      {choices.map((choice) => (
        <Choice
          key={choice.key}
          choiceKey={choice.key}
          doctorId={choice.doctorId}
          poolId={choice.poolId}
          chosen={choice.key === value}
          focusable={choice.key === focusable}
          focusFirst={autoFocus === true && choice.key === focusable}
          onChoose={choose}
        />
      ))}
    </div>
  )
}

type Which = { doctorsOnly?: boolean; except?: string | undefined; doctorIds?: readonly string[] | undefined }

/** The doctors of this clinic by name, then its pools. */
function useDestinations({ doctorsOnly = false, except, doctorIds }: Which) {
  const clinicId = useClinicId()
  const doctors = useRecords('doctors')
  const pools = useRecords('pools')
  return useMemo(() => {
    const here = <T extends { clinicId: string; active: boolean }>(all: Readonly<Record<string, T>>) =>
      Object.values(all).filter((each) => each.clinicId === clinicId && each.active)
    const own = here(doctors).filter((doctor) => !doctorIds || doctorIds.includes(doctor.id))
    const list = own
      .sort((a, b) => a.displayName.localeCompare(b.displayName))
      .map(({ id }) => ({ key: `doctor-${id}`, doctorId: id, poolId: null }))
    const shared = doctorsOnly ? [] : here(pools).map(({ id }) => ({ key: `pool-${id}`, doctorId: null, poolId: id }))
    return [...list, ...shared].filter((choice) => choice.key !== except)
  }, [clinicId, doctors, pools, doctorIds, doctorsOnly, except])
}

/** Where everybody goes, in a clinic of one doctor. */
export function useOnlyDestination(): Destination | undefined {
  const choices = useDestinations({})
  return choices.length === 1 ? choices[0] : undefined
}

type ChoiceProps = Destination & {
  choiceKey: string
  chosen: boolean
  focusable: boolean
  focusFirst: boolean
  onChoose: (key: string) => void
}

function Choice({ choiceKey, doctorId, poolId, chosen, focusable, focusFirst, onChoose }: ChoiceProps) {
  const { t } = useTranslation()
  const doctor = useRecord('doctors', doctorId)
  const pool = useRecord('pools', poolId)
  const waiting = useQueueBoard((board) => board.lines.find((line) => line.key === choiceKey)?.order.length ?? 0)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row with a status and a count, not a plain radio
    <button
      type="button"
      role="radio"
      aria-checked={chosen}
      className={styles.choice}
      data-key={choiceKey}
      data-autofocus={focusFirst || undefined}
      tabIndex={focusable ? 0 : -1}
      onClick={() => onChoose(choiceKey)}
    >
      <span className="clip">{doctor?.displayName ?? pool?.name}</span>
      {doctor && <StaffStatusWord userId={doctor.userId} expectedAt={doctor.expectedAt} />}
      <span className="soft">{t('queue.waitingCount', { count: waiting })}</span>
    </button>
  )
}
