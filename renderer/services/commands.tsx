import type { Service } from '../../contract/services.ts'
import { api, newId } from '../live/api.ts'
import type { Command } from '../live/perform.ts'
import { save } from '../live/save.ts'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'

export const SERVICE_KEY = 'service.save'

type Fields = Pick<Service, 'name' | 'minutes' | 'priceMinor' | 'isConsultation' | 'active'>

const fieldsOf = ({ name, minutes, priceMinor, isConsultation, active }: Service): Fields => ({
  name,
  minutes,
  priceMinor,
  isConsultation,
  active,
})

export async function openService(service?: Service) {
  const { ServiceDialog } = await import('./ServiceDialog.tsx')
  openDialog((close) => <ServiceDialog service={service} onClose={close} />)
}

export function saveService(
  before: Service | undefined,
  clinicId: string,
  fields: Fields,
  on: Command<Service>['on'] = {},
) {
  return save<Service>({
    noun: 'services',
    key: SERVICE_KEY,
    ...(before ? {} : { wanted: SERVICE_KEY }),
    on,
    run: (intent) =>
      before
        ? put(before, fields, intent)
        : api.services.create({ body: { id: intent, clinicId, ...fields } }, { context: { intent } }),
    done: (service) => t('form.saved', { name: service.name }),
    ...(before ? { undo: (after) => put(after, fieldsOf(before), newId()) } : {}),
  })
}

const put = ({ id, version }: Service, fields: Fields, intent: string) =>
  api.services.update({ params: { id }, body: { version, ...fields } }, { context: { intent } })
