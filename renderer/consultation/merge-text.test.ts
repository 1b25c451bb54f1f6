import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepBoth, mergeWritten, type Written } from './merge-text.ts'

const text = (reason: string, notes = '', ...diagnoses: string[]): Written => ({
  reason,
  notes,
  diagnoses: diagnoses.map((each) => ({ text: each, code: null })),
})

test('U8 a field that only one of two windows changed is that one’s', () => {
  const merged = mergeWritten(text('a', 'b'), text('a, longer', 'b'), text('a', 'b', 'Cold'))
  expect(merged).toEqual({ written: text('a, longer', 'b', 'Cold'), both: [] })
})

test('U8 what both changed is shown, and what is here stays as it is', () => {
  const merged = mergeWritten(text('a', 'b'), text('a', 'mine'), text('c', 'theirs'))
  expect(merged).toEqual({ written: text('c', 'mine'), both: ['notes'] })
  expect(mergeWritten(text('a'), text('same'), text('same')).both).toEqual([])
})

const written = fc.record({
  reason: fc.string(),
  notes: fc.string(),
  diagnoses: fc.array(fc.record({ text: fc.string(), code: fc.constant(null) })),
})

test('U8 kept both, no word of either is lost', () => {
  fc.assert(
    fc.property(written, written, (mine, theirs) => {
      const both = keepBoth(mine, theirs)
      for (const one of [mine, theirs]) {
        expect(both.reason).toContain(one.reason)
        expect(both.notes).toContain(one.notes)
        const texts = both.diagnoses.map((each) => each.text)
        for (const each of one.diagnoses) expect(texts).toContain(each.text)
      }
    }),
  )
})
