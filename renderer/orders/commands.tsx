import type { Order } from '../../contract/orders.ts'
import type { Visit } from '../../contract/visits.ts'
import { api, newId } from '../live/api.ts'
import { perform } from '../live/perform.ts'
import { save } from '../live/save.ts'
import { adopt } from '../live/store.ts'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'
import { setStatus } from '../visits/commands.tsx'

export type NewOrder = Pick<Order, 'kind' | 'what' | 'dueOn'>

/** Orders it; with `hold` the patient waits for it from the same step on (Q1). */
export async function addOrder(visit: Visit, fields: NewOrder, hold: boolean): Promise<boolean> {
  const status = fields.dueOn && !hold ? 'results_awaited' : 'ordered'
  const made = await perform({
    key: `order.add.${visit.id}`,
    wanted: `order.${visit.id}`,
    noun: 'visits',
    run: (id) =>
      api.orders.add(
        { body: { id, visitId: visit.id, ...fields, status, ...(hold ? { holdVersion: visit.version } : {}) } },
        { context: { intent: id } },
      ),
  })
  if (!made) return false
  adopt({ orders: [made.order], ...(made.visit ? { visits: [made.visit] } : {}) })
  toast({
    tone: 'plain',
    subject: made.order.id,
    text: t(made.visit ? 'order.addedHeld' : 'order.added', { what: made.order.what }),
    undo: () => void takeBack(made),
  })
  return true
}

async function takeBack({ order, visit }: { order: Order; visit: Visit | null }) {
  const gone = await withdrawOrder(order)
  if (gone && visit) await setStatus(visit.id, 'in_consultation')
}

const putWithdrawn = ({ id, version }: Order, withdrawn: boolean) =>
  api.orders.withdraw({ params: { id }, body: { version, withdrawn } }, { context: { intent: newId() } })

export const withdrawOrder = (before: Order) =>
  save<Order>({
    noun: 'orders',
    key: `order.withdraw.${before.id}`,
    run: () => putWithdrawn(before, true),
    done: ({ what, withdrawnAt }) => t(withdrawnAt ? 'order.withdrawn' : 'order.added', { what }),
    undo: (after) => putWithdrawn(after, false),
  })

type Change = Partial<Pick<Order, 'status' | 'dueOn' | 'result' | 'doctorId'>>

export function changeOrder(before: Order, change: Change): Promise<Order | undefined> {
  return save<Order>({
    noun: 'orders',
    key: `order.change.${before.id}`,
    run: () => putOrder(before, change),
    done: ({ what, status }) => t('order.changed', { what, status: t(`order.status.${status}`) }),
    undo: (after) => {
      const { status, dueOn, result, doctorId } = before
      return putOrder(after, { status, dueOn, result, doctorId })
    },
  })
}

function putOrder(order: Order, change: Change) {
  const { id, version, kind, what, status, dueOn, result, doctorId } = { ...order, ...change }
  const body = { version, kind, what, status, dueOn, result, doctorId }
  return api.orders.change({ params: { id }, body }, { context: { intent: newId() } })
}

/** What came of it, and that it is done. */
export async function openResult(order: Order) {
  const { ResultDialog } = await import('./ResultDialog.tsx')
  openDialog((close) => <ResultDialog orderId={order.id} onClose={close} />)
}

export async function openAwaited() {
  const { AwaitedDialog } = await import('./AwaitedDialog.tsx')
  openDialog((close) => <AwaitedDialog onClose={close} />)
}
