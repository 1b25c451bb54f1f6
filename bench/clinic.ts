import { v7 as uuidv7 } from 'uuid'
import { contract } from '../contract/contract.ts'
import { type Client, callRoute, signIn } from '../server/demo/api.ts'
import { createHub } from '../server/hub.ts'

export const BENCH_PASSWORD = 'anteroom-bench'
const TIME_ZONE = 'Asia/Dhaka'

/** What the measurements know of their clinic. */
export type BenchClinic = {
  clinicId: string
  timeZone: string
  doctorIds: string[]
  serviceId: string
  receptionId: string
}

/** Makes an empty clinic in a folder through the API, as many doctors as there are ticket letters to spare. */
export async function makeClinic(dataDir: string, doctors: number): Promise<BenchClinic> {
  const hub = await createHub({ dataDir, port: 0, pagesDir: null })
  try {
    const clinic = { id: uuidv7(), name: 'Bench', timeZone: TIME_ZONE, currency: 'BDT', language: 'en' as const }
    const administrator = { id: uuidv7(), username: 'admin', displayName: 'Admin', password: BENCH_PASSWORD }
    await callRoute(hub.url, contract.setup.begin, { body: { clinic, administrator } })
    const admin = await signIn(hub.url, 'admin', BENCH_PASSWORD)
    const parts = { clinicId: clinic.id, timeZone: TIME_ZONE, serviceId: uuidv7(), receptionId: uuidv7() }
    await admin.call(contract.services.create, {
      body: { id: parts.serviceId, clinicId: clinic.id, name: 'Consultation', minutes: 15, priceMinor: 50_000 },
    })
    await addReception(admin, parts)
    const doctorIds = await addDoctors(admin, clinic.id, doctors)
    return { ...parts, doctorIds }
  } finally {
    await hub.close()
  }
}

async function addReception(admin: Client, { clinicId, receptionId: id }: { clinicId: string; receptionId: string }) {
  const roles: ['receptionist'] = ['receptionist']
  const person = { id, username: 'reception', displayName: 'Reception', password: BENCH_PASSWORD, roles }
  await admin.call(contract.users.create, { body: { ...person, clinicIds: [clinicId] } })
}

async function addDoctors(admin: Client, clinicId: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => uuidv7())
  for (const [index, id] of ids.entries()) {
    // With a user, as in any clinic: each check-in is also told to its doctor (S3).
    const userId = uuidv7()
    const person = {
      id: userId,
      username: `doctor${index + 1}`,
      displayName: `Dr ${index + 1}`,
      roles: ['doctor' as const],
    }
    await admin.call(contract.users.create, { body: { ...person, password: BENCH_PASSWORD, clinicIds: [clinicId] } })
    await admin.call(contract.doctors.create, { body: { id, clinicId, userId, displayName: person.displayName } })
  }
  return ids
}
