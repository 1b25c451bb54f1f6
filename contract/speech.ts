/** The languages in which the waiting-room screen speaks, and the clips that it speaks with (S4). */
export const SPEECH_LANGUAGES = ['en', 'bn', 'ar'] as const
export type SpeechLanguage = (typeof SPEECH_LANGUAGES)[number]

/** Tickets have letters, and rooms may have any. */
export const SPOKEN_LETTERS: readonly string[] = [...'abcdefghijklmnopqrstuvwxyz']
/** `0` to `99`: a ticket's digits one by one, a room's number as a whole. */
export const SPOKEN_NUMBERS: readonly string[] = Array.from({ length: 100 }, (_, number) => String(number))
/** `look`: for a room that there is no clip for. */
export const SPOKEN_WORDS = ['ticket', 'room', 'look'] as const
