import type { Order } from '../../contract/orders.ts'

export type ResultFields = Pick<Order, 'status' | 'result' | 'dueOn' | 'doctorId'>
export type ResultField = keyof ResultFields

/** What a person changed of an order, and the order as it was when they did. */
export type ResultDraft = { began: ResultFields | null; changed: Partial<ResultFields> }
export const nothingChanged: ResultDraft = { began: null, changed: {} }

const FIELDS = ['status', 'result', 'dueOn', 'doctorId'] as const satisfies readonly ResultField[]

const fieldsIn = ({ status, result, dueOn, doctorId }: ResultFields): ResultFields => ({
  status,
  result,
  dueOn,
  doctorId,
})

/**
 * Q10: a draft on the order as it is now. What a person left alone is the order's; where somebody else changed the same
 * field since (`met`), theirs stands, and of two results neither is lost.
 */
export function onOrder({ began, changed }: ResultDraft, order: ResultFields) {
  const met = FIELDS.filter(
    (field) => field in changed && began !== null && order[field] !== began[field] && order[field] !== changed[field],
  )
  const mine = Object.fromEntries(Object.entries(changed).filter(([field]) => !met.some((each) => each === field)))
  const fields: ResultFields = { ...fieldsIn(order), ...mine }
  if (met.includes('result')) fields.result = both(changed.result ?? '', order.result)
  return { fields, met }
}

const both = (mine: string, theirs: string) => [mine, theirs].filter((text) => text.trim()).join('\n\n')

/** What differs from the order as it is now: nothing else is sent, or kept. */
export function changedIn(fields: ResultFields, order: ResultFields): Partial<ResultFields> {
  return Object.fromEntries(FIELDS.filter((each) => fields[each] !== order[each]).map((each) => [each, fields[each]]))
}

export function withPart(draft: ResultDraft, order: ResultFields, part: Partial<ResultFields>): ResultDraft {
  const changed = changedIn({ ...onOrder(draft, order).fields, ...part }, order)
  return Object.keys(changed).length > 0 ? { began: fieldsIn(order), changed } : nothingChanged
}
