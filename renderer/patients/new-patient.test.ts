import { describe, expect, it } from 'vitest'
import { bornFrom, fromTyped, nobodyYet, saysWho } from './new-patient.ts'

const TODAY = '2026-11-20'

describe('bornFrom', () => {
  it('takes an age in years or months as an estimate (P1)', () => {
    expect(bornFrom('42', TODAY)).toEqual({ birthDate: '1984-11-20', birthDateEstimated: true })
    expect(bornFrom('7m', TODAY)).toEqual({ birthDate: '2026-04-20', birthDateEstimated: true })
    expect(bornFrom('৪২', TODAY)?.birthDate).toBe('1984-11-20')
  })

  it.each(['07-03-1984', '7/3/1984', '7 mar 1984', '07-Mar-1984', '1984-03-07'])(
    'takes %s as a date of birth',
    (typed) => {
      expect(bornFrom(typed, TODAY)).toEqual({ birthDate: '1984-03-07', birthDateEstimated: false })
    },
  )

  it.each(['31-02-1984', '07-13-1984', 'yesterday', '999', '21-11-2026'])('refuses %s', (typed) => {
    expect(bornFrom(typed, TODAY)).toBeUndefined()
  })
})

describe('fromTyped', () => {
  it('takes digits for a phone and words for names', () => {
    expect(fromTyped('+880 1711')).toMatchObject({ phone: '+880 1711', familyName: '' })
    expect(fromTyped('okafor amara jane')).toMatchObject({ familyName: 'Okafor', givenName: 'Amara Jane' })
  })
})

describe('saysWho', () => {
  const typed = (born: string) => ({
    patientId: null,
    registering: true,
    newPatient: { ...nobodyYet, givenName: 'Amara', born },
  })

  it('is content with one name (P1)', () => {
    expect(saysWho(typed(''), TODAY)).toBe(true)
    expect(saysWho({ ...typed(''), newPatient: nobodyYet }, TODAY)).toBe(false)
  })

  it('takes a phone number in any digits, and none that has no digit', () => {
    const withPhone = (phone: string) => ({ ...typed(''), newPatient: { ...typed('').newPatient, phone } })
    expect(['', '০১৭১২', '+880 1', 'home 12'].map((phone) => saysWho(withPhone(phone), TODAY))).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect(saysWho(withPhone('none'), TODAY)).toBe(false)
  })

  it('takes a birth date that can be read, and none that would be dropped in silence', () => {
    expect(saysWho(typed('42'), TODAY)).toBe(true)
    expect(saysWho(typed('31-02-1984'), TODAY)).toBe(false)
    expect(saysWho({ ...typed('31-02-1984'), patientId: 'somebody known' }, TODAY)).toBe(true)
  })
})
