import { expect, it } from 'vitest'
import { changedIn, nothingChanged, onOrder, type ResultFields, withPart } from './result-draft.ts'

const order: ResultFields = { status: 'results_awaited', result: '', dueOn: '2026-03-11', doctorId: 'chen' }
const typed = withPart(nothingChanged, order, { result: 'clear' })

it('U8 an old draft brings back what was changed and nothing else: the newer state and doctor stand', () => {
  const newer: ResultFields = { ...order, status: 'ordered', doctorId: 'diaz', dueOn: null }
  const { fields, met } = onOrder(typed, newer)
  expect(fields).toEqual({ ...newer, result: 'clear' })
  expect(met).toEqual([])
  expect(changedIn(fields, newer)).toEqual({ result: 'clear' })
})

it('Q10 where both changed the same, theirs stands and is named; of two results neither is lost', () => {
  const mine = withPart(typed, order, { status: 'done', doctorId: 'eve' })
  const newer: ResultFields = { ...order, status: 'ordered', result: 'film 2: a shadow' }
  const { fields, met } = onOrder(mine, newer)
  expect(fields).toEqual({ ...newer, doctorId: 'eve', result: 'clear\n\nfilm 2: a shadow' })
  expect(met).toEqual(['status', 'result'])
  const decided = withPart(mine, newer, { status: 'done' })
  expect(onOrder(decided, newer)).toEqual({ fields: { ...fields, status: 'done' }, met: [] })
})

it('U8 what was put back as it was is no draft', () => {
  expect(withPart(typed, order, { result: '' })).toEqual(nothingChanged)
})

it('Q10 what both set alike needs no words', () => {
  expect(onOrder(typed, { ...order, result: 'clear' })).toMatchObject({ met: [], fields: { result: 'clear' } })
})
