import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const QUOTE = /^`([^`]+)`: `(.+)`$/
const rows = readFileSync('docs/security-electron.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| \d+ \|/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))

test('the list has all of its twenty points', () => {
  expect(rows.map(([number]) => Number(number))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
})

test.each(rows)('%s: %s is kept where the list says, and tested', (_number, _point, kept, tested) => {
  for (const cell of [kept, tested]) {
    const [, file = '', quote = ''] = QUOTE.exec(cell ?? '') ?? []
    expect(quote).not.toBe('')
    expect(readFileSync(file, 'utf8')).toContain(quote)
  }
})
