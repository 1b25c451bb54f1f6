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
  const { fields, met, put, ready, busy, leave, send } = useEditor(allergies, onClose)
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

function useEditor(allergies: Allergies, onClose: () => void) {
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
  return { fields, met, put, ready, busy, leave, send }
}

type Items = Allergies['items']
type Item = Items[number]
const NOTHING: Item = { substance: '', reaction: '' }

function Lines({ items, onChange }: { items: Items; onChange: (items: Items) => void }) {
  const { t } = useTranslation()
  const lines = items.length > 0 ? items : [NOTHING]
  return (
    <div className={styles.lines}>
      {lines.map((item, index) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the list
          key={index}
          item={item}
          last={index === lines.length - 1}
          onChange={(part) => onChange(lines.map((each, at) => (at === index ? { ...each, ...part } : each)))}
          onRemove={() => onChange(lines.filter((_each, at) => at !== index))}
        />
      ))}
      <div>
        <Button size="compact-xs" onClick={() => onChange([...lines, NOTHING])}>
          {t('allergies.add')}
        </Button>
      </div>
    </div>
  )
}

type LineProps = { item: Item; last: boolean; onChange: (part: Partial<Item>) => void; onRemove: () => void }

function Line({ item, last, onChange, onRemove }: LineProps) {
  const { t } = useTranslation()
  const field = (name: keyof Item) => ({
    'aria-label': t(`allergies.${name}`),
    placeholder: t(`allergies.${name}`),
    value: item[name],
    maxLength: 120,
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
  })
  return (
    <div className={`${styles.line} ${styles.pair}`}>
      <TextInput {...field('substance')} data-autofocus={last || undefined} />
      <TextInput {...field('reaction')} />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={t('allergies.remove', { substance: item.substance })}
        title={t('common.remove')}
        onClick={onRemove}
      >
        <IconX size={16} stroke={1.75} aria-hidden />
      </ActionIcon>
    </div>
  )
}
