import { expect, test } from 'vitest'
import { allergiesNamedBy } from './allergy-match.ts'

test.each([
  ['Penicillin V 250 mg', ['penicillin'], ['penicillin']],
  ['PENICILLIN', ['Penicillin', 'Latex'], ['Penicillin']],
  ['Ibuprofène 400', ['ibuprofene'], ['ibuprofene']],
  ['aspirin', ['Aspirin (acetylsalicylic acid)'], ['Aspirin (acetylsalicylic acid)']],
  ['Co-trimoxazole forte', ['co trimoxazole'], ['co trimoxazole']],
  ['অ্যামোক্সিসিলিন ৫০০', ['অ্যামোক্সিসিলিন'], ['অ্যামোক্সিসিলিন']],
])('%s is named by %j', (medicine, substances, found) => {
  expect(allergiesNamedBy(medicine, substances)).toEqual(found)
})

test.each([
  ['Amoxicillin', ['Penicillin']],
  ['Paracetamol', ['Para']],
  ['Zinc', ['']],
  ['', ['Penicillin']],
  ['acid folic', ['folic acid']],
])('%s is not named by %j: names alone are compared, word by word', (medicine, substances) => {
  expect(allergiesNamedBy(medicine, substances)).toEqual([])
})
