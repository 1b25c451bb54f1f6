import { alertRoutes } from './alerts/routes.ts'
import { rebookingRoutes } from './appointments/rebooking-routes.ts'
import { appointmentRoutes } from './appointments/routes.ts'
import { attachmentRoutes } from './attachments/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { authRoutes } from './auth/routes.ts'
import { bedRoutes } from './beds/routes.ts'
import { boardRoutes } from './board/routes.ts'
import { clinicRoutes, poolRoutes } from './clinics/routes.ts'
import { consultationRoutes } from './consultations/routes.ts'
import { deviceRoutes } from './devices/routes.ts'
import { doctorRoutes } from './doctors/routes.ts'
import { feedRoutes } from './feed/routes.ts'
import { followUpRoutes } from './follow-ups/routes.ts'
import { api } from './http/api.ts'
import { infoRoutes } from './info/routes.ts'
import { chargeRoutes, paymentRoutes } from './money/routes.ts'
import { networkRoutes } from './network/routes.ts'
import { notificationRoutes } from './notifications/routes.ts'
import { orderRoutes } from './orders/routes.ts'
import { pairingRoutes } from './pairing/routes.ts'
import { patientRoutes } from './patients/routes.ts'
import { phoneCallRoutes } from './phone-calls/routes.ts'
import { phonePagesRoutes } from './phone-pages/routes.ts'
import { prescriptionRoutes } from './prescriptions/routes.ts'
import { ratingRoutes } from './ratings/routes.ts'
import { roomRoutes } from './rooms/routes.ts'
import { rulePackRoutes } from './rule-packs/routes.ts'
import { serviceRoutes } from './services/routes.ts'
import { setupRoutes } from './setup/routes.ts'
import { diagnosisTermRoutes, medicineRoutes } from './short-lists/routes.ts'
import { staffRoutes } from './staff/routes.ts'
import { riskRoutes, triageRoutes } from './triage/routes.ts'
import { updateRoutes } from './updates/routes.ts'
import { userRoutes } from './users/routes.ts'
import { queueRoutes, visitRoutes } from './visits/routes.ts'
import { waitRoutes } from './waits/routes.ts'

/** The server's features: the whole contract, implemented. A missing one does not compile. */
export const features = api.router({
  auth: authRoutes,
  setup: setupRoutes,
  clinics: clinicRoutes,
  pools: poolRoutes,
  doctors: doctorRoutes,
  services: serviceRoutes,
  rooms: roomRoutes,
  beds: bedRoutes,
  boards: boardRoutes,
  users: userRoutes,
  staff: staffRoutes,
  patients: patientRoutes,
  appointments: appointmentRoutes,
  rebookings: rebookingRoutes,
  phoneCalls: phoneCallRoutes,
  phonePages: phonePagesRoutes,
  ratings: ratingRoutes,
  visits: visitRoutes,
  waits: waitRoutes,
  triage: triageRoutes,
  risk: riskRoutes,
  rulePacks: rulePackRoutes,
  consultations: consultationRoutes,
  prescriptions: prescriptionRoutes,
  orders: orderRoutes,
  attachments: attachmentRoutes,
  followUps: followUpRoutes,
  medicines: medicineRoutes,
  diagnosisTerms: diagnosisTermRoutes,
  queue: queueRoutes,
  charges: chargeRoutes,
  payments: paymentRoutes,
  alerts: alertRoutes,
  notifications: notificationRoutes,
  feed: feedRoutes,
  devices: deviceRoutes,
  pairing: pairingRoutes,
  network: networkRoutes,
  audit: auditRoutes,
  hub: infoRoutes,
  updates: updateRoutes,
})
