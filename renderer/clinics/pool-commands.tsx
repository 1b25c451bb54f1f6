import type { Pool } from '../../contract/clinics.ts'
import { api, newId } from '../live/api.ts'
import type { Command } from '../live/perform.ts'
import { save } from '../live/save.ts'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'

export const POOL_KEY = 'pool.save'

type Fields = Pick<Pool, 'name' | 'doctorIds' | 'active'>

const fieldsOf = ({ name, doctorIds, active }: Pool): Fields => ({ name, doctorIds, active })

export async function openPool(pool?: Pool) {
  const { PoolDialog } = await import('./PoolDialog.tsx')
  openDialog((close) => <PoolDialog pool={pool} onClose={close} />)
}

export function savePool(before: Pool | undefined, clinicId: string, fields: Fields, on: Command<Pool>['on'] = {}) {
  return save<Pool>({
    noun: 'pools',
    key: POOL_KEY,
    ...(before ? {} : { wanted: POOL_KEY }),
    on,
    run: (intent) =>
      before
        ? put(before, fields, intent)
        : api.pools.create({ body: { id: intent, clinicId, ...fields } }, { context: { intent } }),
    done: (pool) => t('form.saved', { name: pool.name }),
    ...(before ? { undo: (after) => put(after, fieldsOf(before), newId()) } : {}),
  })
}

const put = ({ id, version }: Pool, fields: Fields, intent: string) =>
  api.pools.update({ params: { id }, body: { version, ...fields } }, { context: { intent } })
