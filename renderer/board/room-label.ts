import { asciiDigits } from '../../rules/digits.ts'

/** What a room's public label comes down to; `undefined` when it is a word of its own ("Laboratory"). */
export type RoomCode = { letterBefore: string; number: string; letterAfter: string }

// "2", "Room 2", "2b", "B 12", "রুম ২", "غرفة ٢".
const CODE = /^(?:room|রুম|কক্ষ|غرفة|الغرفة)?[\s.:#-]*([a-z])?[\s-]*(\d{1,3})?[\s-]*([a-z])?$/iu

export function roomCode(label: string): RoomCode | undefined {
  const [, letterBefore = '', digits = '', letterAfter = ''] = CODE.exec(asciiDigits(label).trim()) ?? []
  if (!letterBefore && !digits && !letterAfter) return undefined
  const number = digits && String(Number(digits))
  return { letterBefore: letterBefore.toUpperCase(), number, letterAfter: letterAfter.toUpperCase() }
}
