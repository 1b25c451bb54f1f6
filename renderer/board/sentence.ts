import type { BoardCall } from '../../contract/board.ts'
import { type RoomCode, roomCode } from './room-label.ts'
import type { Language } from './words.ts'

/** A clip by its path below `/board/speech`, or a rest in seconds. */
export type Part = string | number

const REST = 0.28

/** S4: "Ticket A, 0, 1, 4, room 2", of the clips that there are; of any other room only that it can be read. */
export function sentenceOf({ ticket, room }: Pick<BoardCall, 'ticket' | 'room'>, language: Language): Part[] {
  const word = (name: string) => `${language}/${name}`
  const letter = (name: string) => `letters/${name.toLowerCase()}`
  const spelled = [...ticket].map((sign) => (/\d/.test(sign) ? word(sign) : letter(sign)))
  const code = room === null ? undefined : roomCode(room)
  const where = code ? [word('room'), ...roomClips(code, word, letter)] : [word('look')]
  return [word('ticket'), ...spelled, REST, ...where]
}

type Named = (name: string) => string

function roomClips({ letterBefore, number, letterAfter }: RoomCode, word: Named, letter: Named): string[] {
  const numbers = number.length > 2 ? [...number].map(word) : number ? [word(number)] : []
  return [...(letterBefore ? [letter(letterBefore)] : []), ...numbers, ...(letterAfter ? [letter(letterAfter)] : [])]
}
