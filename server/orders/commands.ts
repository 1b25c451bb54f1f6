import { Refusal } from '../../contract/errors.ts'
import type { Order } from '../../contract/orders.ts'
import type { Visit } from '../../contract/visits.ts'
import { demand, getOwnVersion, type Person } from '../auth/person.ts'
import { openOrdersOf } from '../consultations/queries.ts'
import { aboutVisit, announceClinical, visitOf, withdraw } from '../consultations/step.ts'
import type { W } from '../db/door.ts'
import { demandNew, getRecord } from '../db/get.ts'
import { holdVisit } from '../visits/care.ts'
import { today } from '../visits/queries.ts'
import { visitFor } from '../visits/step.ts'

type NewOrder = Pick<Order, 'id' | 'visitId' | 'kind' | 'what' | 'status' | 'dueOn'> & {
  holdVersion?: number | undefined
}

/** Q1: the patient may be on hold for it from the same commit on. */
export function addOrder(
  w: W<Person>,
  { holdVersion, visitId, ...fields }: NewOrder,
): { order: Order; visit: Visit | null } {
  const visit = visitOf(w, visitId)
  demandNew(w.sql, 'orders', fields.id)
  demandDay(w, visit, fields.dueOn)
  const order = w.insert('orders', {
    ...fields,
    ...aboutVisit(w, visit),
    result: '',
    orderedAt: w.now,
    orderedById: w.actor.userId,
    ...doneBy(w, fields.status),
    withdrawnAt: null,
    version: 1,
  })
  announced(w, order)
  if (holdVersion === undefined) return { order, visit: null }
  demand(w.actor, 'visit.call')
  return { order, visit: holdVisit(w, visitFor(w, visitId, holdVersion), null) }
}

/** Q1: their doctor has gone, or is back: from now on they are, or are no more, in the list of every doctor there. */
export function tellOpenOrders(w: W, doctorId: string): void {
  announceClinical(w, 'order_updated', { orders: openOrdersOf(w.sql, doctorId) })
}

type Change = Pick<Order, 'version' | 'kind' | 'what' | 'status' | 'dueOn' | 'result' | 'doctorId'>

export function changeOrder(w: W<Person>, id: string, { version, ...fields }: Change): Order {
  const current = getOwnVersion(w, 'orders', id, version)
  demandDoctor(w, current, fields.doctorId)
  if (fields.dueOn !== current.dueOn) demandDay(w, current, fields.dueOn)
  const done = fields.status === current.status ? {} : doneBy(w, fields.status)
  return announced(w, w.update('orders', { ...current, ...fields, ...done, version: version + 1 }))
}

/** A result that is to come cannot be due on a day that is over. One that is late by now stays as it was. */
function demandDay(w: W, { clinicId }: { clinicId: string }, dueOn: string | null): void {
  if (dueOn !== null && dueOn < today(getRecord(w.sql, 'clinics', clinicId), w.now))
    throw new Refusal('bad_input', { fields: [{ field: 'dueOn', message: 'must not be in the past' }] })
}

/** What is nobody's, or another clinic's doctor's, nobody would find again among what they wait for. */
function demandDoctor(w: W, { clinicId, doctorId: before }: Order, doctorId: string | null): void {
  if (doctorId === null) {
    if (before === null) return
    throw new Refusal('bad_input', {
      fields: [{ field: 'doctorId', message: 'must name the doctor who answers for it' }],
    })
  }
  if (getRecord(w.sql, 'doctors', doctorId).clinicId !== clinicId) throw new Refusal('not_found', { noun: 'doctors' })
}

export function withdrawOrder(
  w: W<Person>,
  id: string,
  { version, withdrawn }: { version: number; withdrawn: boolean },
): Order {
  return announced(w, withdraw(w, 'orders', getOwnVersion(w, 'orders', id, version), withdrawn))
}

function doneBy(w: W<Person>, status: Order['status']): Pick<Order, 'doneAt' | 'doneById'> {
  return status === 'done' ? { doneAt: w.now, doneById: w.actor.userId } : { doneAt: null, doneById: null }
}

function announced(w: W, order: Order): Order {
  announceClinical(w, 'order_updated', { orders: [order] })
  return order
}
