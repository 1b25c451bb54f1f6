import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readRulePack } from './rule-packs.ts'

const FOLDER = join(import.meta.dirname, '../resources/rule-packs')
const NEWS2 = 'news2-2017.json'
const CHILD = 'paediatric-1-to-4-years-2020.json'
const contentOf = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))

/** The pack's file with one of its values replaced, and what reading it says. */
function changed(file: string, path: (string | number)[], value: unknown): () => unknown {
  const content = contentOf(file)
  const parent = path.slice(0, -1).reduce((at, key) => at[key], content)
  const last = path.at(-1) ?? ''
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return () => readRulePack(file, content)
}

test.each(readdirSync(FOLDER))('T4 the shipped pack %s is whole, and names its sources', (file) => {
  const pack = readRulePack(file, contentOf(file))
  expect(pack.sources.length).toBeGreaterThan(0)
  expect(file).toBe(`${pack.id}-${pack.version}.json`)
})

describe('T4 a pack that is not whole is refused, and says what is wrong', () => {
  // Row 0 of NEWS2 is respiration: up to 8, 9-11, 12-20, 21-24, from 25.
  const bands = ['parameters', 0, 'bands']
  test.each<[string, (string | number)[], unknown, string]>([
    ['a gap', [...bands, 1, 'from'], 10, 'leaves a gap at 9'],
    ['an overlap', [...bands, 1, 'from'], 8, 'overlaps the band before at 8'],
    ['a gap of one further up', [...bands, 3, 'to'], 23, 'leaves a gap at 24'],
    ['an overlap further up', [...bands, 3, 'to'], 25, 'overlaps the band before at 25'],
    ['a floor', [...bands, 0, 'from'], 4, 'leaves a gap below 4'],
    ['a ceiling', [...bands, 4, 'to'], 60, 'leaves a gap above 60'],
    ['a band without an end in the middle', [...bands, 2, 'to'], undefined, 'overlaps the band before'],
    ['a band that ends before it begins', [...bands, 2, 'to'], 11, 'ends at 11, before it begins at 12'],
    ['half a breath', [...bands, 1, 'from'], 9.5, 'expected int'],
    ['no bands', bands, [], 'must have a band'],
    ['too many points', [...bands, 0, 'points'], 4, 'Too big'],
    ['no points', [...bands, 0, 'points'], undefined, 'expected number'],
    ['a gap in the totals', ['totals', 3, 'from'], 8, 'leaves a gap at 7'],
    ['a level that is none', ['totals', 3, 'level'], 'red', 'Invalid option'],
    ['one consciousness left out', ['parameters', 7, 'choices', 'C'], undefined, 'choices.C'],
    ['a single 3 without a level', ['single', 'levels', 'pulse'], undefined, 'says no level for 3 in pulse'],
    ['children in NEWS2', ['appliesTo', 'ageMonths', 'from'], 191, 'must begin at 16 years (T3)'],
    ['any age in NEWS2', ['appliesTo', 'ageMonths'], null, 'must begin at 16 years (T3)'],
    ['pregnancy in NEWS2', ['appliesTo', 'pregnancy'], ['no', 'pregnant'], 'must leave out pregnancy'],
    ['the weeks after birth in NEWS2', ['appliesTo', 'pregnancy'], ['after_birth'], 'must leave out pregnancy'],
    ['ages that end before they begin', ['appliesTo', 'ageMonths', 'below'], 192, 'must end after it begins'],
    ['no source', ['sources'], [], 'sources'],
    ['no acknowledgement', ['acknowledgement'], ' ', 'acknowledgement'],
    ['an unknown field', ['comment'], 'x', 'comment'],
    ['an alert of no severity', ['alerts', 0, 'severity'], 'red', 'severity'],
  ])('T4 %s', (_, path, value, message) => {
    expect(changed(NEWS2, path, value)).toThrow(message)
    expect(changed(NEWS2, path, value)).toThrow(NEWS2)
  })

  test('T3 a scale, or air and oxygen, without a row of its own; and with two', () => {
    const [scale1, onAir] = [contentOf(NEWS2).parameters[1], contentOf(NEWS2).parameters[2]]
    expect(changed(NEWS2, ['parameters', 2, 'when'], { spo2Scale: 2, oxygen: 'oxygen' })).toThrow(
      'has 0 rows for spo2 on scale 2 and air',
    )
    expect(changed(NEWS2, ['parameters', 1, 'when'], {})).toThrow('has 2 rows for spo2 on scale 2 and air')
    expect(changed(NEWS2, ['parameters', 3], { ...onAir, when: { spo2Scale: 2 } })).toThrow('has 2 rows for spo2')
    expect(changed(NEWS2, ['parameters', 0], scale1)).toThrow('has 2 rows for spo2 on scale 1')
  })

  test('T4 a pack of levels is held to the same', () => {
    expect(changed(CHILD, ['parameters', 2, 'bands', 1, 'from'], 81)).toThrow('leaves a gap at 80')
    expect(changed(CHILD, ['parameters', 2, 'bands', 1, 'to'], 161)).toThrow('overlaps the band before at 161')
    expect(changed(CHILD, ['parameters', 3, 'choices', 'V'], undefined)).toThrow('choices.V')
    expect(changed(CHILD, ['parameters', 2, 'parameter'], 'respiration')).toThrow('has 2 rows for respiration')
    expect(changed(CHILD, ['kind'], 'score')).toThrow(CHILD)
  })

  test('T4 a changed pack under its old name', () => {
    expect(changed(CHILD, ['version'], '2020.1')).toThrow('should be called paediatric-1-to-4-years-2020.1.json')
    expect(changed(CHILD, ['version'], 'latest')).toThrow('must be a year')
    expect(() => readRulePack(CHILD, null)).toThrow(CHILD)
  })
})
