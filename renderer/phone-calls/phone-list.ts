import { useEffect, useMemo } from 'react'
import type { PhoneCall } from '../../contract/phone-calls.ts'
import { api } from '../live/api.ts'
import { useClinicChoice, useClinicId, useToday } from '../live/clinic.ts'
import { perform } from '../live/perform.ts'
import { adopt, findRecord, useLive, useRecords } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'
import { t } from '../ui/i18n.ts'
import { listName } from '../ui/patient-name.ts'

/** Q12: who is to be told, live: everybody who is not told yet, and who was told of today's. By the time they know. */
export function usePhoneList(callIds?: readonly string[]) {
  const clinicId = useClinicId()
  const today = useToday()
  const records = useRecords('phoneCalls')
  const calls = useMemo(
    () =>
      Object.values(records)
        .filter((call) => call.clinicId === clinicId && !call.withdrawn)
        .filter((call) => (callIds ? callIds.includes(call.id) : call.toldAt === null || call.day === today))
        .sort((a, b) => a.startsAt.localeCompare(b.startsAt) || a.id.localeCompare(b.id)),
    [records, clinicId, today, callIds],
  )
  return { calls, ...useAppointmentsOf(clinicId, calls) }
}

/** Those of other days are not in the snapshot: they are read once, and again when the store has lost them. */
function useAppointmentsOf(clinicId: string, calls: readonly PhoneCall[]) {
  const read = useMemo(
    () => async (signal: AbortSignal) => {
      const { items, appointments } = await api.phoneCalls.list({ query: { clinicId } }, { signal })
      adopt({ phoneCalls: items, appointments })
      return true
    },
    [clinicId],
  )
  const { data, failed, again } = useRead(read)
  const lost = useLive(
    ({ nouns, feed }) => feed !== null && calls.some((call) => !nouns.appointments[call.appointmentId]),
  )
  useEffect(() => {
    if (lost && data) again()
  }, [lost, data, again])
  return { loading: lost && !failed, failed: lost ? failed : null, again }
}

/** How many are not told yet. */
export const useToPhone = (): number =>
  useLive(({ nouns }) => countUntold(Object.values(nouns.phoneCalls), useClinicChoice.getState().clinicId))

export const countToPhone = (): number =>
  countUntold(Object.values(useLive.getState().nouns.phoneCalls), useClinicChoice.getState().clinicId)

const countUntold = (calls: readonly PhoneCall[], clinicId: string | null) =>
  calls.filter((call) => call.clinicId === clinicId && !call.withdrawn && call.toldAt === null).length

/** Who told them and when is kept; a slip of the finger is taken back by the same tick. */
export async function tellPatient(call: PhoneCall, told: boolean): Promise<void> {
  const after = await perform({
    key: `phoneCall.tell.${call.id}`,
    noun: 'phoneCalls',
    sayChange: (_before, now) => toldByOther(now as PhoneCall),
    run: (intent) =>
      api.phoneCalls.tell({ params: { id: call.id }, body: { version: call.version, told } }, { context: { intent } }),
  })
  if (after) adopt({ phoneCalls: [after] })
}

function toldByOther({ appointmentId, toldById }: PhoneCall): string | undefined {
  const patient = findRecord('patients', findRecord('appointments', appointmentId)?.patientId)
  const by = findRecord('users', toldById)
  return by && patient ? t('phone.toldAlready', { name: listName(patient), by: by.displayName }) : undefined
}
