import { Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Visit } from '../../contract/visits.ts'
import { addDays } from '../../rules/clinic-day.ts'
import { useToday } from '../live/clinic.ts'
import { useKeptDraft } from '../live/kept-drafts.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { useFormat } from '../ui/format.ts'
import sheet from '../ui/Sheet.module.css'
import { PaperDialog } from './PaperDialog.tsx'
import { printSheet, type Sheet } from './print-papers.ts'

type Draft = { from: string | null; to: string | null; words: string; size: Sheet['size'] }

/** Not fit for work or school, from and to. It says no diagnosis unless somebody types one. */
export function SickNoteDialog({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const { t } = useTranslation()
  const { draft, change, leave, print } = useSickNote(visit, onClose)
  const { from, to, words, size } = draft
  return (
    <PaperDialog
      title={t('paper.sickNote')}
      size={size}
      onSize={(next) => change({ size: next })}
      ready={from !== null && to !== null && from <= to}
      print={print}
      onLeave={leave}
      onClose={onClose}
    >
      <div className={sheet.fields}>
        <DayInput label={t('paper.from')} value={from} onChange={(day) => change({ from: day })} data-autofocus />
        <DayInput label={t('paper.to')} value={to} onChange={(day) => change({ to: day })} />
      </div>
      <Textarea
        label={t('paper.words')}
        autosize
        minRows={2}
        maxLength={1000}
        value={words}
        onChange={(event) => change({ words: event.currentTarget.value })}
      />
    </PaperDialog>
  )
}

function useSickNote(visit: Visit, onClose: () => void) {
  const { t } = useTranslation()
  const format = useFormat()
  const today = useToday()
  const begun: Draft = { from: today, to: addDays(today, 2), words: '', size: 'A5' }
  const [draft, change, clear] = useKeptDraft<Draft>(`sickNote.${visit.id}`, begun)
  const leave = () => {
    clear()
    onClose()
  }
  const print = () => {
    const { from, to, size } = draft
    const words = draft.words.trim()
    const said = t('paper.sickText', { from: from && format.day(from), to: to && format.day(to) })
    printSheet(visit, { title: t('paper.sickNote'), size, body: [said, ...(words ? [words] : [])] })
  }
  return { draft, change, leave, print }
}
