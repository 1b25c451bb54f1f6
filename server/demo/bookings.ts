import { contract } from '../../contract/contract.ts'
import { forEachOf, wasTooLate } from './api.ts'
import { type Cast, type DoctorPart, rosterOf } from './cast.ts'
import type { Person } from './people.ts'
import { createRandom, type Random, seededId, shuffled } from './random.ts'

type Wish = { patientId: string; serviceId: string; startsAt: string; id: string; confirmed: boolean }

/** Books a share (0 to 1) of every doctor's free slots on a day, some of them confirmed. Answers how many. */
export async function bookDay(options: { cast: Cast; day: string; fullness: number; madeAt: number }): Promise<number> {
  const { cast, day, fullness, madeAt } = options
  const random = createRandom(cast.seed).fork('book', day, madeAt)
  const roster = rosterOf(cast, day)
  const busy = await alreadyBooked(cast, day)
  const desk = cast.desks[0] ?? cast.admin
  let booked = 0
  for (const doctor of cast.doctors) {
    const people = suiting(doctor, roster).filter((person) => !busy.has(person.id))
    const wishes = await wishesOf({ cast, doctor, day, fullness, random, people, madeAt })
    await forEachOf(wishes, 6, async ({ confirmed, ...wish }) => {
      busy.add(wish.patientId)
      try {
        const made = await desk.call(contract.appointments.book, { body: { doctorId: doctor.id, ...wish } })
        if (confirmed) {
          const body = { version: made.version, status: 'confirmed' as const }
          await desk.call(contract.appointments.change, { params: { id: made.id }, body })
        }
        booked += 1
      } catch (error) {
        if (!wasTooLate(error)) throw error
      }
    })
  }
  return booked
}

/** Which of a day's people would see this doctor. */
export function suiting(
  doctor: DoctorPart,
  roster: { children: Person[]; women: Person[]; adults: Person[] },
): Person[] {
  if (doctor.plan.services.includes('Child health visit')) return roster.children
  return doctor.plan.services.includes('Antenatal visit') ? roster.women : roster.adults
}

async function wishesOf(ground: {
  cast: Cast
  doctor: DoctorPart
  day: string
  fullness: number
  random: Random
  people: Person[]
  madeAt: number
}): Promise<Wish[]> {
  const { cast, doctor, day, fullness, random, people, madeAt } = ground
  const services = doctor.plan.services.flatMap((name) => cast.services.get(name) ?? [])
  const shortest = services.reduce((least, each) => (each.minutes < least.minutes ? each : least))
  const { items } = await cast.admin.call(contract.appointments.availableSlots, {
    query: { doctorId: doctor.id, date: day, serviceId: shortest.id },
  })
  const free = items.filter((slot) => slot.free > 0 && Date.parse(slot.startsAt) > madeAt)
  const chosen = shuffled(random, free).slice(0, Math.round(free.length * fullness))
  return chosen.flatMap((slot, index) => {
    const person = people[index]
    if (!person) return []
    const isChild = Boolean(person.guardian)
    const service = random.pick(services.filter((each) => !isChild || each.name !== 'Antenatal visit'))
    return {
      id: seededId(madeAt, random),
      patientId: person.id,
      serviceId: service.id,
      startsAt: slot.startsAt,
      confirmed: random.chance(0.4),
    }
  })
}

async function alreadyBooked(cast: Cast, day: string): Promise<Set<string>> {
  const patients = new Set<string>()
  let cursor: string | null | undefined
  do {
    const page = await cast.admin.call(contract.appointments.list, {
      query: { clinicId: cast.clinicId, date: day, limit: 500, ...(cursor ? { cursor } : {}) },
    })
    for (const appointment of page.items) patients.add(appointment.patientId)
    cursor = page.cursor
  } while (cursor)
  return patients
}
