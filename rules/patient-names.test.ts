import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold, foldLoose, phoneDigits, samePhone, searchTokens } from './patient-names.ts'

const allFold = (...texts: string[]) => new Set(texts.map(fold)).size === 1

describe('P2 folding', () => {
  test('P2 Latin without diacritics, in lower case, plain letters', () => {
    expect(fold('  José   ÁLVAREZ ')).toBe('jose alvarez')
    expect(fold('Straße Øre Łódź Đỗ Æsir Œuvre Işık İnci')).toBe('strasse ore lodz do aesir oeuvre isik inci')
    expect(fold('Ａｎｎａ')).toBe('anna')
    expect(allFold('ΝΙΚΟΣ', 'Νίκος', 'νικοσ')).toBe(true)
    expect(allFold('O´Brien', 'O’Brien', "o'brien", 'O｀Brien')).toBe(true)
  })

  test('P2 Arabic: harakat, tatweel and the forms of alif, ya, ha, waw', () => {
    expect(allFold('مُحَمَّد', 'محمد', 'محـــمد')).toBe(true)
    expect(allFold('أحمد', 'احمد', 'إحمد', 'آحمد', 'ٱحمد')).toBe(true)
    expect(allFold('فاطمة', 'فاطمه')).toBe(true)
    expect(allFold('يحيى', 'يحيي', 'یحیی')).toBe(true)
    expect(fold('مؤمن')).toBe('مومن')
    expect(fold('عائشة')).toBe('عايشه')
    expect(allFold('محمد', 'علي')).toBe(false)
  })

  test('P2 Bengali: nukta, joiners, chandrabindu and visarga do not count, vowel signs do', () => {
    expect(allFold('বড়ুয়া', 'বড\u09bcুয\u09bcা', 'বডুযা')).toBe(true)
    expect(allFold('চাঁদ', 'চাদ')).toBe(true)
    expect(allFold('মোঃ', 'মো')).toBe(true)
    expect(allFold('র\u200dহিম', 'রহিম', 'রহি\u200cম')).toBe(true)
    expect(allFold('উৎপল', 'উত্পল', 'উত্\u200dপল')).toBe(true)
    expect(allFold('বো', 'ব\u09c7\u09be')).toBe(true)
    expect(allFold('রহিম', 'রহম')).toBe(false)
  })

  test('P2 the loose key is for Bengali without vowel signs or hasanta', () => {
    expect(foldLoose('রহিম')).toBe('রহম')
    expect(foldLoose('আক্তার')).toBe(foldLoose('আকতার'))
    expect(foldLoose('চৌধুরী')).toBe(foldLoose('চোধুরি'))
    expect(foldLoose('José')).toBe('jose')
    expect(foldLoose('رحيم')).toBe('رحيم')
  })

  test('P2 digits of three scripts', () => {
    expect(fold('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ ০১২৩৪৫৬৭৮৯')).toBe('0123456789 0123456789 0123456789')
  })

  test('P2 folding twice changes nothing more, and case never counts', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...'aßİıéÅ أإآىةؤـَّ کی রহিমড়য়োঁঃৎ্ ٣৩'.split(''), '\u200d', '\u09be', '\u09c7') }),
    )
    fc.assert(
      fc.property(text, (any) => {
        expect(fold(fold(any))).toBe(fold(any))
        expect(foldLoose(foldLoose(any))).toBe(foldLoose(any))
        expect(foldLoose(fold(any))).toBe(foldLoose(any))
        expect(fold(any.normalize('NFD'))).toBe(fold(any.normalize('NFC')))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('P2 words and phones', () => {
  test('P2 words in their order, each once, apostrophes inside, hyphens between', () => {
    expect(searchTokens('O’Brien, Al-Amin  (al)')).toEqual(['obrien', 'al', 'amin'])
    expect(searchTokens('মোঃ রহিম')).toEqual(['মো', 'রহিম'])
    expect(searchTokens(' .,- ')).toEqual([])
  })

  test('P2 phone digits in any script', () => {
    expect(phoneDigits('+880 1712-345678')).toBe('8801712345678')
    expect(phoneDigits('00880 1712 345678')).toBe('8801712345678')
    expect(phoneDigits('০১৭১২-৩৪৫৬৭৮')).toBe('01712345678')
    expect(phoneDigits('0042')).toBe('0042')
    expect(phoneDigits('none')).toBe('')
  })

  test('P3 a number is the same with and without its country’s code', () => {
    expect(samePhone('+880 1712-345678', '01712345678')).toBe(true)
    expect(samePhone('01712345678', '01712345679')).toBe(false)
    expect(samePhone('', '')).toBe(false)
    expect(samePhone('123', '123')).toBe(false)
    expect(samePhone('345678', '01712345678')).toBe(false)
  })
})
