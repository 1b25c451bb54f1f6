import type { DiagnosisTerm, Medicine } from '../../contract/short-lists.ts'
import { api, newId } from '../live/api.ts'
import { useClinicChoice } from '../live/clinic.ts'
import type { Command } from '../live/perform.ts'
import { save } from '../live/save.ts'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'

export const LIST_KEY = 'shortList.save'

type MedicineFields = Pick<Medicine, 'name' | 'dose' | 'howOften' | 'howLong' | 'active'>
type TermFields = Pick<DiagnosisTerm, 'text' | 'code' | 'active'>
const ofMedicine = ({ name, dose, howOften, howLong, active }: Medicine) => ({ name, dose, howOften, howLong, active })
const ofTerm = ({ text, code, active }: DiagnosisTerm) => ({ text, code, active })
const here = () => useClinicChoice.getState().clinicId ?? ''

export async function openMedicine(medicine?: Medicine) {
  const { MedicineDialog } = await import('./MedicineDialog.tsx')
  openDialog((close) => <MedicineDialog medicine={medicine} onClose={close} />)
}

export async function openTerm(term?: DiagnosisTerm) {
  const { TermDialog } = await import('./TermDialog.tsx')
  openDialog((close) => <TermDialog term={term} onClose={close} />)
}

export function saveMedicine(before: Medicine | undefined, fields: MedicineFields, on: Command<Medicine>['on'] = {}) {
  const put = ({ id, version }: Medicine, next: MedicineFields, intent: string) =>
    api.medicines.update({ params: { id }, body: { version, ...next } }, { context: { intent } })
  return save<Medicine>({
    noun: 'medicines',
    key: LIST_KEY,
    on,
    run: (intent) =>
      before
        ? put(before, fields, intent)
        : api.medicines.create({ body: { id: intent, clinicId: here(), ...fields } }, { context: { intent } }),
    done: ({ name }) => t('form.saved', { name }),
    undo: (after) => put(after, before ? ofMedicine(before) : { ...ofMedicine(after), active: false }, newId()),
  })
}

export function saveTerm(before: DiagnosisTerm | undefined, fields: TermFields, on: Command<DiagnosisTerm>['on'] = {}) {
  const put = ({ id, version }: DiagnosisTerm, next: TermFields, intent: string) =>
    api.diagnosisTerms.update({ params: { id }, body: { version, ...next } }, { context: { intent } })
  return save<DiagnosisTerm>({
    noun: 'diagnosisTerms',
    key: LIST_KEY,
    on,
    run: (intent) =>
      before
        ? put(before, fields, intent)
        : api.diagnosisTerms.create({ body: { id: intent, clinicId: here(), ...fields } }, { context: { intent } }),
    done: ({ text }) => t('form.saved', { name: text }),
    undo: (after) => put(after, before ? ofTerm(before) : { ...ofTerm(after), active: false }, newId()),
  })
}

/** A doctor keeps a word for the next time, while typing. */
export const addTerm = (text: string) => saveTerm(undefined, { text, code: null, active: true })

export const addMedicine = (fields: Omit<MedicineFields, 'active'>) =>
  saveMedicine(undefined, { ...fields, active: true })
