import { expect, test } from 'vitest'
import { type AllergyFields, nothingChanged, onAllergies, withPart, written } from './allergy-draft.ts'

const listing = (...items: [substance: string, reaction?: string][]): AllergyFields => ({
  state: items.length > 0 ? 'listed' : 'none_known',
  items: items.map(([substance, reaction = '']) => ({ substance, reaction })),
})
const notAsked: AllergyFields = { state: 'not_asked', items: [] }
/** What stands in the form of who made `began` into `mine`, when the record has become `now`. */
const seen = (began: AllergyFields, mine: AllergyFields, now: AllergyFields) =>
  onAllergies(withPart(nothingChanged, began, mine), now)

test('untouched it shows the record, and nothing is kept', () => {
  expect(onAllergies(nothingChanged, listing(['Latex']))).toEqual({ fields: listing(['Latex']), met: false })
  const typed = withPart(nothingChanged, notAsked, { state: 'listed' })
  expect(withPart(typed, notAsked, { state: 'not_asked' })).toEqual(nothingChanged)
})

test('U8 what was typed stands as long as nobody else changed it', () => {
  expect(seen(notAsked, listing(['Latex']), notAsked)).toEqual({ fields: listing(['Latex']), met: false })
  expect(seen(notAsked, listing(['Latex'], ['']), listing(['Latex'])).met).toBe(false)
})

test('Q10 an allergy that somebody else wrote down meanwhile is not lost, nor is one’s own', () => {
  const began = listing(['Penicillin'])
  const { fields, met } = seen(
    began,
    listing(['Penicillin', 'rash'], ['Latex']),
    listing(['Penicillin'], ['Nuts', 'swelling']),
  )
  expect(met).toBe(true)
  expect(fields).toEqual(listing(['Penicillin', 'rash'], ['Nuts', 'swelling'], ['Latex']))
  expect(seen(notAsked, listing(), listing(['Nuts'])).fields).toEqual(listing(['Nuts']))
  expect(seen(notAsked, listing(['Nuts']), listing()).fields).toEqual(listing(['Nuts']))
})

test('Q10 that others’ words were put in is said until it is sent, also while one types on', () => {
  const now = listing(['Nuts'])
  const met = withPart(withPart(nothingChanged, notAsked, listing(['Latex'])), now, {})
  const on = withPart(met, now, listing(['Nuts'], ['Latex', 'rash']))
  expect(onAllergies(on, now)).toEqual({ fields: listing(['Nuts'], ['Latex', 'rash']), met: true })
})

test('Q10 what one took off stays off, unless the other wrote more about it', () => {
  const began = listing(['Penicillin'], ['Latex'])
  expect(seen(began, listing(['Latex']), listing(['Penicillin'], ['Latex', 'rash'])).fields).toEqual(
    listing(['Latex', 'rash']),
  )
  expect(seen(began, listing(['Latex']), listing(['Penicillin', 'shock'], ['Latex'])).fields).toEqual(
    listing(['Penicillin', 'shock'], ['Latex']),
  )
  expect(seen(began, listing(['Penicillin'], ['Latex', 'rash']), listing(['Latex'])).fields).toEqual(
    listing(['Latex', 'rash']),
  )
  expect(seen(listing(['Latex']), listing(), listing(['Latex'], ['Nuts'])).fields).toEqual(listing(['Nuts']))
})

test('Q10 two reactions of one substance stand beside each other, its case does not count', () => {
  const { fields } = seen(listing(['Latex']), listing(['latex ', 'rash']), listing(['Latex', 'itch']))
  expect(fields).toEqual(listing(['Latex', 'itch; rash']))
})

test('lines that nothing stands in are not sent, nor those of another answer', () => {
  expect(written(listing(['Latex'], [' ']))).toEqual(listing(['Latex']))
  expect(written({ ...listing(['Latex']), state: 'none_known' })).toEqual(listing())
})
