import { expect, test } from 'vitest'
import { compareValues } from './compare-values.ts'

const sorted = (values: (string | number)[], language = 'en') =>
  values.toSorted((one, other) => compareValues(one, other, language))

test('numbers by size, and numbers within words too', () => {
  expect(sorted([10, 9, 2])).toEqual([2, 9, 10])
  expect(sorted(['Room 10', 'Room 2', 'room 1'])).toEqual(['room 1', 'Room 2', 'Room 10'])
})

test('letters as the reader’s language orders them', () => {
  expect(sorted(['Zora', 'Ämin', 'Bola'], 'de')).toEqual(['Ämin', 'Bola', 'Zora'])
  expect(sorted(['Zora', 'Ämin', 'Bola'], 'sv')).toEqual(['Bola', 'Zora', 'Ämin'])
})
