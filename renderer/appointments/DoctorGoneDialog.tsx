import { SegmentedControl, Select } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecord } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useChoices } from '../ui/use-here.ts'
import styles from './DoctorGoneDialog.module.css'
import { LatePart } from './LatePart.tsx'
import { RebookPart } from './RebookPart.tsx'

const WAYS = ['late', 'move', 'rebook'] as const
type Way = (typeof WAYS)[number]

export type PartProps = {
  doctorId: string
  onClose: () => void
  /** What Enter does: the dialog stays while its parts change. */
  onEnter: (act: () => void) => void
}

/** Q12: late, or gone for today with a full waiting room. One question, three ways. */
export function DoctorGoneDialog({ doctorId, onClose }: { doctorId?: string | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const doctors = useChoices('doctors')
  const [chosen, setChosen] = useState(doctorId ?? doctors[0]?.value ?? '')
  const [way, setWay] = useState<Way>('late')
  const submit = useRef<() => void>(undefined)
  const doctor = useRecord('doctors', chosen)
  const part: PartProps = {
    doctorId: chosen,
    onClose,
    onEnter: (act) => {
      submit.current = act
    },
  }
  return (
    <Dialog title={t('gone.title')} size="large" onClose={onClose} onSubmit={() => submit.current?.()}>
      <div className={styles.top}>
        <Select
          label={t('visit.doctor')}
          data={doctors}
          value={chosen}
          onChange={(id) => setChosen(id ?? chosen)}
          allowDeselect={false}
          searchable
        />
        <SegmentedControl
          aria-label={t('gone.way')}
          data={WAYS.map((value) => ({ value, label: t(`gone.ways.${value}`) }))}
          value={way}
          onChange={(value) => setWay(WAYS.find((each) => each === value) ?? way)}
        />
      </div>
      {doctor && way === 'late' && <LatePart key={chosen} {...part} />}
      {doctor && way === 'move' && <RebookPart key={`move ${chosen}`} {...part} on="today" />}
      {doctor && way === 'rebook' && <RebookPart key={`rebook ${chosen}`} {...part} on="next_days" />}
    </Dialog>
  )
}
