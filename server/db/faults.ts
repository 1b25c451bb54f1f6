/** SQLite's own code of an error, `undefined` for any other error. */
export function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'SqliteError') return undefined
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
