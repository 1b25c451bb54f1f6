import { expect, test } from 'vitest'
import { asKnownError, decodeRefusal } from './known-errors.ts'
import { HubAway, isRefused } from './refused.ts'

test('U6: a station that cannot reach its hub is the hub being away, and no refusal', () => {
  const answer = decodeRefusal({ code: 'hub_away', message: 'The hub cannot be reached right now.' })
  expect(asKnownError(answer)).toBeInstanceOf(HubAway)
})

test('any other code is a refusal with what it carries', () => {
  const known = asKnownError(decodeRefusal({ code: 'in_use', message: 'It is still in use.', data: { by: 'link' } }))
  expect(isRefused(known, 'in_use') && known.data.by).toBe('link')
})

test('what is no refusal is no answer', () => {
  expect(decodeRefusal('<html>')).toBeNull()
  expect(decodeRefusal({ ok: false })).toBeNull()
  expect(asKnownError(new TypeError('Failed to fetch'))).toBeInstanceOf(HubAway)
})
