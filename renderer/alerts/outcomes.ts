import type { Alert, SaidOutcome } from '../../contract/alerts.ts'
import { iMay } from '../live/permission.ts'

const OF_A_PATIENT: readonly SaidOutcome[] = ['seen', 'treated', 'taken_in', 'sent_on', 'nothing_needed', 'false_alarm']
const OF_A_PLACE: readonly SaidOutcome[] = ['seen', 'nothing_needed', 'false_alarm']

/** L3: what this person may say became of it. Of a patient clinicians say it; who raised one by mistake takes it back. */
export function outcomesFor({ scope, raisedById }: Alert, userId: string | undefined): readonly SaidOutcome[] {
  if (scope !== 'patient') return OF_A_PLACE
  if (iMay('patient.openRecord')) return OF_A_PATIENT
  return raisedById === userId ? ['false_alarm'] : []
}
