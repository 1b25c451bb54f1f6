/** Something outside this program's power that the computer's owner can mend: said in one line, with what to do. */
export class Fault extends Error {
  readonly advice: string

  constructor(what: string, advice: string, options?: { cause?: unknown }) {
    super(what, options)
    this.name = 'Fault'
    this.advice = advice
  }
}

/** The operating system's code of an error, such as EACCES. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
