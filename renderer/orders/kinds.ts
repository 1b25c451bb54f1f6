import type { OrderKind, OrderStatus } from '../../contract/orders.ts'

export const KINDS = ['lab', 'imaging', 'dressing', 'procedure', 'other'] as const satisfies readonly OrderKind[]
export const STATUSES = ['ordered', 'results_awaited', 'done'] as const satisfies readonly OrderStatus[]
