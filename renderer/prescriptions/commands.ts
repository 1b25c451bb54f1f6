import type { ErrorData } from '../../contract/errors.ts'
import type { Prescription } from '../../contract/prescriptions.ts'
import { api, newId } from '../live/api.ts'
import { save } from '../live/save.ts'
import { listed } from '../ui/direction.ts'
import { t } from '../ui/i18n.ts'
import { askReason } from '../ui/questions.tsx'

export type PrescriptionFields = Pick<Prescription, 'medicine' | 'dose' | 'howOften' | 'howLong' | 'note'>

/** P1: what a listed allergy names is asked for its reason, and then prescribed with it. */
export async function prescribe(
  visitId: string,
  about: string,
  fields: PrescriptionFields,
  allergyReason: string | null = null,
): Promise<Prescription | undefined> {
  let substances: readonly string[] = []
  const made = await save<Prescription>({
    noun: 'prescriptions',
    key: `prescription.add.${visitId}`,
    wanted: `prescription.${visitId}`,
    run: (id) =>
      api.prescriptions.add({ body: { id, visitId, ...fields, allergyReason } }, { context: { intent: id } }),
    on: {
      allergy_listed: (data: ErrorData<'allergy_listed'>) => {
        substances = data.substances
      },
    },
    done: ({ medicine }) => t('prescription.added', { medicine }),
    undo: (after) => putWithdrawn(after, true),
  })
  if (made || substances.length === 0) return made
  const reason = await askReason({
    title: t('prescription.allergyTitle', { medicine: fields.medicine }),
    about,
    text: t('prescription.allergyText', { substances: listed(substances) }),
    verb: t('prescription.allergyVerb', { medicine: fields.medicine }),
    danger: true,
  })
  return reason ? prescribe(visitId, about, fields, reason) : undefined
}

/** P1: what an allergy names after all, learnt since or of the patient to whom the visit was moved: kept with its reason. */
export async function keepDespiteAllergy(before: Prescription, about: string, substances: readonly string[]) {
  const allergyReason = await askReason({
    title: t('prescription.allergyTitle', { medicine: before.medicine }),
    about,
    text: t('prescription.allergyText', { substances: listed(substances) }),
    verb: t('prescription.keepWithReason', { medicine: before.medicine }),
    danger: true,
  })
  if (!allergyReason) return
  const { id, version, medicine, dose, howOften, howLong, note } = before
  const body = { version, medicine, dose, howOften, howLong, note, allergyReason }
  await save<Prescription>({
    noun: 'prescriptions',
    key: `prescription.change.${id}`,
    run: (intent) => api.prescriptions.change({ params: { id }, body }, { context: { intent } }),
    done: () => t('prescription.kept', { medicine }),
  })
}

export const withdrawPrescription = (before: Prescription) =>
  save<Prescription>({
    noun: 'prescriptions',
    key: `prescription.withdraw.${before.id}`,
    run: () => putWithdrawn(before, true),
    done: ({ medicine, withdrawnAt }) => t(withdrawnAt ? 'prescription.withdrawn' : 'prescription.added', { medicine }),
    undo: (after) => putWithdrawn(after, false),
  })

const putWithdrawn = ({ id, version }: Prescription, withdrawn: boolean) =>
  api.prescriptions.withdraw({ params: { id }, body: { version, withdrawn } }, { context: { intent: newId() } })
