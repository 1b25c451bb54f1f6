import type { Payment } from '../../contract/money.ts'
import { lineDue } from '../../rules/money.ts'
import { currentClinic } from '../live/clinic.ts'
import { findRecord, useLive } from '../live/store.ts'
import { formatsFor } from '../ui/formats.ts'
import { currentLanguage, t } from '../ui/i18n.ts'
import { visitName } from '../ui/patient-name.ts'
import { printNow } from '../ui/print-now.ts'
import '../ui/print.css'
import { listed } from '../ui/direction.ts'
import { moneyOf } from './money-of-visit.ts'

/**
 * A receipt on paper: the clinic, its number, the lines, what was paid and what is left. What was paid with it for a
 * family (Q12) is on the same paper, each with its own number, and the sum under it.
 */
export function printReceipt(payment: Payment) {
  const clinic = currentClinic()
  if (!clinic) return
  const format = formatsFor(currentLanguage(), clinic.timeZone, payment.currency)
  const together = paidTogether(payment)
  const paper = document.createElement('section')
  paper.className = 'anteroom-print'
  paper.dataset.paper = 'receipt'
  paper.append(element('h1', clinic.name))
  for (const text of [clinic.address, clinic.phone]) if (text) paper.append(element('p', text))
  for (const each of together) paper.append(...partOf(each, format))
  if (together.length > 1) {
    const amount = format.money(together.reduce((sum, each) => sum + each.amountMinor, 0))
    paper.append(element('p', t('receipt.together', { amount })))
  }
  const byWhom = findRecord('users', payment.byId)?.displayName ?? ''
  paper.append(element('p', t('receipt.takenBy', { name: byWhom })))
  document.body.append(paper)
  window.addEventListener('afterprint', () => paper.remove(), { once: true })
  printNow('receipt', paper)
}

function partOf(payment: Payment, format: Formats): HTMLElement[] {
  const visit = findRecord('visits', payment.visitId)
  const patient = findRecord('patients', visit?.patientId)
  const title = t(payment.kind === 'refund' ? 'receipt.refundTitle' : 'receipt.title', {
    number: payment.receiptNumber,
  })
  const who = visit ? [element('p', listed([visitName(visit), patient?.number]))] : []
  return [element('p', listed([title, format.dateAndTime(payment.at)])), ...who, linesOf(payment, format)]
}

/** The payments of one act for a family: the same instant, by the same person. */
function paidTogether(payment: Payment): Payment[] {
  const { visits, payments } = useLive.getState().nouns
  const familyOf = ({ visitId }: Payment) => visits[visitId ?? '']?.familyId ?? null
  const familyId = familyOf(payment)
  if (familyId === null || payment.kind === 'refund') return [payment]
  const same = (other: Payment) => other.kind === 'payment' && other.at === payment.at && other.byId === payment.byId
  return Object.values(payments)
    .filter((other) => same(other) && familyOf(other) === familyId)
    .sort((a, b) => a.receiptNumber - b.receiptNumber)
}

type Formats = ReturnType<typeof formatsFor>

function linesOf(payment: Payment, format: Formats): HTMLTableElement {
  const table = document.createElement('table')
  const row = (text: string, amount: string, sum = false) => {
    const line = table.insertRow()
    if (sum) line.className = 'sum'
    line.insertCell().textContent = text
    line.insertCell().textContent = amount
  }
  const visitMoney = payment.visitId ? moneyOf(useLive.getState().nouns, payment.visitId) : undefined
  for (const charge of visitMoney?.charges ?? [])
    if (!charge.reversedAt) row(charge.description, format.money(lineDue(charge)))
  const method = t(`money.method.${payment.method}`)
  row(
    t(payment.kind === 'refund' ? 'receipt.givenBack' : 'receipt.paid', { method }),
    format.money(payment.amountMinor),
    true,
  )
  if (visitMoney && visitMoney.balanceMinor > 0) row(t('receipt.left'), format.money(visitMoney.balanceMinor))
  return table
}

function element(name: 'h1' | 'p', text: string): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  return made
}
