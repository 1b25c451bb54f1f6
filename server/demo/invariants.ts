import { contract } from '../../contract/contract.ts'
import type { Changes, Noun, Nouns } from '../../contract/feed.ts'
import type { Payment } from '../../contract/money.ts'
import type { Visit, VisitStep } from '../../contract/visits.ts'
import { balance } from '../../rules/money.ts'
import { canBecome, isOpen } from '../../rules/transitions.ts'
import { type Client, type ClientOutput, forEachOf } from './api.ts'
import type { Console } from './console.ts'

/** All that a clinic's days left behind, read through the public API. */
export type Ledger = {
  visits: Visit[]
  steps: Map<string, VisitStep[]>
  bills: Map<string, ClientOutput<typeof contract.charges.list>>
  payments: Payment[]
}

export async function readLedger(client: Client, clinicId: string, days: readonly string[]): Promise<Ledger> {
  const ledger: Ledger = { visits: [], steps: new Map(), bills: new Map(), payments: [] }
  for (const date of days) {
    ledger.visits.push(
      ...(await allPages((page) => client.call(contract.visits.list, { query: { clinicId, date, ...page } }))),
    )
    ledger.payments.push(
      ...(await allPages((page) => client.call(contract.payments.list, { query: { clinicId, date, ...page } }))),
    )
  }
  await forEachOf(ledger.visits, 4, async ({ id }) => {
    ledger.steps.set(id, (await client.call(contract.visits.get, { params: { id } })).steps)
    ledger.bills.set(id, await client.call(contract.charges.list, { params: { id } }))
  })
  return ledger
}

type PageQuery = { limit: number; cursor?: string }

async function allPages<T>(read: (page: PageQuery) => Promise<{ items: T[]; cursor: string | null }>): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: { items: T[]; cursor: string | null } = await read({ limit: 200, ...(cursor ? { cursor } : {}) })
    items.push(...page.items)
    cursor = page.cursor
  } while (cursor)
  return items
}

/** What the days must hold to, whatever happened in them; answers what does not hold. */
export function findBroken(ledger: Ledger): string[] {
  return [
    ...openVisits(ledger),
    ...tickets(ledger),
    ...receipts(ledger),
    ...ledger.visits.flatMap((visit) => stepsOf(visit, ledger.steps.get(visit.id) ?? [])),
    ...ledger.visits.flatMap((visit) => moneyOf(visit, ledger)),
    ...twoAtOnce(ledger),
  ]
}

/** Q2 */
function openVisits({ visits }: Ledger): string[] {
  const open = visits.filter((visit) => isOpen(visit.status) && visit.patientId !== null)
  return repeated(open.map((visit) => `${visit.day} ${visit.patientId}`)).map((key) => `Q2: two open visits: ${key}`)
}

/** Q3 */
function tickets({ visits }: Ledger): string[] {
  return repeated(visits.map((visit) => `${visit.day} ${visit.ticket}`)).map(
    (key) => `Q3: a ticket given twice: ${key}`,
  )
}

/** M3 */
function receipts({ payments }: Ledger): string[] {
  const numbers = payments.map((payment) => payment.receiptNumber).sort((a, b) => a - b)
  const wrong = numbers.find((number, index) => number !== index + 1)
  return wrong === undefined
    ? []
    : [`M3: receipt numbers are not 1 to ${numbers.length}: the first that is wrong is ${wrong}`]
}

/** Q1: each step is legal and begins where the one before it ended; what was undone is as if it had not been. */
function stepsOf(visit: Visit, steps: readonly VisitStep[]): string[] {
  const broken: string[] = []
  const name = `${visit.ticket} of ${visit.day}`
  let status: VisitStep['from'] = null
  for (const step of steps) {
    if (step.undone) continue
    if (step.step === 'undo') {
      status = step.to
      continue
    }
    if (step.from !== status) broken.push(`Q1: ${name}: ${step.step} begins at ${step.from}, but it was ${status}`)
    if (step.from !== null && step.from !== step.to && !canBecome(step.from, step.to)) {
      broken.push(`Q1: ${name}: ${step.from} became ${step.to} (${step.step})`)
    }
    status = step.to
  }
  // Q9: a check-in that was taken back leaves a visit that never was.
  if (status === null && visit.status === 'cancelled') return broken
  if (status !== visit.status) broken.push(`Q1: ${name}: its steps end at ${status}, but it is ${visit.status}`)
  return broken
}

/** M2 */
function moneyOf(visit: Visit, { bills }: Ledger): string[] {
  const bill = bills.get(visit.id)
  if (!bill) return [`M2: ${visit.ticket} of ${visit.day} has no bill`]
  const derived = balance(bill.charges, bill.payments)
  const name = `${visit.ticket} of ${visit.day}`
  const broken = derived === bill.balanceMinor ? [] : [`M2: ${name}: balance ${bill.balanceMinor}, derived ${derived}`]
  const refunded = bill.payments.some((payment) => payment.kind === 'refund')
  if (visit.status === 'completed' && derived > 0 && !refunded && visit.owesReason === null) {
    broken.push(`Q1: ${name}: completed with ${derived} due and nobody let it`)
  }
  return broken
}

/** Q7: nobody consults two at once; one more may only have been called ahead. */
function twoAtOnce({ visits, steps }: Ledger): string[] {
  const stays = new Map<string, { from: string; to: string; ticket: string }[]>()
  for (const visit of visits) {
    const own = (steps.get(visit.id) ?? []).filter((step) => !step.undone)
    own.forEach((step, index) => {
      if (step.to !== 'in_consultation' || step.from === 'in_consultation' || step.actorId === null) return
      const end = own.slice(index + 1).find((later) => later.to !== 'in_consultation')
      const list = stays.get(step.actorId) ?? []
      list.push({ from: step.at, to: end?.at ?? '9999', ticket: visit.ticket })
      stays.set(step.actorId, list)
    })
  }
  return [...stays.values()].flatMap((list) => {
    const sorted = list.sort((a, b) => a.from.localeCompare(b.from))
    return sorted.flatMap((stay, index) => {
      const next = sorted[index + 1]
      return next && next.from < stay.to ? [`Q7: ${stay.ticket} and ${next.ticket} in consultation at once`] : []
    })
  })
}

function repeated(keys: readonly string[]): string[] {
  const seen = new Set<string>()
  return keys.filter((key) => seen.size === seen.add(key).size)
}

/** What a console shows of today against what the database says, noun by noun and record by record. */
export async function findDifferences(
  console: Console,
  client: Client,
  clinicId: string,
  who: string,
): Promise<string[]> {
  const fresh = await client.call(contract.feed.snapshot, { params: { id: clinicId } })
  if (!(await console.reached(fresh.seq))) return [`${who} stands at ${console.place().seq}, the hub at ${fresh.seq}`]
  const differences: string[] = []
  for (const noun of Object.keys(fresh.data) as Noun[])
    differences.push(...differencesIn(noun, console, fresh.data, who))
  const known = new Set((fresh.data.visits ?? []).map((visit) => visit.id))
  for (const visit of console.store.all('visits')) {
    if (visit.day === fresh.day && !known.has(visit.id))
      differences.push(`${who} shows a visit ${visit.ticket} that is not there`)
  }
  return differences
}

function differencesIn<N extends Noun>(noun: N, console: Console, data: Changes, who: string): string[] {
  const records = (data[noun] ?? []) as Nouns[N][]
  return records.flatMap((record) => {
    const shown = console.store.get(noun, record.id)
    if (JSON.stringify(sortedKeys(shown)) === JSON.stringify(sortedKeys(record))) return []
    return [`${who}: ${noun} ${record.id} is version ${record.version}, shown is ${shown?.version ?? 'nothing'}`]
  })
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, inner]) => [key, sortedKeys(inner)]),
  )
}
