import { expect, test } from 'vitest'
import { bedStatus } from '../contract/beds.ts'
import { bedCanBecome } from './beds.ts'

test('S2 nobody is put into a bed that is not clean, and none is free before it was cleaned', () => {
  const into = bedStatus.options.filter((from) => bedCanBecome(from, 'occupied'))
  expect(into).toEqual(['free'])
  expect(bedStatus.options.filter((to) => bedCanBecome('occupied', to))).toEqual(['cleaning'])
})

test('S2 from every status there is a way back to free', () => {
  const reaches = (from: (typeof bedStatus.options)[number], steps = 4): boolean =>
    from === 'free' || (steps > 0 && bedStatus.options.some((to) => bedCanBecome(from, to) && reaches(to, steps - 1)))
  expect(bedStatus.options.filter((from) => !reaches(from))).toEqual([])
})
