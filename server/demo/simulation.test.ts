import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { simulateDay } from './simulation.ts'

test('a simulated morning with races and cut lines leaves nothing broken', { timeout: 60_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'anteroom-simulation-'))
  try {
    const report = await simulateDay({ dataDir, until: '10:30' })
    expect(report.broken).toEqual([])
    expect(report.visits).toBeGreaterThan(15)
    const db = new Database(join(dataDir, 'anteroom.db'), { readonly: true })
    const count = (sql: string) => Number(db.prepare(sql).pluck().get())
    expect(count(`select count(*) from medicines where dose <> '' and howOften <> ''`)).toBe(12)
    expect(count('select count(*) from diagnosisTerms where code is not null')).toBe(12)
    // S3: nobody begins the day with what was booked before it on their bell.
    const opened = db.prepare('select min(arrivedAt) from visits').pluck().get()
    expect(count(`select count(*) from notifications where readAt is null and at < '${opened}'`)).toBe(0)
    expect(count(`select count(*) from notifications where readAt is not null and at < '${opened}'`)).toBeGreaterThan(
      50,
    )
    db.close()
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})
