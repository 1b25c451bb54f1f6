import type { FeedEvent, Noun, Nouns } from '../../contract/feed.ts'
import type { LiveState } from './store.ts'

/**
 * What another clinic says of a patient who is watched: what was taken and written, but not the visit, for every list of
 * visits on this page is this clinic's.
 */
export function ofClinic(event: FeedEvent, clinicId: string): FeedEvent {
  const { visits, ...changes } = event.changes
  if (!visits?.some((visit) => visit.clinicId !== clinicId)) return event
  return { ...event, changes: { ...changes, visits: visits.filter((visit) => visit.clinicId === clinicId) } }
}

/** What a clinic takes and writes of a patient, record by record. */
const WRITTEN = [
  'triageRecords',
  'consultations',
  'prescriptions',
  'orders',
  'attachments',
] as const satisfies readonly Noun[]

/** Without what other clinics took and wrote of a patient: once nobody watches, nobody would hear that it has changed. */
export function withoutElsewhere(state: LiveState, patientId: string, clinicId: string): LiveState {
  const isElsewhere = (record: Nouns[Noun]) =>
    'patientId' in record && record.patientId === patientId && 'clinicId' in record && record.clinicId !== clinicId
  let { nouns } = state
  for (const noun of WRITTEN) {
    const records: Readonly<Record<string, Nouns[Noun]>> = nouns[noun]
    const kept = Object.entries(records).filter(([, record]) => !isElsewhere(record))
    if (kept.length < Object.keys(records).length) nouns = { ...nouns, [noun]: Object.fromEntries(kept) }
  }
  return nouns === state.nouns ? state : { ...state, nouns }
}
