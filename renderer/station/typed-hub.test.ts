import { expect, test } from 'vitest'
import { writePairingString } from '../../contract/discovery.ts'
import { readTypedHub } from './typed-hub.ts'

const pairingString = writePairingString({
  hubId: '0198c0de-0000-7000-8000-000000000001',
  addresses: ['192.168.1.10:8743'],
  fingerprint: 'abcdefghijklmnopqrstuv',
})

test.each(['192.168.1.10', '192.168.1.10:8743', 'hub.local', 'reception-pc:8743', '[fe80::1]:8743', pairingString])(
  '%s is taken as it is',
  (text) => {
    expect(readTypedHub(`  ${text} `)).toBe(text)
  },
)

test('digits of another script are the same address', () => {
  expect(readTypedHub('১৯২.১৬৮.১.১০')).toBe('192.168.1.10')
})

test.each([
  '',
  '192.168.1',
  '192.168.1.256',
  '192.168.1.10:0',
  '192.168.1.10:99999',
  'http://192.168.1.10',
  '192.168.1.10/path',
  'two words',
  'anteroom:not-a-hub',
  pairingString.slice(0, -30),
])('%j is told to be no address', (text) => {
  expect(readTypedHub(text)).toBeUndefined()
})
