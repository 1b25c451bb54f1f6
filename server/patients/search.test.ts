import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Patient } from '../../contract/patients.ts'
import { refusal } from '../../test/support/api-client.ts'
import { aClinic, type TestClinic } from '../../test/support/clinic.ts'
import { readChanges } from '../db/outbox.ts'

let clinic: TestClinic
const known: Record<string, Patient> = {}
beforeAll(async () => {
  clinic = await aClinic()
  const people: Record<string, Partial<Patient>> = {
    munoz: { familyName: 'Muñoz Ibáñez', givenName: 'José', phones: ['+34 612 345 678'], birthDate: '1984-03-07' },
    obrien: { familyName: "O'Brien", givenName: 'Siobhán', identifiers: [{ kind: 'card', value: 'BD 77-19' }] },
    rahim: { familyName: 'আক্তার', givenName: 'রহিমা', phones: ['01712-345999'] },
    khadija: { familyName: 'الهاشمي', givenName: 'خَدِيجَة', phones: [] },
    straw: { familyName: 'Müller-Straße', givenName: 'Łukasz', birthDate: '1984-03-08' },
  }
  for (const [name, fields] of Object.entries(people)) known[name] = await clinic.aPatient(fields)
  for (let other = 0; other < 5; other++) await clinic.aPatient({ familyName: 'Somebody', givenName: 'Else' })
})
afterAll(() => clinic.close())

const find = (q: string, query: object = {}) => clinic.as.receptionist.patients.search({ query: { q, ...query } })
const who = async (q: string) => {
  const { items } = await find(q)
  return Object.keys(known).filter((name) => items.some((patient) => patient.id === known[name]?.id))
}

describe('P2 names in any order, with or without diacritics and vowel signs', () => {
  test.each([
    ['munoz jose', 'munoz'],
    ['JOSÉ MUÑOZ', 'munoz'],
    ['iban jos', 'munoz'],
    ['obrien', 'obrien'],
    ["siobhan o'b", 'obrien'],
    ['রহিমা আক্তার', 'rahim'],
    ['আকতর', 'rahim'],
    ['রহীমা', 'rahim'],
    ['আক্তার র', 'rahim'],
    ['خديجة', 'khadija'],
    ['خديجه الهاشمي', 'khadija'],
    ['lukasz strasse', 'straw'],
    ['muller', 'straw'],
  ])('%s', async (q, name) => {
    expect(await who(q)).toEqual([name])
  })

  test('every word must be there', async () => {
    expect(await who('munoz siobhan')).toEqual([])
    expect(await who('unoz')).toEqual([])
  })
})

describe('P2 phone digits, from the start, from the end, with and without the country', () => {
  test.each([
    ['01712', 'rahim'],
    ['01712 345 999', 'rahim'],
    ['+880 1712 345999', 'rahim'],
    ['০১৭১২-৩৪৫৯৯৯', 'rahim'],
    ['5999', 'rahim'],
    ['45999', 'rahim'],
    ['2345999', 'rahim'],
    ['12345999', 'rahim'],
    ['612345678', 'munoz'],
    ['0034 612 345 678', 'munoz'],
    ['(612) 345-678', 'munoz'],
  ])('%s', async (q, name) => {
    expect(await who(q)).toEqual([name])
  })
})

describe('P2 numbers', () => {
  test('of the patient, as printed, in any case, and short', async () => {
    const number = known.munoz?.number ?? ''
    for (const q of [number, number.toLowerCase(), number.replace('-', '')]) {
      expect((await find(q)).items.map((patient) => patient.number)).toEqual([number])
    }
    expect(await who(String(Number(number.slice(2))))).toContain('munoz')
  })

  test.each(['BD 77-19', 'bd7719', 'BD 77'])('of an old card: %s', async (q) => {
    expect(await who(q)).toEqual(['obrien'])
  })

  test.each(['1984-03-07', '07-03-1984', '7.3.1984', '07/03/1984', '07-Mar-1984', '৭-৩-১৯৮৪'])(
    'a date of birth: %s',
    async (q) => {
      expect(await who(q)).toEqual(['munoz'])
    },
  )

  test('of today’s ticket, in this clinic', async () => {
    const visit = await clinic.aVisit({ patientId: known.khadija?.id ?? null })
    const { ticket } = visit
    const holder = async (query: object) => (await find(ticket.toLowerCase(), query)).items.map((patient) => patient.id)
    expect(await holder({ clinicId: clinic.clinicId })).toEqual([visit.patientId])
    expect(await holder({ clinicId: uuidv7() })).toEqual([])
    clinic.clock.pass(24 * 60)
    expect(await holder({ clinicId: clinic.clinicId })).toEqual([])
  })
})

test('P2 without any words: everybody, newest first, page by page', async () => {
  const numbers: string[] = []
  let cursor: string | undefined
  do {
    const page: { items: Patient[]; cursor: string | null } = await find(' ', { limit: 4, cursor })
    numbers.push(...page.items.map((patient) => patient.number))
    cursor = page.cursor ?? undefined
  } while (cursor)
  expect(numbers).toEqual([...numbers].sort().reverse())
  expect(numbers).toHaveLength(10)
  const first = await find('some', { limit: 3 })
  const second = await find('some', { limit: 3, cursor: first.cursor })
  expect(first.items).toHaveLength(3)
  expect([second.items.length, second.cursor]).toEqual([2, null])
})

test('P2 what nobody is called finds nobody, and no sign is taken for a command', async () => {
  for (const q of [
    '"',
    'a"b',
    'NOT',
    'names:x',
    '*',
    '-',
    '^a',
    '(',
    'NEAR(a b)',
    '%',
    '_',
    "'; drop table patients; --",
  ])
    expect((await find(q)).items, q).toEqual([])
})

test('P2 a changed patient is found by the new, no longer by the old', async () => {
  const patient = await clinic.aPatient({ familyName: 'Oldname', phones: ['0999 888 777'] })
  const { number: _, id, mergedIntoId: __, version, ...fields } = patient
  await clinic.as.nurse.patients.update({
    params: { id },
    body: { ...fields, version, familyName: 'Newname', phones: ['0999 111 222'] },
  })
  expect((await find('oldname')).items).toEqual([])
  expect((await find('0999888777')).items).toEqual([])
  expect((await find('newname 0999')).items.map((one) => one.id)).toEqual([id])
})

describe('P3 who may be the same is shown before somebody is registered', () => {
  const likely = async (query: object) => (await clinic.as.receptionist.patients.duplicates({ query })).items

  test('by a near name and the date of birth, the likeliest first', async () => {
    const query = { familyName: 'Munos Ibanez', givenName: 'Jose', birthDate: '1984-03-07' }
    expect(await likely(query)).toMatchObject([{ patient: { id: known.munoz?.id }, reasons: ['name', 'birth_date'] }])
  })

  test('by a card number, whatever the name', async () => {
    const found = await likely({ familyName: 'Unlike', identifier: 'bd 7719' })
    expect(found).toMatchObject([{ patient: { id: known.obrien?.id }, reasons: ['identifier'] }])
  })

  test('a shared phone alone is no duplicate, with a near name it is', async () => {
    expect(await likely({ familyName: 'Completely', givenName: 'Other', phone: '01712345999' })).toEqual([])
    const found = await likely({ familyName: 'আকতার', givenName: 'রহিমা', phone: '+8801712345999' })
    expect(found).toMatchObject([{ patient: { id: known.rahim?.id }, reasons: ['name', 'phone'] }])
  })

  test('it warns, it does not refuse', async () => {
    const { number: _, mergedIntoId: __, version: ___, ...same } = known.munoz as Patient
    const twin = await clinic.as.receptionist.patients.register({
      body: { ...same, id: uuidv7(), clinicId: clinic.clinicId },
    })
    expect(twin.number).not.toBe(known.munoz?.number)
  })
})

describe('P1 numbers', () => {
  test('are unique and never used again, under concurrency too', async () => {
    const made = await Promise.all(Array.from({ length: 30 }, () => clinic.aPatient()))
    const numbers = made.map((patient) => Number(patient.number.slice(2)))
    expect(new Set(numbers).size).toBe(30)
    expect(Math.max(...numbers) - Math.min(...numbers)).toBe(29)
    expect(made[0]?.number).toMatch(/^P-\d{6}$/)
  })

  test('one name is enough, none is not; a birth lies in a life', async () => {
    expect(await clinic.aPatient({ familyName: '', givenName: 'Shakira' })).toMatchObject({ sex: 'not_known' })
    const fields = async (patient: Partial<Patient>) => {
      const { data } = await refusal(clinic.aPatient(patient), 'bad_input')
      return (data as { fields: { field: string }[] }).fields.map((one) => one.field)
    }
    expect(await fields({ familyName: ' ', givenName: '' })).toEqual(['familyName'])
    expect(await fields({ birthDate: '2026-04-01' })).toEqual(['birthDate'])
    expect(await fields({ birthDate: '1984-03-07', deceasedOn: '1984-03-06' })).toEqual(['deceasedOn'])
  })

  test('unknown is null, never a guess', async () => {
    const blank = { birthDate: null, deceasedOn: null, guardian: null, language: null, phones: [], sex: 'not_known' }
    expect(await clinic.aPatient()).toMatchObject(blank)
  })
})

test('P1 an import takes what is right, answers what is not, and is announced', async () => {
  const body = (rows: { id: string; familyName?: string; birthDate?: string }[]) => ({
    clinicId: clinic.clinicId,
    rows,
  })
  const { importMany } = clinic.as.receptionist.patients
  const rows = [
    { id: uuidv7(), familyName: 'Imported' },
    { id: uuidv7(), familyName: '' },
    { id: known.munoz?.id ?? '', familyName: 'Imported' },
    { id: uuidv7(), familyName: 'Imported', birthDate: '2030-01-01' },
    { id: uuidv7(), familyName: 'Imported', birthDate: '1960-01-01' },
  ]
  const answer = await importMany({ body: body(rows) })
  expect(answer.taken).toBe(2)
  expect(answer.refused.map((one) => one.row)).toEqual([1, 2, 3])
  expect(answer.refused[2]?.message).toContain('birthDate')
  expect((await find('imported')).items).toHaveLength(2)
  const announced = clinic.hub.databases.read.all<{ changes: string }>`
    select changes from events where type = 'patient_created' and instr(changes, ${rows[4]?.id ?? ''})`
  expect(announced, 'once').toHaveLength(1)
  expect(readChanges(clinic.hub.databases.read, announced[0]?.changes ?? '').patients).toHaveLength(2)
  await refusal(importMany({ body: body([{ id: uuidv7(), birthDate: '1960-13-01' }]) }), 'bad_input')
})
