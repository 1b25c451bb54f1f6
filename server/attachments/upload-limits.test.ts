import { expect, test } from 'vitest'
import { Refusal } from '../../contract/errors.ts'
import { BYTES_A_MINUTE, createUploadLimits, MOST_BEGUN } from './upload-limits.ts'

function limitsAt() {
  let now = 0
  const limits = createUploadLimits(() => now)
  const waits = (userId: string, id: string, bytes: number, begins = true): number => {
    try {
      limits.admit({ userId, id }, bytes, begins)
      return 0
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'too_much_sent') throw error
      return (error as Refusal<'too_much_sent'>).data.seconds
    }
  }
  return { limits, waits, pass: (seconds: number) => (now += seconds * 1000) }
}

test('one person sends so much a minute, which runs out evenly; who was refused is told how long it takes', () => {
  const { waits, pass } = limitsAt()
  expect(waits('ann', 'a', BYTES_A_MINUTE)).toBe(0)
  expect(waits('ann', 'a', BYTES_A_MINUTE / 4, false)).toBe(15)
  expect(waits('bo', 'b', BYTES_A_MINUTE)).toBe(0)
  pass(14)
  expect(waits('ann', 'a', BYTES_A_MINUTE / 4, false)).toBe(1)
  pass(1)
  expect(waits('ann', 'a', BYTES_A_MINUTE / 4, false)).toBe(0)
  pass(600)
  expect(waits('ann', 'a', BYTES_A_MINUTE, false)).toBe(0)
})

test('one person has so many files under way; what was attached, or left alone for ten minutes, is none', () => {
  const { limits, waits, pass } = limitsAt()
  for (let count = 0; count < MOST_BEGUN; count++) expect(waits('ann', `${count}`, 1)).toBe(0)
  expect(waits('ann', 'more', 1)).toBe(600)
  expect(waits('ann', '3', 1), 'sent again from the start').toBe(0)
  expect(waits('ann', 'unknown', 1, false), 'a part that begins nothing').toBe(0)
  expect(waits('bo', 'b', 1)).toBe(0)
  limits.ended({ userId: 'ann', id: '3' })
  expect(waits('ann', 'more', 1)).toBe(0)
  expect(waits('ann', 'yet more', 1)).toBe(600)
  pass(601)
  expect(waits('ann', 'yet more', 1)).toBe(0)
})
