import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RulePack, RulePackChoice } from '../../contract/rule-packs.ts'
import { api } from '../live/api.ts'
import { useClinicId, useToday } from '../live/clinic.ts'
import { useMay } from '../live/permission.ts'
import { save } from '../live/save.ts'
import { useSession } from '../live/session.ts'
import { useRecord } from '../live/store.ts'
import { packTitle } from '../triage/pack-title.ts'
import { usePacks } from '../triage/use-packs.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { DayInput } from '../ui/DayInput.tsx'
import { useFormat } from '../ui/format.ts'
import styles from '../ui/Sheet.module.css'
import { Sheet } from '../ui/Sheet.tsx'
import { FailedState, SkeletonRows } from '../ui/states.tsx'

/** T4: which rule packs are in force, and which clinician signed that. */
export function RulePacksTab() {
  const { t } = useTranslation()
  const clinicId = useClinicId()
  const { installed, inForce, choice, missing, failed, again } = usePacks(clinicId)
  const may = useMay('rulePack.choose')
  return (
    <Sheet title={t('administration.tab.rulePacks')} hint={t('rulePack.hint')}>
      {failed && <FailedState text={failed} onRetry={again} />}
      {!failed && (!installed || !inForce) && <SkeletonRows />}
      {installed && inForce && (
        <Packs
          key={choice?.version ?? 0}
          {...{ clinicId, installed, choice, may }}
          inForce={inForce.map(({ id }) => id)}
          missing={missing.map(({ id, version }) => `${id}-${version}`)}
        />
      )}
    </Sheet>
  )
}

type Props = {
  clinicId: string
  installed: readonly RulePack[]
  inForce: readonly string[]
  choice: RulePackChoice | null
  missing: readonly string[]
  may: boolean
}

function Packs({ clinicId, installed, inForce, choice, missing, may }: Props) {
  const { t } = useTranslation()
  const today = useToday()
  const [chosen, setChosen] = useState<readonly string[]>(inForce)
  const me = useSession((session) => session.user)
  // T4: a doctor signs in their own name; whose signature is on the paper, an administrator types.
  const own = me && !me.roles.includes('administrator') ? me.displayName : null
  const [signedBy, setSignedBy] = useState(own ?? '')
  const [signedOn, setSignedOn] = useState<string | null>(today)
  const packs = installed.filter(({ id }) => chosen.includes(id)).map(({ id, version }) => ({ id, version }))
  const send = () =>
    signedOn &&
    save({
      noun: 'rulePackChoices',
      key: 'rulePack.choose',
      run: () =>
        api.rulePacks.choose({
          params: { id: clinicId },
          body: { version: choice?.version ?? 0, packs, signedBy: signedBy.trim(), signedOn },
        }),
      done: ({ signedBy: name }) => t('rulePack.done', { name }),
    })
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <>
      <div className={styles.part}>
        <Signed choice={choice} missing={missing} />
      </div>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('rulePack.pack')}</th>
            <th scope="col">{t('rulePack.version')}</th>
            <th scope="col">{t('rulePack.source')}</th>
          </tr>
        </thead>
        <tbody>
          {installed.map((pack) => (
            <tr key={pack.id}>
              <th scope="row">
                <Checkbox
                  label={packTitle(pack)}
                  disabled={!may}
                  checked={chosen.includes(pack.id)}
                  onChange={() => toggle(pack.id)}
                />
              </th>
              <td>{pack.version}</td>
              <td>
                <bdi lang="en">{pack.sources.map(({ publisher, year }) => `${publisher} ${year}`).join('; ')}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {may && (
        <div className={styles.part}>
          <div className={styles.fields}>
            <TextInput
              label={t('rulePack.signedBy')}
              maxLength={120}
              value={signedBy}
              readOnly={own !== null}
              onChange={(event) => setSignedBy(event.currentTarget.value)}
            />
            <DayInput label={t('rulePack.signedOn')} value={signedOn} onChange={setSignedOn} />
          </div>
          <div className={styles.row}>
            <ActionButton next disabled={signedBy.trim() === '' || !signedOn} run={send}>
              {t('rulePack.record')}
            </ActionButton>
          </div>
        </div>
      )}
    </>
  )
}

function Signed({ choice, missing }: Pick<Props, 'choice' | 'missing'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const recorder = useRecord('users', choice?.recordedById)
  return (
    <>
      <p>
        {choice
          ? t('rulePack.signed', {
              name: choice.signedBy,
              day: format.day(choice.signedOn),
              by: recorder?.displayName ?? '',
              at: format.dateAndTime(choice.recordedAt),
            })
          : t('rulePack.unsigned')}
      </p>
      {missing.length > 0 && <p role="alert">{t('triage.packMissing', { packs: missing.join(', ') })}</p>}
    </>
  )
}
