import { expect, test } from 'vitest'
import { id } from '../../contract/values.ts'
import { newId } from './new-id.ts'

test('ids are UUIDv7, never repeat, and grow in the order in which they were made', () => {
  const made = Array.from({ length: 20_000 }, newId)
  expect(new Set(made).size).toBe(made.length)
  expect([...made].sort()).toEqual(made)
  for (const one of made.slice(0, 100)) expect(id.safeParse(one).success).toBe(true)
})
