import { Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Visit } from '../../contract/visits.ts'
import { writtenNow } from '../consultation/autosave.ts'
import { useKeptDraft } from '../live/kept-drafts.ts'
import { findRecord } from '../live/store.ts'
import { t as say } from '../ui/i18n.ts'
import { PaperDialog } from './PaperDialog.tsx'
import { printSheet, type Sheet } from './print-papers.ts'

type Draft = { to: string; words: string; size: Sheet['size'] }

/** A letter to a colleague, begun with what is written of this visit, saved or not. */
export function ReferralDialog({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const { t } = useTranslation()
  const { draft, change, leave, print } = useReferral(visit, onClose)
  const { to, words, size } = draft
  return (
    <PaperDialog
      title={t('paper.referral')}
      width="medium"
      size={size}
      onSize={(next) => change({ size: next })}
      ready={words.trim() !== ''}
      print={print}
      onLeave={leave}
      onClose={onClose}
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
    </PaperDialog>
  )
}

function useReferral(visit: Visit, onClose: () => void) {
  const { t } = useTranslation()
  const empty: Draft = { to: '', words: begun(visit), size: 'A4' }
  const [draft, change, clear] = useKeptDraft<Draft>(`referral.${visit.id}`, empty)
  const leave = () => {
    clear()
    onClose()
  }
  const print = () => {
    const to = draft.to.trim()
    const address = to ? [t('paper.toWhom', { name: to })] : []
    printSheet(visit, { title: t('paper.referral'), size: draft.size, body: [...address, draft.words.trim()] })
  }
  return { draft, change, leave, print }
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
