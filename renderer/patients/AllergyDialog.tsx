import { ActionIcon, Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Allergies } from '../../contract/patients.ts'
import { useKeptDraft } from '../live/kept-drafts.ts'
import { useBusy } from '../live/perform.ts'
import { useRecord } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { bannerName } from '../ui/patient-name.ts'
import sheet from '../ui/Sheet.module.css'
import {
  type AllergyDraft,
  type AllergyFields,
  nothingChanged,
  onAllergies,
  withPart,
  written,
} from './allergy-draft.ts'
import { ALLERGY_KEY, saveAllergies } from './commands.tsx'
import styles from './PatientsView.module.css'

const STATES = ['not_asked', 'none_known', 'listed'] as const

/** P1: not asked, none known and a list are three different things. */
export function AllergyDialog({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const allergies = useRecord('allergies', patientId)
  const patient = useRecord('patients', patientId)
  if (!allergies) return null
  return (
    <Editor
      allergies={allergies}
      title={t('allergies.of', { name: patient ? bannerName(patient) : '' })}
      onClose={onClose}
    />
  )
}

function Editor({ allergies, title, onClose }: { allergies: Allergies; title: string; onClose: () => void }) {
  const { t } = useTranslation()
  const busy = useBusy(ALLERGY_KEY)
  const [draft, change, clear] = useKeptDraft<AllergyDraft>(`allergies.${allergies.id}`, nothingChanged)
  const { fields, met } = onAllergies(draft, allergies)
  const put = (part: Partial<AllergyFields>) => change(withPart(draft, allergies, part))
  const ready = fields.state !== 'listed' || written(fields).items.length > 0
  const leave = () => {
    clear()
    onClose()
  }
  const send = async () => {
    if (!ready || busy) return
    if (await saveAllergies(allergies, written(fields))) leave()
  }
  return (
    <Dialog
      title={title}
      size="medium"
      // U8: Escape throws nothing away; Cancel does.
      onClose={onClose}
      onSubmit={send}
      footer={
        <>
          <Button onClick={leave}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!ready} loading={busy}>
            {t('form.save')}
          </Button>
        </>
      }
    >
      <div role="alert">{met && <p>{t('allergies.met')}</p>}</div>
      <SegmentedControl
        fullWidth
        aria-label={t('allergies.title')}
        value={fields.state}
        onChange={(state) => put({ state: STATES.find((each) => each === state) ?? 'not_asked' })}
        data={STATES.map((state) => ({ value: state, label: t(`allergies.choice.${state}`) }))}
      />
      {fields.state === 'listed' && <Lines items={fields.items} onChange={(items) => put({ items })} />}
      <p className={`soft ${sheet.wide}`}>{t(`allergies.meaning.${fields.state}`)}</p>
    </Dialog>
  )
}

const NOTHING = { substance: '', reaction: '' }
type Items = Allergies['items']

function Lines({ items, onChange }: { items: Items; onChange: (items: Items) => void }) {
  const { t } = useTranslation()
  const lines = items.length > 0 ? items : [NOTHING]
  const put = (index: number, part: Partial<Items[number]>) =>
    onChange(lines.map((item, at) => (at === index ? { ...item, ...part } : item)))
  return (
    <div className={styles.lines}>
      {lines.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the list
        <div key={index} className={`${styles.line} ${styles.pair}`}>
          <TextInput
            aria-label={t('allergies.substance')}
            placeholder={t('allergies.substance')}
            value={item.substance}
            maxLength={120}
            onChange={(event) => put(index, { substance: event.currentTarget.value })}
            data-autofocus={index === lines.length - 1 || undefined}
          />
          <TextInput
            aria-label={t('allergies.reaction')}
            placeholder={t('allergies.reaction')}
            value={item.reaction}
            maxLength={120}
            onChange={(event) => put(index, { reaction: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t('allergies.remove', { substance: item.substance })}
            title={t('common.remove')}
            onClick={() => onChange(lines.filter((_each, at) => at !== index))}
          >
            <IconX size={16} stroke={1.75} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button size="compact-xs" onClick={() => onChange([...lines, NOTHING])}>
          {t('allergies.add')}
        </Button>
      </div>
    </div>
  )
}
