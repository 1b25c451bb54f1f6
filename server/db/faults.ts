/** Something outside the hub's power that its owner can mend: said in one line, with what to do. */
export class HubFault extends Error {
  readonly advice: string

  constructor(what: string, advice: string, options?: { cause?: unknown }) {
    super(what, options)
    this.name = 'HubFault'
    this.advice = advice
  }
}

/** SQLite's own code of an error, `undefined` for any other error. */
export function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'SqliteError') return undefined
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** The operating system's code of an error, such as EACCES. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
