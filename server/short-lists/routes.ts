import { demandClinic } from '../auth/person.ts'
import { api } from '../http/api.ts'
import { createMedicine, createTerm, updateMedicine, updateTerm } from './commands.ts'
import { listMedicines, listTerms } from './queries.ts'

const { medicines, diagnosisTerms } = api

export const medicineRoutes = {
  list: medicines.list.handler(({ input, context }) => {
    demandClinic(context.person, input.query.clinicId)
    return { items: listMedicines(context.read, input.query.clinicId) }
  }),
  create: medicines.create.handler(({ input, context }) => context.write((w) => createMedicine(w, input.body))),
  update: medicines.update.handler(({ input, context }) =>
    context.write((w) => updateMedicine(w, input.params.id, input.body)),
  ),
}

export const diagnosisTermRoutes = {
  list: diagnosisTerms.list.handler(({ input, context }) => {
    demandClinic(context.person, input.query.clinicId)
    return { items: listTerms(context.read, input.query.clinicId) }
  }),
  create: diagnosisTerms.create.handler(({ input, context }) => context.write((w) => createTerm(w, input.body))),
  update: diagnosisTerms.update.handler(({ input, context }) =>
    context.write((w) => updateTerm(w, input.params.id, input.body)),
  ),
}
