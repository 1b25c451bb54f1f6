import { Checkbox, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import type { Pool } from '../../contract/clinics.ts'
import { line } from '../../contract/values.ts'
import { useClinicId } from '../live/clinic.ts'
import { settle } from '../live/intents.ts'
import { useBusy } from '../live/perform.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { hubInUse } from '../ui/in-use.ts'
import styles from '../ui/Sheet.module.css'
import { fieldsOf, landBadInput, useDraftForm } from '../ui/use-form.ts'
import { useHere } from '../ui/use-here.ts'
import { POOL_KEY, savePool } from './pool-commands.tsx'

const schema = z.object({ name: line(80), doctorIds: z.array(z.string()), active: z.boolean() })

/** Q4: a line that several doctors draw from. */
export function PoolDialog({ pool, onClose }: { pool: Pool | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const clinicId = useClinicId()
  const busy = useBusy(POOL_KEY)
  const doctors = useHere('doctors')
  const { form, forget } = useDraftForm(schema, `pool.${pool?.id ?? 'new'}`, {
    name: pool?.name ?? '',
    doctorIds: [...(pool?.doctorIds ?? [])],
    active: pool?.active ?? true,
  })
  const { text, tick, choice } = fieldsOf(form)
  const leave = () => {
    settle(POOL_KEY)
    forget()
    onClose()
  }
  const send = form.handleSubmit(async (fields) => {
    const on = { bad_input: (data: Parameters<typeof landBadInput>[1]) => landBadInput(form, data), in_use: hubInUse }
    if (await savePool(pool, clinicId, fields, on)) leave()
  })
  return (
    <FormDialog title={pool ? pool.name : t('pool.add')} busy={busy} onSubmit={send} onClose={leave}>
      <TextInput label={t('pool.name')} {...text('name')} data-autofocus />
      <Checkbox.Group label={t('pool.doctors')} description={t('pool.doctorsHint')} {...choice('doctorIds')}>
        <div className={styles.ticks}>
          {doctors.map((doctor) => (
            <Checkbox key={doctor.id} value={doctor.id} label={doctor.displayName} />
          ))}
          {doctors.length === 0 && <p className="soft">{t('doctor.empty')}</p>}
        </div>
      </Checkbox.Group>
      {pool && <Checkbox label={t('common.active')} {...tick('active')} />}
    </FormDialog>
  )
}
