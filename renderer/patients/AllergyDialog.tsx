import { ActionIcon, Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Allergies } from '../../contract/patients.ts'
import { useDraft } from '../live/drafts.ts'
import { useBusy } from '../live/perform.ts'
import { useRecord } from '../live/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { bannerName } from '../ui/patient-name.ts'
import sheet from '../ui/Sheet.module.css'
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

const NOTHING = { substance: '', reaction: '' }

function Editor({ allergies, title, onClose }: { allergies: Allergies; title: string; onClose: () => void }) {
  const { t } = useTranslation()
  const busy = useBusy(ALLERGY_KEY)
  const [draft, change, clear] = useDraft(`allergies.${allergies.id}.${allergies.version}`, {
    state: allergies.state,
    items: allergies.items.length > 0 ? allergies.items : [NOTHING],
  })
  const items = draft.items.filter((item) => item.substance.trim())
  const ready = draft.state !== 'listed' || items.length > 0
  const leave = () => {
    clear()
    onClose()
  }
  const send = async () => {
    if (!ready || busy) return
    const fields = { state: draft.state, items: draft.state === 'listed' ? items : [] }
    if (await saveAllergies(allergies, fields)) leave()
  }
  const put = (index: number, part: Partial<typeof NOTHING>) =>
    change({ items: draft.items.map((item, at) => (at === index ? { ...item, ...part } : item)) })
  return (
    <Dialog
      title={title}
      size="medium"
      onClose={leave}
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
      <SegmentedControl
        fullWidth
        aria-label={t('allergies.title')}
        value={draft.state}
        onChange={(state) => change({ state: STATES.find((each) => each === state) ?? 'not_asked' })}
        data={STATES.map((state) => ({ value: state, label: t(`allergies.choice.${state}`) }))}
      />
      {draft.state === 'listed' && (
        <div className={styles.lines}>
          {draft.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the list
            <div key={index} className={`${styles.line} ${styles.pair}`}>
              <TextInput
                aria-label={t('allergies.substance')}
                placeholder={t('allergies.substance')}
                value={item.substance}
                maxLength={120}
                onChange={(event) => put(index, { substance: event.currentTarget.value })}
                data-autofocus={index === draft.items.length - 1 || undefined}
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
                onClick={() => change({ items: draft.items.filter((_each, at) => at !== index) })}
              >
                <IconX size={16} stroke={1.75} aria-hidden />
              </ActionIcon>
            </div>
          ))}
          <div>
            <Button size="compact-xs" onClick={() => change({ items: [...draft.items, NOTHING] })}>
              {t('allergies.add')}
            </Button>
          </div>
        </div>
      )}
      <p className={`soft ${sheet.wide}`}>{t(`allergies.meaning.${draft.state}`)}</p>
    </Dialog>
  )
}
