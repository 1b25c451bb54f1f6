import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Visit } from '../../contract/visits.ts'
import { addDays } from '../../rules/clinic-day.ts'
import { useToday } from '../live/clinic.ts'
import { useKeptDraft } from '../live/kept-drafts.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useFormat } from '../ui/format.ts'
import sheet from '../ui/Sheet.module.css'
import { printSheet, type Sheet } from './print-papers.ts'

type Draft = { from: string | null; to: string | null; words: string; size: Sheet['size'] }

/** Not fit for work or school, from and to. It says no diagnosis unless somebody types one. */
export function SickNoteDialog({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const today = useToday()
  const [draft, change, clear] = useKeptDraft<Draft>(`sickNote.${visit.id}`, {
    from: today,
    to: addDays(today, 2),
    words: '',
    size: 'A5',
  })
  const { from, to, words, size } = draft
  const ready = from !== null && to !== null && from <= to
  const leave = () => {
    clear()
    onClose()
  }
  const send = () => {
    if (!ready) return
    const said = t('paper.sickText', { from: format.day(from), to: format.day(to) })
    printSheet(visit, { title: t('paper.sickNote'), size, body: [said, ...(words.trim() ? [words.trim()] : [])] })
    leave()
  }
  return (
    <Dialog
      title={t('paper.sickNote')}
      // U8: Escape throws nothing away; Cancel does.
      onClose={onClose}
      onSubmit={send}
      footer={
        <>
          <Button onClick={leave}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!ready}>
            {t('day.print')}
          </Button>
        </>
      }
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
      <PaperSize size={size} onChange={(next) => change({ size: next })} />
    </Dialog>
  )
}

export function PaperSize({ size, onChange }: { size: Sheet['size']; onChange: (size: Sheet['size']) => void }) {
  const { t } = useTranslation()
  return (
    <SegmentedControl
      aria-label={t('paper.size')}
      data={['A5', 'A4']}
      value={size}
      onChange={(next) => onChange(next === 'A4' ? 'A4' : 'A5')}
    />
  )
}
