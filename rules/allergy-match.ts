import { fold } from './patient-names.ts'

/**
 * The listed substances that a medicine's name contains, or is contained in, word by word: "Amoxicillin 500 mg" and
 * "amoxicillin". Names alone are compared: no class is guessed, so penicillin says nothing of amoxicillin, and what is
 * not found is not thereby safe.
 */
export function allergiesNamedBy(medicine: string, substances: readonly string[]): string[] {
  const named = words(medicine)
  return substances.filter((substance) => {
    const listed = words(substance)
    return isWithin(listed, named) || isWithin(named, listed)
  })
}

/** All of them, side by side and in their order. */
function isWithin(few: readonly string[], many: readonly string[]): boolean {
  if (few.length === 0) return false
  return many.some((_, start) => few.every((word, index) => many[start + index] === word))
}

function words(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
}
