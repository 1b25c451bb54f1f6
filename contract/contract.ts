import { alerts } from './alerts.ts'
import { appointments } from './appointments.ts'
import { attachments } from './attachments.ts'
import { auth } from './auth.ts'
import { beds } from './beds.ts'
import { boards } from './board.ts'
import { clinics, pools } from './clinics.ts'
import { consultations } from './consultations.ts'
import { devices } from './devices.ts'
import { doctors } from './doctors.ts'
import { feed } from './feed.ts'
import { followUps } from './follow-ups.ts'
import { audit, hub } from './hub.ts'
import { charges, payments } from './money.ts'
import { networks } from './network.ts'
import { notifications } from './notifications.ts'
import { orders } from './orders.ts'
import { pairing } from './pairing.ts'
import { patients } from './patients.ts'
import { phoneCalls } from './phone-calls.ts'
import { phonePagesRoutes } from './phone-pages.ts'
import { prescriptions } from './prescriptions.ts'
import { queue } from './queue.ts'
import { ratings } from './ratings.ts'
import { rebookings } from './rebookings.ts'
import { rooms } from './rooms.ts'
import { rulePacks } from './rule-packs.ts'
import { services } from './services.ts'
import { setup } from './setup.ts'
import { diagnosisTerms, medicines } from './short-lists.ts'
import { risks, triage } from './triage-routes.ts'
import { updates } from './updates.ts'
import { staff, users } from './users.ts'
import { visits } from './visit-routes.ts'
import { waits } from './waits.ts'

/** The whole API, noun by noun. */
export const contract = {
  auth,
  setup,
  clinics,
  pools,
  doctors,
  services,
  rooms,
  beds,
  boards,
  users,
  staff,
  patients,
  appointments,
  rebookings,
  phoneCalls,
  phonePages: phonePagesRoutes,
  ratings,
  visits,
  waits,
  triage,
  risk: risks,
  rulePacks,
  consultations,
  prescriptions,
  orders,
  attachments,
  followUps,
  medicines,
  diagnosisTerms,
  queue,
  charges,
  payments,
  alerts,
  notifications,
  feed,
  devices,
  pairing,
  network: networks,
  audit,
  hub,
  updates,
}
export type Contract = typeof contract
