import { describe, expect, it } from 'vitest'
import { parseCsv } from './csv.ts'
import { guessColumns, patientOf } from './import-rows.ts'

const words = { today: '2026-11-20', cardKind: 'Card' }

describe('a file of patients', () => {
  it('is read with any of the usual separators, quotes and line ends', () => {
    expect(parseCsv('\uFEFFa;b\r\n1;"x;""y"""\r\n\r\n2;\n')).toEqual([['a', 'b'], ['1', 'x;"y"'], [''], ['2', '']])
    expect(parseCsv('name\tphone\nA B\t1')).toEqual([
      ['name', 'phone'],
      ['A B', '1'],
    ])
  })

  it('has its columns guessed by their headings', () => {
    expect(guessColumns(['Surname', 'First name', 'DOB', 'Mobile', 'Telephone', 'Gender', 'Shoe size'])).toEqual([
      'familyName',
      'givenName',
      'born',
      'phone',
      'phone',
      'sex',
      null,
    ])
  })

  it('becomes patients: unknown stays not known, and what can’t be read is said (P1)', () => {
    const columns = guessColumns(['Name', 'DOB', 'Gender', 'Card number'])
    expect(patientOf(['Amara Okafor', '7-Mar-1984', 'F', 'X-77'], columns, words)).toMatchObject({
      fields: {
        familyName: 'Okafor',
        givenName: 'Amara',
        birthDate: '1984-03-07',
        sex: 'female',
        identifiers: [{ kind: 'Card', value: 'X-77' }],
      },
    })
    expect(patientOf(['Rahim', '', '', ''], columns, words)).toMatchObject({
      fields: { familyName: 'Rahim', sex: 'not_known', birthDate: null },
    })
    expect(patientOf(['Rahim', 'soon', '', ''], columns, words)).toEqual({ problem: 'born' })
    expect(patientOf(['', '1984-03-07', '', ''], columns, words)).toEqual({ problem: 'name' })
  })
})
