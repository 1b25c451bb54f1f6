import { Checkbox, Select, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import type { Doctor } from '../../contract/doctors.ts'
import { line, note } from '../../contract/values.ts'
import { useClinicId } from '../live/clinic.ts'
import { settle } from '../live/intents.ts'
import { useBusy } from '../live/perform.ts'
import { useRecords } from '../live/store.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { hubInUse } from '../ui/in-use.ts'
import { fieldsOf, landBadInput, useDraftForm } from '../ui/use-form.ts'
import { useChoices } from '../ui/use-here.ts'
import { DOCTOR_KEY, saveDoctor } from './commands.tsx'

const schema = z.object({
  displayName: line(120),
  specialty: note(80),
  userId: z.string().nullable(),
  roomId: z.string().nullable(),
  active: z.boolean(),
})

type Props = { doctor: Doctor | undefined; onSaved: ((doctor: Doctor) => void) | undefined; onClose: () => void }

export function DoctorDialog({ doctor, onSaved, onClose }: Props) {
  const { t } = useTranslation()
  const clinicId = useClinicId()
  const busy = useBusy(DOCTOR_KEY)
  const rooms = useChoices('rooms', doctor?.roomId)
  const people = usePeople(doctor)
  const { form, forget } = useDraftForm(schema, `doctor.${doctor?.id ?? 'new'}`, {
    displayName: doctor?.displayName ?? '',
    specialty: doctor?.specialty ?? '',
    userId: doctor?.userId ?? null,
    roomId: doctor?.roomId ?? null,
    active: doctor?.active ?? true,
  })
  const { text, tick, choice, set } = fieldsOf(form)
  const leave = () => {
    settle(DOCTOR_KEY)
    forget()
    onClose()
  }
  const send = form.handleSubmit(async (fields) => {
    const saved = await saveDoctor(doctor, clinicId, fields, {
      bad_input: (data) => landBadInput(form, data),
      in_use: hubInUse,
    })
    if (!saved) return
    leave()
    onSaved?.(saved)
  })
  const nameAfter = (userId: string | null) => {
    set('userId', userId)
    const person = people.find((each) => each.value === userId)
    if (person && !form.getValues('displayName')) set('displayName', person.label)
  }
  return (
    <FormDialog title={doctor ? doctor.displayName : t('doctor.new')} busy={busy} onSubmit={send} onClose={leave}>
      <Select
        label={t('doctor.user')}
        description={t('doctor.userHint')}
        data={people}
        clearable
        searchable
        nothingFoundMessage={t('common.noMatch')}
        {...choice('userId')}
        onChange={nameAfter}
      />
      <TextInput label={t('doctor.displayName')} {...text('displayName')} data-autofocus />
      <TextInput label={t('doctor.specialty')} {...text('specialty')} />
      <Select label={t('doctor.room')} data={rooms} clearable searchable {...choice('roomId')} />
      {doctor && <Checkbox label={t('common.active')} description={t('doctor.openOrders')} {...tick('active')} />}
    </FormDialog>
  )
}

/** Those who sign in as doctors and are nobody else's entry. */
function usePeople(doctor: Doctor | undefined) {
  const users = useRecords('users')
  const doctors = useRecords('doctors')
  return useMemo(() => {
    const taken = new Set(Object.values(doctors).flatMap((each) => (each.id === doctor?.id ? [] : [each.userId])))
    return Object.values(users)
      .filter((user) => user.active && user.roles.includes('doctor') && !taken.has(user.id))
      .map((user) => ({ value: user.id, label: user.displayName }))
  }, [users, doctors, doctor])
}
