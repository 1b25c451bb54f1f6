import { Button, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Visit } from '../../contract/visits.ts'
import { writtenNow } from '../consultation/autosave.ts'
import { useKeptDraft } from '../live/kept-drafts.ts'
import { findRecord } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { t as say } from '../ui/i18n.ts'
import { printSheet, type Sheet } from './print-papers.ts'
import { PaperSize } from './SickNoteDialog.tsx'

type Draft = { to: string; words: string; size: Sheet['size'] }

/** A letter to a colleague, begun with what is written of this visit, saved or not. */
export function ReferralDialog({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const { t } = useTranslation()
  const [draft, change, clear] = useKeptDraft<Draft>(`referral.${visit.id}`, {
    to: '',
    words: begun(visit),
    size: 'A4',
  })
  const { to, words, size } = draft
  const ready = words.trim() !== ''
  const leave = () => {
    clear()
    onClose()
  }
  const send = () => {
    if (!ready) return
    const address = to.trim() ? [t('paper.toWhom', { name: to.trim() })] : []
    printSheet(visit, { title: t('paper.referral'), size, body: [...address, words.trim()] })
    leave()
  }
  return (
    <Dialog
      title={t('paper.referral')}
      size="medium"
      // U8: Escape throws no letter away; Cancel does.
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
      <TextInput
        label={t('paper.addressee')}
        value={to}
        maxLength={200}
        onChange={(event) => change({ to: event.currentTarget.value })}
        data-autofocus
      />
      <Textarea
        label={t('paper.letter')}
        autosize
        minRows={8}
        maxRows={20}
        maxLength={10_000}
        value={words}
        onChange={(event) => change({ words: event.currentTarget.value })}
      />
      <PaperSize size={size} onChange={(next) => change({ size: next })} />
    </Dialog>
  )
}

function begun(visit: Visit): string {
  const written = writtenNow(visit.id)
  const allergies = findRecord('allergies', visit.patientId)
  const lines = [
    written?.diagnoses.length
      ? `${say('consultation.diagnoses')}: ${written.diagnoses.map(({ text, code }) => (code ? `${text} (${code})` : text)).join(', ')}`
      : '',
    written?.reason ? `${say('consultation.reason')}: ${written.reason}` : '',
    written?.notes ?? '',
    allergies && allergies.state !== 'not_asked'
      ? `${say('allergies.title')}: ${allergies.items.map(({ substance }) => substance).join(', ') || say('allergies.none_known')}`
      : '',
  ]
  return lines.filter(Boolean).join('\n\n')
}
