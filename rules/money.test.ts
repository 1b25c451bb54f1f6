import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { balance, isFreeRevisit, isUnpaidMark, lineDue, refundable } from './money.ts'

const line = (amountMinor: number, waivedMinor = 0, reversedAt: string | null = null) => ({
  amountMinor,
  waivedMinor,
  reversedAt,
})
const paid = (amountMinor: number) => ({ kind: 'payment' as const, amountMinor })
const refund = (amountMinor: number) => ({ kind: 'refund' as const, amountMinor })
const AT = '2026-03-10T09:00:00.000Z'

describe('M1 lines', () => {
  test('M1 a line asks for its price less what is waived', () => {
    expect(lineDue(line(50_000))).toBe(50_000)
    expect(lineDue(line(50_000, 12_500))).toBe(37_500)
    expect(lineDue(line(50_000, 50_000))).toBe(0)
  })

  test('M2 a reversed line asks for nothing', () => {
    expect(lineDue(line(50_000, 10_000, AT))).toBe(0)
  })

  test('M1 never floating point, never more waived than asked', () => {
    for (const wrong of [
      line(0.1),
      line(10, 0.5),
      line(-1),
      line(10, -1),
      line(10, 11),
      line(Number.NaN),
      line(2 ** 53),
    ])
      expect(() => lineDue(wrong)).toThrow(RangeError)
  })
})

describe('M2 the balance', () => {
  test('M2 lines minus payments plus refunds', () => {
    expect(balance([line(50_000), line(20_000, 5_000)], [paid(30_000), paid(40_000), refund(10_000)])).toBe(5_000)
    expect(balance([], [])).toBe(0)
    expect(balance([line(1_000)], [paid(1_500)])).toBe(-500)
  })

  test('M2 reversed payments count nothing', () => {
    expect(
      balance(
        [line(1_000)],
        [
          { ...paid(1_000), reversedAt: AT },
          { ...paid(400), reversedAt: null },
        ],
      ),
    ).toBe(600)
  })

  test('M2 amounts that are not whole are refused', () => {
    expect(() => balance([], [paid(0.5)])).toThrow(RangeError)
    expect(() => balance([], [paid(-5)])).toThrow(RangeError)
    const most = Number.MAX_SAFE_INTEGER
    expect(() => balance([line(most), line(most)], [])).toThrow(RangeError)
  })

  const amount = fc.integer({ min: 0, max: 10_000_000 })
  const charge = fc
    .tuple(amount, amount, fc.boolean())
    .map(([a, b, reversed]) => line(Math.max(a, b), Math.min(a, b), reversed ? AT : null))
  const payment = fc.record({ kind: fc.constantFrom('payment' as const, 'refund' as const), amountMinor: amount })

  test('M2 paying the balance leaves zero, and the order of entries does not matter', () => {
    fc.assert(
      fc.property(fc.array(charge), fc.array(payment), (charges, payments) => {
        const due = balance(charges, payments)
        expect(balance([...charges].reverse(), [...payments].reverse())).toBe(due)
        expect(balance(charges, [...payments, due >= 0 ? paid(due) : refund(-due)])).toBe(0)
      }),
    )
  })

  test('M2 reversing a line takes exactly what it asked for', () => {
    fc.assert(
      fc.property(charge, fc.array(charge), (one, others) => {
        const reversed = { ...one, reversedAt: AT }
        expect(balance([one, ...others], []) - balance([reversed, ...others], [])).toBe(lineDue(one))
      }),
    )
  })

  test('M2 a payment and its refund cancel out', () => {
    fc.assert(
      fc.property(fc.array(charge), amount, (charges, sum) => {
        expect(balance(charges, [paid(sum), refund(sum)])).toBe(balance(charges, []))
      }),
    )
  })
})

describe('M2 refunds', () => {
  test('M2 a refund cannot exceed what was paid', () => {
    expect(refundable(paid(1_000), [])).toBe(1_000)
    expect(refundable(paid(1_000), [refund(300), refund(200)])).toBe(500)
    expect(refundable(paid(1_000), [refund(1_000)])).toBe(0)
    expect(refundable(paid(1_000), [refund(1_200)])).toBe(0)
  })

  test('M2 a reversed refund gives back the room, a reversed payment and a refund have none', () => {
    expect(refundable(paid(1_000), [{ ...refund(300), reversedAt: AT }])).toBe(1_000)
    expect(refundable({ ...paid(1_000), reversedAt: AT }, [])).toBe(0)
    expect(refundable(refund(1_000), [])).toBe(0)
  })
})

describe('M2 the unpaid mark', () => {
  const marked = (urgency: Parameters<typeof isUnpaidMark>[0]['urgency'], payBefore = true, balanceMinor = 1) =>
    isUnpaidMark({ payBefore, balanceMinor, urgency })

  test('M2 only where one pays before, only while something is due', () => {
    expect(marked('standard')).toBe(true)
    expect(marked('non_urgent')).toBe(true)
    expect(marked('standard', false)).toBe(false)
    expect(marked('standard', true, 0)).toBe(false)
    expect(marked('standard', true, -1)).toBe(false)
  })

  test('M2 never from urgent up', () => {
    expect((['immediate', 'very_urgent', 'urgent'] as const).filter((level) => marked(level))).toEqual([])
  })
})

describe('M4 free revisit', () => {
  const free = (day: string, freeRevisitDays = 7, lastPaidConsultationDay: string | null = '2026-02-26') =>
    isFreeRevisit({ lastPaidConsultationDay, day, freeRevisitDays })

  test('M4 within 7 days of the last paid consultation', () => {
    expect([free('2026-02-26'), free('2026-03-05'), free('2026-03-06')]).toEqual([true, true, false])
  })

  test('M4 not before it, not without one, not when the clinic gives none', () => {
    expect([free('2026-02-25'), free('2026-02-27', 7, null), free('2026-02-26', 0)]).toEqual([false, false, false])
  })
})

test('M1 a line that an insurer, an employer or nobody pays asks nothing of the patient', () => {
  const line = { amountMinor: 500, waivedMinor: 100, reversedAt: null }
  expect(lineDue({ ...line, payer: 'patient' })).toBe(400)
  for (const payer of ['insurer', 'employer', 'free'] as const) expect(lineDue({ ...line, payer })).toBe(0)
})
