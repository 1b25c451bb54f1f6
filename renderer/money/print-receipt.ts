import type { Payment } from '../../contract/money.ts'
import { lineDue } from '../../rules/money.ts'
import { currentClinic } from '../live/clinic.ts'
import { findRecord, useLive } from '../live/store.ts'
import { formatsFor } from '../ui/formats.ts'
import { currentLanguage, t } from '../ui/i18n.ts'
import { visitName } from '../ui/patient-name.ts'
import '../ui/print.css'
import { moneyOf } from './money-of-visit.ts'

/** One receipt on paper: the clinic, its number, the lines, what was paid and what is left. */
export function printReceipt(payment: Payment) {
  const clinic = currentClinic()
  if (!clinic) return
  const format = formatsFor(currentLanguage(), clinic.timeZone, payment.currency)
  const visit = findRecord('visits', payment.visitId)
  const patient = findRecord('patients', visit?.patientId)
  const paper = document.createElement('section')
  paper.className = 'anteroom-print'
  paper.dataset.paper = 'receipt'
  paper.append(element('h1', clinic.name))
  for (const text of [clinic.address, clinic.phone]) if (text) paper.append(element('p', text))
  const title = t(payment.kind === 'refund' ? 'receipt.refundTitle' : 'receipt.title', {
    number: payment.receiptNumber,
  })
  paper.append(element('p', `${title}, ${format.dateAndTime(payment.at)}`))
  if (visit) paper.append(element('p', [visitName(visit), patient?.number].filter(Boolean).join(', ')))
  paper.append(linesOf(payment, format))
  const byWhom = findRecord('users', payment.byId)?.displayName ?? ''
  paper.append(element('p', t('receipt.takenBy', { name: byWhom })))
  document.body.append(paper)
  window.addEventListener('afterprint', () => paper.remove(), { once: true })
  window.print()
}

function linesOf(payment: Payment, format: ReturnType<typeof formatsFor>): HTMLTableElement {
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
