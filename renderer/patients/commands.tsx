import type { ErrorData } from '../../contract/errors.ts'
import type { Allergies, Patient } from '../../contract/patients.ts'
import { navigate } from '../frame/router.ts'
import { api, newId } from '../live/api.ts'
import { type Command, perform } from '../live/perform.ts'
import { save } from '../live/save.ts'
import { adopt, findRecord } from '../live/store.ts'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'
import { bannerName } from '../ui/patient-name.ts'
import { confirm } from '../ui/questions.tsx'
import { toast } from '../ui/toasts.ts'
import type { AllergyFields } from './allergy-draft.ts'
import { openRecord } from './open-record.ts'
import { fieldsOfPatient, type PatientFields } from './patient-fields.ts'

export const PATIENT_KEY = 'patient.save'
export const ALLERGY_KEY = 'patient.allergies'
export const MERGE_KEY = 'patient.merge'

export const pathOf = (patientId: string) => `/patients/${patientId}`

export function savePatient(before: Patient, fields: PatientFields, on: Command<Patient>['on'] = {}) {
  const was = fieldsOfPatient(before)
  return save<Patient>({
    noun: 'patients',
    key: PATIENT_KEY,
    on,
    run: (intent) => put(before, fields, intent),
    done: (patient) => t('form.saved', { name: bannerName(patient) }),
    undo: (after) => put(after, was, newId()),
  })
}

const put = ({ id, version }: Patient, fields: PatientFields, intent: string) =>
  api.patients.update({ params: { id }, body: { version, ...fields } }, { context: { intent } })

/** P5: to write it down the record is opened first, which is audited. */
export async function editAllergies(patientId: string) {
  if (!findRecord('allergies', patientId)) await openRecord(patientId)
  const { AllergyDialog } = await import('./AllergyDialog.tsx')
  openDialog((close) => <AllergyDialog patientId={patientId} onClose={close} />)
}

export function saveAllergies(before: Allergies, fields: AllergyFields, on: Command<Allergies>['on'] = {}) {
  const { state, items } = before
  return save<Allergies>({
    noun: 'allergies',
    key: ALLERGY_KEY,
    on,
    run: (intent) => putAllergies(before, fields, intent),
    done: () => t('allergies.saved'),
    undo: (after) => putAllergies(after, { state, items }, newId()),
  })
}

const putAllergies = ({ id, version }: Allergies, fields: AllergyFields, intent: string) =>
  api.patients.setAllergies({ params: { id }, body: { version, ...fields } }, { context: { intent } })

export async function openMerge(patientId: string, otherId?: string) {
  const { MergeDialog } = await import('./MergeDialog.tsx')
  openDialog((close) => <MergeDialog patientId={patientId} otherId={otherId ?? null} onClose={close} />)
}

type Merge = { winner: Patient; loser: Patient; continueVisitIds: readonly string[] }

/** P4: nothing is deleted; it can be undone whole. With both here it asks which visit continues. */
export async function mergePatients(
  { winner, loser, continueVisitIds }: Merge,
  onBothOpen: (visitIds: readonly string[]) => void,
): Promise<boolean> {
  const answer = await perform({
    key: MERGE_KEY,
    noun: 'patients',
    run: (intent) =>
      api.patients.merge(
        {
          params: { id: winner.id },
          body: {
            version: winner.version,
            loserId: loser.id,
            loserVersion: loser.version,
            continueVisitIds: [...continueVisitIds],
          },
        },
        { context: { intent } },
      ),
    on: { both_visits_open: ({ visitIds }: ErrorData<'both_visits_open'>) => onBothOpen(visitIds) },
  })
  if (!answer) return false
  const { patient, mergeId } = answer
  adopt({ patients: [patient, { ...loser, mergedIntoId: winner.id, version: loser.version + 1 }] })
  navigate(pathOf(patient.id))
  toast({
    tone: 'plain',
    subject: mergeId,
    text: t('merge.done', { loser: loser.number, name: bannerName(patient) }),
    undo: () => void unmerge(patient.id, mergeId),
  })
  return true
}

export async function unmergeAsked(winner: Patient, merge: { id: string; loserNumber: string }): Promise<boolean> {
  const sure = await confirm({
    title: t('merge.undoTitle'),
    about: bannerName(winner),
    text: t('merge.undoText', { number: merge.loserNumber }),
    verb: t('merge.undoVerb', { number: merge.loserNumber, name: bannerName(winner) }),
  })
  return sure && (await unmerge(winner.id, merge.id))
}

async function unmerge(winnerId: string, mergeId: string): Promise<boolean> {
  const answer = await perform({
    key: `patient.unmerge.${mergeId}`,
    run: (intent) => api.patients.unmerge({ params: { id: winnerId }, body: { mergeId } }, { context: { intent } }),
  })
  if (!answer) return false
  const { winner, loser } = answer
  adopt({ patients: [winner, loser] })
  toast({
    tone: 'plain',
    subject: mergeId,
    text: t('merge.undone', { winner: winner.number, loser: loser.number }),
    action: { label: t('merge.showOther', { number: loser.number }), run: () => navigate(pathOf(loser.id)) },
  })
  return true
}

export async function openRegister(typed = '') {
  const { RegisterDialog } = await import('./RegisterDialog.tsx')
  openDialog((close) => <RegisterDialog typed={typed} onClose={close} />)
}

export async function openImport() {
  const { ImportDialog } = await import('./ImportDialog.tsx')
  openDialog((close) => <ImportDialog onClose={close} />)
}
