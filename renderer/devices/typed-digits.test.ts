import { expect, test } from 'vitest'
import { minutesAndSeconds } from './countdown.ts'
import { readDigits } from './typed-digits.ts'

test.each(['123456', '123 456', ' 123-456 ', '১২৩ ৪৫৬', '١٢٣٤٥٦'])('%s is six digits', (typed) => {
  expect(readDigits(typed)).toBe('123456')
})

test.each(['', '12345', '1234567', '12345a', '123 4567'])('%j is not', (typed) => {
  expect(readDigits(typed)).toBeUndefined()
})

test('a countdown never shows less than nothing', () => {
  expect([600, 61, 9, 0, -3].map(minutesAndSeconds)).toEqual(['10:00', '1:01', '0:09', '0:00', '0:00'])
})
