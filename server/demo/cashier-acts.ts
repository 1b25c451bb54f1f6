import { contract } from '../../contract/contract.ts'
import type { Visit } from '../../contract/visits.ts'
import type { Client } from './api.ts'
import { act, at, fateOf, MINUTE, type Scene, soon, visitIf, visitsToday } from './scene.ts'

type Method = 'cash' | 'card' | 'mobile' | 'transfer'

/** The cash desk: whoever has waited longest pays, in one way or another. */
export function planCashier(scene: Scene): void {
  const { cashier } = scene.cast
  const round = async () => {
    if (scene.clock.now() > at(scene, '20:00') || scene.watch.actsAs(cashier)) return
    const walked = scene.clock.now() - 2 * MINUTE
    const next = visitsToday(scene, 'awaiting_payment')
      .filter((visit) => Date.parse(visit.statusAt) < walked && !scene.watch.isTouched(visit.id))
      .sort((a, b) => a.statusAt.localeCompare(b.statusAt))[0]
    // As a load, two desks take the same bill at once now and then.
    const other = next && scene.racing && scene.random.chance(0.1) ? scene.cast.desks[0] : undefined
    if (next) await Promise.all([settle(scene, cashier, next), other && settle(scene, other, next)])
    scene.agenda.add(soon(scene, next ? 2.2 : 0.8), round)
  }
  scene.agenda.add(at(scene, '09:05'), round)
}

/** Takes what a visit still asks for. */
export async function settle(scene: Scene, client: Client, visit: Visit): Promise<void> {
  const fate = fateOf(scene, visit.id, 'payment')
  const bill = await act(scene, client, contract.charges.list, { params: { id: visit.id } })
  if (!bill) return
  let due = bill.balanceMinor
  const line = bill.charges.find((charge) => charge.reversedAt === null)
  if (line && due > 0 && fate.chance(0.05)) {
    const body = { version: line.version, waivedMinor: Math.floor(line.amountMinor / 2), reason: 'Cannot afford it' }
    const waived = await act(scene, client, contract.charges.update, { params: { id: line.id }, body }, 'charges')
    if (waived) due -= Math.min(due, waived.waivedMinor - line.waivedMinor)
  }
  if (due <= 0) return complete(scene, client, visit.id)
  const method = methodOf(fate.next())
  const inParts = fate.chance(0.14)
  const owes = inParts && fate.chance(0.25)
  const first = inParts ? Math.max(1, Math.round(due / 200) * 100) : due
  const payment = await pay(scene, client, visit.id, Math.min(first, due), method)
  if (!payment) return
  if (owes) return complete(scene, client, visit.id, 'Brings the rest tomorrow')
  if (inParts && first < due) await pay(scene, client, visit.id, due - first, 'mobile')
  if (fate.chance(0.05)) scene.agenda.add(soon(scene, 6), () => giveBack(scene, payment.id, payment.amountMinor))
}

async function pay(scene: Scene, client: Client, visitId: string, amountMinor: number, method: Method) {
  const body = { id: scene.newId(), visitId, amountMinor, method }
  return act(scene, client, contract.payments.take, { body }, 'payments')
}

async function complete(scene: Scene, client: Client, visitId: string, reason?: string): Promise<void> {
  const visit = visitIf(scene, visitId, 'awaiting_payment')
  if (!visit) return
  const body = { version: visit.version, status: 'completed' as const, ...(reason ? { owes: true, reason } : {}) }
  await act(scene, client, contract.visits.setStatus, { params: { id: visitId }, body })
}

async function giveBack(scene: Scene, paymentId: string, paidMinor: number): Promise<void> {
  const amountMinor = Math.max(1, Math.min(paidMinor, 10_000))
  const body = { id: scene.newId(), amountMinor, reason: 'Charged too much' }
  await act(scene, scene.cast.cashier, contract.payments.refund, { params: { id: paymentId }, body }, 'payments')
}

function methodOf(draw: number): Method {
  if (draw < 0.58) return 'cash'
  if (draw < 0.85) return 'mobile'
  return draw < 0.96 ? 'card' : 'transfer'
}
