import { expect, it } from 'vitest'
import { withoutSent } from './without-sent.ts'

type Entry = { kind: string; what: string; dueOn: string | null }

it('U8: what was typed while the answer was on its way stays', () => {
  const sent = { kind: 'lab', what: 'TSH', dueOn: '2026-03-11' }
  const empty = { what: '', dueOn: null }
  expect(withoutSent<Entry>(sent, sent, empty)).toEqual({
    kind: 'lab',
    what: '',
    dueOn: null,
  })
  const typedOn = { kind: 'imaging', what: 'Chest film', dueOn: '2026-03-11' }
  expect(withoutSent<Entry>(typedOn, sent, empty)).toEqual({
    kind: 'imaging',
    what: 'Chest film',
    dueOn: null,
  })
})
