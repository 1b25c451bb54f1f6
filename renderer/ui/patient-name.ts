import type { Patient } from '../../contract/patients.ts'
import type { Visit } from '../../contract/visits.ts'
import { findRecord, useRecord } from '../live/store.ts'
import { t } from './i18n.ts'

type Named = Pick<Patient, 'familyName' | 'givenName' | 'title'>

/** In a list of several: Okafor Amara. */
export function listName({ familyName, givenName }: Pick<Named, 'familyName' | 'givenName'>): string {
  return [familyName, givenName].filter(Boolean).join(' ')
}

const ARABIC = /\p{Script=Arabic}/u

/** U2, on a page of one: OKAFOR, Amara (Mrs), with the comma of its script. */
export function bannerName({ familyName, givenName, title }: Named): string {
  const comma = ARABIC.test(familyName + givenName) ? '، ' : ', '
  const name = [familyName.toLocaleUpperCase(), givenName].filter(Boolean).join(comma)
  return title ? `${name} (${title})` : name
}

/** A doctor in a narrow column: "Dr Anika Chowdhury" is "Chowdhury". */
export function shortName(displayName: string): string {
  const words = displayName.split(/\s+/)
  return /^(dr|prof|mr|mrs|ms)\.?$/i.test(words[0] ?? '') ? (words.at(-1) ?? displayName) : displayName
}

/** The one whom a visit is about, also when nobody knows yet who it is (T0). */
export function visitName(visit: Pick<Visit, 'patientId' | 'label'>): string {
  const patient = findRecord('patients', visit.patientId)
  return patient ? listName(patient) : (visit.label ?? t('patient.unknown'))
}

export function useVisitName(visit: Pick<Visit, 'patientId' | 'label'> | undefined): string {
  const patient = useRecord('patients', visit?.patientId)
  if (patient) return listName(patient)
  return visit?.label ?? t('patient.unknown')
}
