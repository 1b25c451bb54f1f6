import { expect, test } from 'vitest'
import { entryOf, lacksEntry } from './own-entry.ts'

const entry = (id: string, userId: string | null, active = true) => ({ [id]: { id, userId, active } })

test('who is linked while signed in is that doctor at once, and no longer when the link goes', () => {
  expect(entryOf('ana', null, entry('rao', null))).toBeNull()
  expect(entryOf('ana', null, entry('rao', 'ana'))).toBe('rao')
  expect(entryOf('ana', 'rao', entry('rao', null))).toBeNull()
  expect(entryOf('ana', 'rao', entry('rao', 'ana', false))).toBeNull()
  expect(entryOf('ana', 'rao', { ...entry('rao', null), ...entry('chen', 'ana') })).toBe('chen')
})

test('an entry of another clinic stands: it is not among those of this one', () => {
  expect(entryOf('ana', 'elsewhere', entry('rao', 'ben'))).toBe('elsewhere')
})

test('a doctor without an entry lacks one, in use or not; who works elsewhere too is left alone', () => {
  const ana = { id: 'ana', roles: ['doctor' as const], clinicIds: ['here'] }
  expect(lacksEntry(ana, 'here', {})).toBe(true)
  expect(lacksEntry(ana, 'here', entry('rao', 'ana', false))).toBe(false)
  expect(lacksEntry({ ...ana, roles: ['nurse'] }, 'here', {})).toBe(false)
  expect(lacksEntry({ ...ana, clinicIds: ['here', 'there'] }, 'here', {})).toBe(false)
  expect(lacksEntry({ ...ana, clinicIds: ['there'] }, 'here', {})).toBe(false)
  const { id: _, ...fresh } = ana
  expect(lacksEntry({ ...fresh, clinicIds: ['here', 'there'] }, 'here', {})).toBe(true)
})
