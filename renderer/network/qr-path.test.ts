import encodeQR from 'qr'
import decodeQR from 'qr/decode.js'
import { expect, test } from 'vitest'
import { readPairingString, writePairingString } from '../../contract/discovery.ts'
import { pathOf } from './qr-path.ts'

test('each run of dark modules is one rectangle', () => {
  expect(
    pathOf([
      [true, true, false, true],
      [false, false, false, false],
    ]),
  ).toBe('M0 0h2v1h-2zM3 0h1v1h-1z')
})

test('a pairing string with many addresses comes back whole from what was drawn', () => {
  const hub = {
    hubId: '0198c0de-0000-7000-8000-000000000001',
    addresses: ['192.168.1.10:8743', '10.0.0.2:8743', '172.16.200.201:8743'],
    fingerprint: 'abcdefghijklmnopqrstuv',
  }
  const text = writePairingString(hub)
  const rows = encodeQR(text, 'raw', { border: 4, ecc: 'medium' })
  expect(readPairingString(decodeQR(draw(pathOf(rows), rows.length)))).toEqual(hub)
})

const SCALE = 4

/** The path as black pixels on white. */
function draw(path: string, modules: number) {
  const side = modules * SCALE
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)/g))
    for (let down = 0; down < SCALE; down++)
      for (let right = 0; right < Number(length) * SCALE; right++) {
        const pixel = 4 * ((Number(y) * SCALE + down) * side + Number(x) * SCALE + right)
        data.fill(0, pixel, pixel + 3)
      }
  return { width: side, height: side, data }
}
